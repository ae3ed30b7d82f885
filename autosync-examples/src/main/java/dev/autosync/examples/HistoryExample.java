package dev.autosync.examples;

import dev.autosync.SyncEngine;
import dev.autosync.history.History;
import dev.autosync.history.RecordedTest;
import dev.autosync.history.StoreMove;
import dev.autosync.history.Stores;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Asking the history of a workspace. */
final class HistoryExample {
    private HistoryExample() {}

    static List<Rollup> ask(Path workspace, String test, String patch, Instant since) {
        // @start region="history"
        try (Store store = Stores.open(workspace, "json")) { // of an engine: engine.history()
            History history = History.of(store).since(since);
            history.test(test)
                    .filter(run -> run.ending() == RecordedTest.Ending.FAILED)
                    .limit(10) // reads no further
                    .forEach(run -> System.out.println(run.cycle() + " " + run.run() + ": " + test + " failed"));
            history.patch(patch)
                    .forEach(decided -> System.out.println(decided.cycle() + ": " + decided.reason()));
            history.kpi("coverage").values()
                    .forEach(kpi -> System.out.println(kpi.at() + " " + kpi.value()));
            System.out.println("blamed by the day: " + history.patches(PatchOutcome.Kind.BLAMED).per(Resolution.DAY));
            return history.cycleSeconds().per(Resolution.DAY);
        }
        // @end
    }

    static StoreMove move(SyncEngine engine) throws InterruptedException {
        // @start region="move"
        StoreMove move = engine.moveStore("sqlite");
        move.leftToDo().ifPresent(System.out::println);
        // @end
        return move;
    }
}
