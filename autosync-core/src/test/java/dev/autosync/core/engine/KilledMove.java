package dev.autosync.core.engine;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import java.nio.file.Path;

/** A process that runs cycles and moves its history there and back for ever, until somebody kills it. */
public final class KilledMove {
    private KilledMove() {}

    static PatchBatch patches() {
        return PatchBatch.of(Patch.jsonPatch("append", "list.json", "[{\"op\":\"add\",\"path\":\"/-\",\"value\":2}]"));
    }

    public static void main(String[] args) throws Exception {
        try (SyncEngine engine = SyncEngine.builder(Path.of(args[0])).readConfiguration().tests(new NoBad()).patches(patches()).reporter("json").build()) {
            for (String to = args[1];; to = to.equals("json") ? "sqlite" : "json") {
                SyncReport report = engine.sync();
                System.out.println("recorded " + report.cycle());
                System.out.println("moving");
                engine.moveStore(to);
                System.out.println("moved");
            }
        }
    }
}
