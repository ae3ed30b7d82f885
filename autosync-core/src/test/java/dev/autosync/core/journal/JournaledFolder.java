package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.nio.file.Path;
import java.util.Map;

/** A workspace whose file calls can be made to fail, and its journal. */
final class JournaledFolder {
    final Workspace workspace;
    final FaultyFiles files;

    JournaledFolder(Path root) {
        workspace = Workspace.at(root);
        workspace.createState();
        files = new FaultyFiles(new RealFiles(workspace.root()));
    }

    Journal journal() {
        return new Journal(workspace, files, () -> "boot");
    }

    /** Puts a state in the place of another, and makes it final or undoes it; false if that failed. */
    boolean change(Map<String, Image> after, Map<String, Image> before, boolean commit) {
        try (Transaction transaction = journal().begin("t", () -> { })) {
            transaction.put(after, before);
            if (commit) {
                transaction.commit("p");
                transaction.checkpoint();
            }
            return true;
        } catch (AutoSyncException e) {
            return false;
        }
    }

    void recover() {
        journal().recovery(() -> { }).run();
        journal().recovery(() -> { }).forget();
    }
}
