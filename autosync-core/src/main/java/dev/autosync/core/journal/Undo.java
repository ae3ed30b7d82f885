package dev.autosync.core.journal;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts everything back that a transaction has changed, except what somebody else has written meanwhile. */
final class Undo {
    private final Workspace workspace;
    private final FilePort files;
    private final WorkspaceFiles tree;
    private final JournalWriter writer;
    private final PathStates states;
    private final String name;

    Undo(Workspace workspace, FilePort files, WorkspaceFiles tree, JournalWriter writer, PathStates states, String name) {
        this.workspace = workspace;
        this.files = files;
        this.tree = tree;
        this.writer = writer;
        this.states = states;
        this.name = name;
    }

    void all() throws IOException {
        if (!all(false)) {
            // What could be put back may have made room for the rest.
            all(true);
        }
    }

    /**
     * Puts back what can be put back.
     *
     * @param last whether there is no other try: what is in the way then is somebody else's, and what fails has failed
     * @return whether everything was put back
     */
    private boolean all(boolean last) throws IOException {
        IOException failure = null;
        boolean refused = false;
        List<Steps.Change> changes = new ArrayList<>();
        for (Map.Entry<String, Image> entry : states.before().entrySet()) {
            try {
                look(entry.getKey(), entry.getValue(), changes);
            } catch (IOException e) {
                failure = also(failure, e);
            }
        }
        for (Steps.Step step : Steps.of(changes, tree.names())) {
            if (states.foreign().contains(step.path())) {
                continue;
            }
            try {
                tree.take(step, Transaction.temporaryName(name, step.path()));
                states.became(step.path(), step.image());
            } catch (PathRefusedException | FilePort.NotRegularException e) {
                refused = true;
                if (last) {
                    states.isForeign(step.path());
                }
            } catch (IOException e) {
                failure = also(failure, e);
            }
        }
        for (String path : last || failure == null && !refused ? states.foreign() : Set.<String>of()) {
            try {
                Conflicts.save(files, workspace, name, path, states.before(path));
            } catch (IOException e) {
                failure = also(failure, e);
            }
        }
        if (last && failure != null) {
            throw failure;
        }
        return failure == null && !refused;
    }

    private static IOException also(@Nullable IOException failure, IOException next) {
        if (failure == null) {
            return next;
        }
        failure.addSuppressed(next);
        return failure;
    }

    private void look(String path, Image was, List<Steps.Change> changes) throws IOException {
        Image found = tree.lookAmong(path, states.before().keySet());
        if (found != null && found.same(was)) {
            states.became(path, was);
        } else if (found != null && (found.same(states.now(path)) || isOurs(path, found, was))) {
            changes.add(new Steps.Change(path, found, was));
        } else {
            states.isForeign(path);
        }
    }

    private boolean isOurs(String path, Image found, Image was) {
        List<Image> images = new ArrayList<>(writer.images(path));
        images.add(was);
        return images.stream().anyMatch(found::same) || found.isAbsent() && Unfinished.betweenKinds(images);
    }
}
