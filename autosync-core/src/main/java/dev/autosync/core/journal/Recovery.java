package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finishes or undoes what a dead process left in the journal. Doing it twice does no more than doing it once.
 *
 * <p>A file that holds anything but what the dead process may have put there is somebody's edit: it stays as it is.
 */
public final class Recovery {
    private final Workspace workspace;
    private final FilePort files;
    private final WorkspaceFiles tree;
    private final Journal journal;
    private final String bootId;
    private final Fence fence;

    Recovery(Workspace workspace, FilePort files, Journal journal, String bootId, Fence fence) {
        this.fence = fence;
        this.workspace = workspace;
        this.files = files;
        this.tree = new WorkspaceFiles(workspace, files);
        this.journal = journal;
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
     * @throws AutoSyncException {@link ErrorCode#JOURNAL_DAMAGED} if the journal is damaged in its middle; nothing was changed
     */
    public Optional<Result> run() {
        fence.check();
        try {
            Frame.Scan scan = Frame.scan(journal.read());
            if (scan.damaged()) {
                throw damaged("is damaged at byte " + scan.length());
            }
            return scan.frames().isEmpty() ? Optional.empty() : Optional.of(recover(scan.frames()));
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

    private AutoSyncException damaged(String how) {
        return new AutoSyncException(ErrorCode.JOURNAL_DAMAGED, "Cannot recover " + workspace.root() + ": the journal " + journal.path()
                + " " + how + ". Compare the workspace with your version control, then delete the journal");
    }

    private Result recover(List<Frame> frames) throws IOException {
        Left left;
        try {
            left = Left.of(frames);
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw damaged("holds a record that makes no sense");
        }
        if (!Transaction.validName(left.transaction)) {
            throw damaged("names a transaction that AutoSync would not name so");
        }
        boolean rebooted = bootId.isEmpty() || !bootId.equals(left.bootId);
        List<String> written = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (Map.Entry<String, Image> entry : left.wanted().entrySet()) {
            String path = entry.getKey();
            String temporary = Transaction.temporaryName(left.transaction, path);
            fence.check();
            try {
                tree.deleteTemporary(path, temporary);
                Image found = tree.read(path);
                if (found.same(entry.getValue())) {
                    continue;
                }
                boolean ours = left.images(path).stream().anyMatch(found::same);
                boolean torn = rebooted && left.images(path).stream().anyMatch(found::tornFrom);
                if (ours && (!left.ended || rebooted) || torn) {
                    for (String folder : tree.missingFolders(path)) {
                        tree.createFolder(folder);
                    }
                    tree.write(path, entry.getValue(), temporary);
                    written.add(path);
                } else {
                    keepForeign(left, path, entry.getValue());
                    foreign.add(path);
                }
            } catch (PathRefusedException | FilePort.NotRegularException | FilePort.TooLargeException e) {
                // Somebody has put a link, a folder or a file larger than any of ours there.
                keepForeign(left, path, entry.getValue());
                foreign.add(path);
            }
        }
        for (int i = left.folders.size() - 1; i >= 0; i--) {
            tree.deleteFolder(left.folders.get(i));
        }
        tree.force(written);
        return new Result(left.transaction, left.payload != null, left.payload == null ? "" : left.payload, written, foreign);
    }

    private void keepForeign(Left left, String path, Image wanted) throws IOException {
        FileImage file = wanted.file();
        if (file != null) {
            Conflicts.save(files, workspace, left.transaction, path, file);
        }
    }

    /** What the journal says. */
    private static final class Left {
        private String transaction = "unknown";
        private String bootId = "";
        private boolean ended;
        private @Nullable String payload;
        private final Map<String, Image> before = new LinkedHashMap<>();
        private final Map<String, List<Image>> after = new LinkedHashMap<>();
        private final Map<String, Image> landed = new LinkedHashMap<>();
        private final List<String> folders = new ArrayList<>();

        static Left of(List<Frame> frames) {
            Left left = new Left();
            for (Frame frame : frames) {
                switch (frame.type()) {
                    case BEGIN -> {
                        left.transaction = frame.text(0);
                        left.bootId = frame.text(1);
                    }
                    case FILE -> {
                        left.before.putIfAbsent(frame.text(0), Image.decode(frame.parts().get(1)));
                        left.after.computeIfAbsent(frame.text(0), p -> new ArrayList<>()).add(Image.decode(frame.parts().get(2)));
                    }
                    case FOLDER -> left.folders.add(frame.text(0));
                    case PREPARED -> { }
                    case COMMIT -> {
                        left.payload = frame.text(0);
                        for (int i = 1; i < frame.parts().size(); i += 2) {
                            left.landed.put(frame.text(i), Image.decode(frame.parts().get(i + 1)));
                        }
                        left.ended = true;
                    }
                    case ABORT -> {
                        // After a COMMIT whose force failed the transaction was undone; the later word counts.
                        left.payload = null;
                        left.ended = true;
                    }
                }
            }
            return left;
        }

        /** What each path is to hold. */
        Map<String, Image> wanted() {
            Map<String, Image> wanted = new LinkedHashMap<>(before);
            if (payload != null) {
                wanted.putAll(landed);
            }
            return wanted;
        }

        /** Everything that the dead process may have put there, or found there. */
        List<Image> images(String path) {
            List<Image> images = new ArrayList<>(after.getOrDefault(path, List.of()));
            images.add(before.getOrDefault(path, Image.ABSENT));
            return images;
        }
    }
}
