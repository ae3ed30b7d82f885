package dev.autosync.core.engine;

import dev.autosync.SyncEngine;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.testing.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that runs cycles for ever, until somebody kills it. Version v of file i is {@code version v of file i}; every third version
 * has a bad patch in it. It says {@code landed v} after each cycle, and {@code testing} at each run of the tests.
 */
public final class KilledCycle {
    static final int FILES = 12;

    private KilledCycle() {}

    public static void main(String[] args) throws Exception {
        Path workspace = Path.of(args[0]);
        NoBad suite = new NoBad();
        for (int version = Integer.parseInt(args[1]);; version++) {
            List<Patch> patches = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                patches.add(Patch.builder("v" + version + "-" + i, "write-file").target("folder-" + i % 3 + "/f" + i + ".dat")
                        .content(text(version, i)).needs(i == 0 ? new String[0] : new String[] {"v" + version + "-" + (i - 1)}).build());
            }
            if (version % 3 == 0) {
                patches.add(Patch.write("bad-" + version, "bad.txt", "BAD".getBytes()));
            }
            try (SyncEngine engine = SyncEngine.builder(workspace).patches(PatchBatch.of(patches)).reporter("json").tests(context -> {
                System.out.println("testing");
                TestRun run = suite.run(context);
                return run;
            }).build()) {
                engine.sync();
            }
            System.out.println("landed " + version);
        }
    }

    static String text(int version, int i) {
        return ("version " + version + " of file " + i + "\n").repeat(200);
    }
}
