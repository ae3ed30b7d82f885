package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finishes or undoes what a dead process left in the journal. Doing it twice does no more than doing it once.
 *
 * <p>A path that holds anything but what the dead process may have put there is somebody's edit: it stays as it is.
 */
public final class Recovery {
    private static final byte[] MAGIC = "ASW".getBytes(StandardCharsets.US_ASCII);

    private final Workspace workspace;
    private final FilePort files;
    private final WorkspaceFiles tree;
    private final Journal journal;
    private final Quarantine quarantine;
    private final String bootId;
    private final Fence fence;

    Recovery(Workspace workspace, FilePort files, Journal journal, String bootId, Fence fence) {
        this.fence = fence;
        this.workspace = workspace;
        this.files = files;
        this.tree = new WorkspaceFiles(workspace, files);
        this.journal = journal;
        this.quarantine = new Quarantine(workspace, files);
        this.bootId = bootId;
    }

    /**
     * What was found and done.
     *
     * @param transaction the name of the transaction
     * @param committed whether it was final: then it was kept, otherwise undone
     * @param payload what {@link Transaction#commit} was given; empty if it was not final
     * @param written paths that were put right
     * @param foreign paths that somebody else has changed since, left as they are
     */
    public record Result(String transaction, boolean committed, String payload, List<String> written, List<String> foreign) {}

    /**
     * Puts the workspace right. When it returns the files are durable; {@link #forget} then empties the journal.
     *
     * @return what was done; empty if nobody left anything
     * @throws dev.autosync.lock.LockException {@link ErrorCode#WORKSPACE_LOST} if somebody has taken the workspace away meanwhile; the next holder
     *     finds the rest in the journal
     * @throws AutoSyncException {@link ErrorCode#JOURNAL_DAMAGED} if the journal is damaged in its middle, {@link ErrorCode#JOURNAL_VERSION} if a
     *     later version has written it; nothing was changed
     */
    public Optional<Result> run() {
        fence.check();
        try {
            if (quarantine.occupied()) {
                throw new AutoSyncException(ErrorCode.JOURNAL_DAMAGED, "Cannot work in " + workspace.root() + ": its journal was damaged"
                        + " and lies in quarantine. " + advice());
            }
            byte[] bytes = journal.read();
            Frame.Scan scan = Frame.scan(bytes);
            if (scan.unknown() || laterMagic(bytes)) {
                throw version("holds a record of a kind that this version does not know");
            }
            if (scan.damaged()) {
                throw damaged(bytes, scan, "is damaged at byte " + scan.length());
            }
            return scan.frames().isEmpty() ? Optional.empty() : Optional.of(recover(bytes, scan));
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO,
                    "Cannot recover " + workspace.root() + ": " + e + ". Check permissions and space", e);
        }
    }

    /** Empties the journal, when what it said is no longer needed. */
    public void forget() {
        try {
            if (!journal.empty()) {
                fence.check();
                journal.clear();
            }
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot empty the journal " + journal.path() + ": " + e, e);
        }
    }

    private AutoSyncException damaged(byte[] bytes, Frame.Scan scan, String how) throws IOException {
        fence.check();
        quarantine.take(journal.path(), bytes, scan.frames());
        return new AutoSyncException(ErrorCode.JOURNAL_DAMAGED, "Cannot recover " + workspace.root() + ": the journal " + journal.path()
                + " " + how + ". Nothing was changed; the journal was put into quarantine. " + advice());
    }

    private String advice() {
        return "Compare the workspace with your version control and with what files held before, in " + quarantine.folder().resolve("before")
                + "; put right what is half done, then delete " + quarantine.folder();
    }

    private AutoSyncException version(String why) {
        return new AutoSyncException(ErrorCode.JOURNAL_VERSION, "Cannot recover " + workspace.root() + ": the journal " + journal.path() + " " + why
                + ". Nothing was changed. Open the workspace once with the version of AutoSync that was used last");
    }

    private static boolean laterMagic(byte[] bytes) {
        return bytes.length > MAGIC.length && bytes[0] == MAGIC[0] && bytes[1] == MAGIC[1] && bytes[2] == MAGIC[2] && bytes[3] > '1' && bytes[3] <= '9';
    }

    private Result recover(byte[] bytes, Frame.Scan scan) throws IOException {
        Unfinished left;
        try {
            left = Unfinished.of(scan.frames());
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw damaged(bytes, scan, "holds a record that makes no sense");
        }
        if (!left.version().equals(JournalWriter.VERSION)) {
            throw version("is written in format " + left.version() + ", not " + JournalWriter.VERSION);
        }
        if (!Transaction.validName(left.transaction())) {
            throw damaged(bytes, scan, "names a transaction that AutoSync would not name so");
        }
        Restoring restoring = new Restoring(left);
        tree.together(restoring::run);
        return new Result(left.transaction(), left.payload() != null, left.payload() == null ? "" : left.payload(), List.copyOf(restoring.written),
                List.copyOf(restoring.foreign));
    }

    /** One transaction that is put right. */
    private final class Restoring {
        private final Unfinished left;
        private final boolean rebooted;
        private final Map<String, Image> wanted;
        private final Set<String> written = new LinkedHashSet<>();
        private final Set<String> foreign = new LinkedHashSet<>();

        Restoring(Unfinished left) {
            this.left = left;
            this.rebooted = bootId.isEmpty() || !bootId.equals(left.bootId());
            this.wanted = left.wanted();
        }

        void run() throws IOException {
            tree.deleteStaged();
            List<Steps.Change> changes = new ArrayList<>();
            for (Map.Entry<String, Image> entry : wanted.entrySet()) {
                fence.check();
                tree.deleteTemporary(entry.getKey(), Transaction.temporaryName(left.transaction(), entry.getKey()));
                Image found = tree.lookAmong(entry.getKey(), wanted.keySet());
                if (found == null) {
                    keepForeign(entry.getKey());
                } else if (!found.same(entry.getValue())) {
                    if (isOurs(entry.getKey(), found)) {
                        changes.add(new Steps.Change(entry.getKey(), found, entry.getValue()));
                    } else {
                        keepForeign(entry.getKey());
                    }
                } else if (left.doubtful() && !rebooted && !found.isAbsent() && !(found instanceof Image.Folder)) {
                    // What it shows may be in memory alone: written again, it can be forced.
                    changes.add(new Steps.Change(entry.getKey(), found, entry.getValue()));
                }
            }
            for (Steps.Step step : Steps.of(changes, tree.names())) {
                take(step);
            }
            List<String> folders = left.folders();
            for (int i = folders.size() - 1; i >= 0; i--) {
                fence.check();
                tree.deleteFolder(folders.get(i));
            }
            force();
        }

        private boolean isOurs(String path, Image found) {
            return left.explains(path, found) && (!left.ended() || rebooted) || rebooted && left.explainsTorn(path, found);
        }

        private void take(Steps.Step step) throws IOException {
            if (foreign.contains(step.path())) {
                return;
            }
            fence.check();
            try {
                tree.take(step, Transaction.temporaryName(left.transaction(), step.path()));
                written.add(step.path());
            } catch (PathRefusedException | FilePort.NotRegularException e) {
                // Somebody has put something in the way.
                keepForeign(step.path());
            }
        }

        private void keepForeign(String path) throws IOException {
            written.remove(path);
            if (foreign.add(path)) {
                Conflicts.save(files, workspace, left.transaction(), path, wanted.getOrDefault(path, Image.ABSENT));
            }
        }

        /** Also of what was right already: it may have been in memory alone. */
        private void force() throws IOException {
            List<String> ours = new ArrayList<>(wanted.keySet());
            ours.removeAll(foreign);
            try {
                tree.force(ours);
            } catch (IOException e) {
                journal.doubt(e);
                throw e;
            }
        }
    }
}
