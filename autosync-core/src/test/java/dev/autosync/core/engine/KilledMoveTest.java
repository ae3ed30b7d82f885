package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.core.ChildJvm;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.history.RecordedFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed while it moves its history; every cycle that it had recorded is there at the next open, and the configuration is whole. */
class KilledMoveTest {
    private static final int KILLS = Integer.getInteger("autosync.kills", 5);
    private static final String CONFIG = "{\n  \"store\" : \"%s\" ,\n  \"version\": 1\n}\n";

    @TempDir
    Path workspace;

    @Test
    void losesNoCycleWhereverTheProcessDies() throws Exception {
        Files.writeString(workspace.resolve("t.txt"), "ok");
        Files.writeString(workspace.resolve("list.json"), "[1]");
        Path config = Files.createDirectory(workspace.resolve("autosync")).resolve("core_config.json");
        Files.writeString(config, CONFIG.formatted("json"));
        Set<String> recorded = new LinkedHashSet<>();
        String latest = "";
        Random random = new Random(8);
        for (int kill = 0; kill < KILLS; kill++) {
            String to = Files.readString(config).contains("sqlite") ? "json" : "sqlite";
            runAndKill(to, 1 + random.nextInt(3), random.nextInt(40), recorded);

            assertThat(Files.readString(config)).isIn(CONFIG.formatted("json"), CONFIG.formatted("sqlite"));
            try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(new NoBad()).patches(KilledMove.patches()).build()) {
                List<String> cycles = cycles(engine);
                assertThat(cycles).as("kill %d", kill).containsAll(recorded).doesNotHaveDuplicates();
                SyncReport report = engine.sync();
                latest = report.cycle();
                recorded.add(latest);
                assertThat(workspace.resolve("list.json")).as("it has landed once").hasContent("[1,2]");
            }
        }
        assertThat(recorded).hasSizeGreaterThan(2 * KILLS - 1);
        assertThat(cyclesAfterAnOldChoice()).as("the control: a store that was left lacks the latest cycle").doesNotContain(latest);
    }

    private List<String> cyclesAfterAnOldChoice() throws IOException {
        String now = StoreChoice.chosen(Workspace.at(workspace), new RealFiles()).orElseThrow();
        String left = now.equals("json") ? "sqlite" : "json";
        Files.writeString(workspace.resolve(".autosync/store.json"), "{\"version\": 1, \"type\": \"" + left + "\"}");
        Files.writeString(workspace.resolve("autosync/core_config.json"), CONFIG.formatted(left));
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(new NoBad()).build()) {
            return cycles(engine);
        }
    }

    private static List<String> cycles(SyncEngine engine) {
        return engine.history().cycleSeconds().values().map(RecordedFigure::cycle).toList();
    }

    /** Kills the process some milliseconds after its n-th move has begun. */
    private void runAndKill(String to, int moves, int millis, Set<String> recorded) throws Exception {
        List<String> command = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "-cp", ChildJvm.path(ChildJvm.everything()),
                KilledMove.class.getName(), workspace.toString(), to));
        try (ChildJvm child = ChildJvm.java("error", command)) {
            for (int begun = 0; begun < moves;) {
                String line = child.lineWith("");
                if (line.equals("moving")) {
                    begun++;
                } else {
                    note(line, recorded);
                }
            }
            LockSupport.parkNanos(millis * 1_000_000L);
            child.kill();
            for (String line = child.line(); line != null; line = child.line()) {
                note(line, recorded);
            }
        }
    }

    private static void note(String line, Set<String> recorded) {
        if (line.startsWith("recorded ")) {
            recorded.add(line.substring("recorded ".length()));
        } else {
            assertThat(line).isIn("moving", "moved");
        }
    }
}
