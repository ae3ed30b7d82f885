package dev.autosync.core.snapshot;

import dev.autosync.core.io.Workspace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process that scans a tree, leaving something out, and says how many files are left. */
public final class ExcludingScan {
    private ExcludingScan() {}

    public static void main(String[] args) throws Exception {
        Snapshot snapshot = new TreeScanner(Workspace.at(Path.of(args[0])), List.of(args[1]), Clock.systemUTC()).scan(null);
        System.out.println("files " + snapshot.summary().files());
    }
}
