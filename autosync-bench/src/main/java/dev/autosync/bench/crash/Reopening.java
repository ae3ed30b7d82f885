package dev.autosync.bench.crash;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Recovery;
import java.nio.file.Path;
import java.util.Optional;

/** What an engine does first when it opens a workspace. */
final class Reopening {
    private Reopening() {}

    /** Puts right what a dead process has left, and forgets it. */
    static Optional<Recovery.Result> of(Path root, FilePort files, String bootId) {
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        Journal journal = new Journal(workspace, files, () -> bootId);
        Optional<Recovery.Result> result = journal.recovery(() -> { }).run();
        journal.recovery(() -> { }).forget();
        return result;
    }

    /** Counts what a recovery has met with. */
    static void note(Tally tally, Optional<Recovery.Result> result, boolean torn) {
        boolean committed = result.isPresent() && result.get().committed();
        boolean wrote = result.isPresent() && !result.get().written().isEmpty();
        tally.count("found-open", result.isPresent());
        tally.count("undo-ran", wrote && !committed);
        tally.count("redo-ran", wrote && committed);
        tally.count("torn-tail", torn);
    }
}
