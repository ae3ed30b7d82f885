package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.LockException;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a workspace that become final together or not at all.
 *
 * <p>The tree may be moved from state to state as often as need be; nothing is final before {@link #commit}. A file is written only if
 * it holds what the transaction left in it: what anybody else has written is never overwritten. Whoever began it closes it, which
 * undoes what was not committed. For one thread at a time; interrupts do not disturb it. When the workspace is lost nothing is undone any more.
 */
public final class Transaction implements AutoCloseable {
    private final WorkspaceFiles tree;
    private final Workspace workspace;
    private final FilePort files;
    private final AppendLog log;
    private final String name;
    private final String bootId;
    private final long maxBytes;
    private final Fence fence;

    private final Map<String, Image> before = new LinkedHashMap<>();
    private final Map<String, Image> now = new LinkedHashMap<>();
    private final Map<String, List<Image>> journaled = new LinkedHashMap<>();
    private final List<String> createdFolders = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private boolean begun;
    private boolean ended;
    private boolean closed;

    Transaction(Workspace workspace, FilePort files, AppendLog log, String name, String bootId, long maxBytes,
            Fence fence) {
        this.tree = new WorkspaceFiles(workspace, files);
        this.workspace = workspace;
        this.files = files;
        this.log = log;
        this.name = name;
        this.bootId = bootId;
        this.maxBytes = maxBytes;
        this.fence = fence;
    }

    /** Moves the tree to a state, whatever its paths have held before. */
    void moveTo(Map<String, Optional<FileContent>> state) {
        moveTo(state, Map.of());
    }

    /**
     * Moves the tree to a state.
     *
     * @param state what each path is to hold, empty for nothing; every path of the transaction that is not named holds what it held
     *     before the transaction
     * @param seen what paths held when the state was planned
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if a path holds something that nobody here has put there or planned for
     */
    public void moveTo(Map<String, Optional<FileContent>> state, Map<String, Optional<FileContent>> seen) {
        checkHeld();
        try {
            Map<String, Image> wanted = wanted(state, seen);
            checkNobodyElseWrote(wanted);
            prepare(wanted);
            // Deletes come last, so that a rename that is cut in the middle leaves two files rather than none.
            for (Map.Entry<String, Image> entry : wanted.entrySet()) {
                if (entry.getValue().file() != null) {
                    move(entry.getKey(), entry.getValue());
                }
            }
            for (Map.Entry<String, Image> entry : wanted.entrySet()) {
                if (entry.getValue().file() == null) {
                    move(entry.getKey(), entry.getValue());
                }
            }
        } catch (IOException e) {
            throw failed("change the workspace", e);
        }
    }

    /** Whether any path holds something else than before the transaction. */
    public boolean changed() {
        return now.entrySet().stream().anyMatch(entry -> !entry.getValue().same(image(before, entry.getKey())));
    }

    /**
     * Makes the present state final.
     *
     * @param payload what recovery is to know if this process dies right afterwards
     */
    public void commit(String payload) {
        checkHeld();
        try {
            removeFolders();
            if (begun) {
                List<byte[]> parts = new ArrayList<>();
                parts.add(payload.getBytes(StandardCharsets.UTF_8));
                now.forEach((path, image) -> {
                    parts.add(path.getBytes(StandardCharsets.UTF_8));
                    parts.add(image.encode());
                });
                append(List.of(new Frame(Frame.Type.COMMIT, parts)));
            }
            ended = true;
        } catch (IOException e) {
            throw failed("commit", e);
        }
    }

    /** Puts everything back as it was before the transaction, except what somebody else has written meanwhile. */
    public void rollback() {
        if (ended) {
            return;
        }
        checkHeld();
        try {
            if (undoAll() != null) {
                // What could be put back may have made room for the rest.
                IOException failure = undoAll();
                if (failure != null) {
                    throw failure;
                }
            }
            removeFolders();
            if (begun) {
                end();
            }
            ended = true;
        } catch (IOException e) {
            throw failed("undo", e);
        }
    }

    /**
     * Somebody who has lost the workspace changes nothing more in it, and writes nothing into its journal: both are the next holder's, who has
     * found the transaction there and undone it.
     */
    private void checkHeld() {
        try {
            fence.check();
        } catch (LockException e) {
            ended = true;
            begun = false;
            throw e;
        }
    }

    /** Puts back what can be put back; what went wrong with the rest, or null. */
    private @Nullable IOException undoAll() {
        IOException failure = null;
        for (Map.Entry<String, Image> entry : before.entrySet()) {
            try {
                undo(entry.getKey(), entry.getValue());
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }

    /** Says that everything was undone. Where there is no room even for that, durable files need no journal. */
    private void end() throws IOException {
        try {
            append(List.of(Frame.of(Frame.Type.ABORT, name)));
        } catch (IOException e) {
            tree.force(before.keySet());
            log.truncate(0);
            begun = false;
        }
    }

    /** Appends records and forces them, or takes back what a full disk has let through of them. */
    private void append(List<Frame> frames) throws IOException {
        long length = log.length();
        try {
            for (Frame frame : frames) {
                log.append(frame.encode());
            }
            log.force();
        } catch (IOException e) {
            try {
                log.truncate(length);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** The files that hold what they held before the transaction although it has changed them: read again, as proof. */
    public List<RestoredFile> restored() {
        List<RestoredFile> restored = new ArrayList<>();
        journaled.forEach((path, images) -> {
            Image was = image(before, path);
            if (image(now, path).same(was) && images.stream().anyMatch(image -> !image.same(was))) {
                try {
                    Image found = found(path);
                    restored.add(RestoredFile.of(path, sha256(was), sha256(found == null ? Image.ABSENT : found)));
                } catch (IOException e) {
                    throw failed("read " + path, e);
                }
            }
        });
        return restored;
    }

    /**
     * What became of a file.
     *
     * @param path the file
     * @param before the SHA-256 of what it held before the transaction; null if it was not there
     * @param after the SHA-256 of what it holds now; null if it is not there
     */
    public record Change(String path, @Nullable String before, @Nullable String after) {}

    /** The files that hold something else than before the transaction, in the order of their paths. */
    public List<Change> changes() {
        return now.entrySet().stream().filter(entry -> !entry.getValue().same(image(before, entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Change(entry.getKey(), sha256(image(before, entry.getKey())), sha256(entry.getValue()))).toList();
    }

    /** Paths that somebody else had written to when they were to be put back; what they wrote was kept. */
    public List<String> foreignChanges() {
        return List.copyOf(foreign);
    }

    /** The paths that the transaction has changed at any time. */
    public List<String> paths() {
        return List.copyOf(before.keySet());
    }

    /** Makes the files durable and forgets the transaction. Until then a committed one can be read by {@link Recovery}. */
    public void checkpoint() {
        if (!ended) {
            throw new IllegalStateException("neither committed nor rolled back");
        }
        try {
            if (begun) {
                tree.force(before.keySet());
                checkHeld();
                log.truncate(0);
                begun = false;
            }
        } catch (IOException e) {
            throw failed("make the workspace durable", e);
        }
    }

    /** Ends the transaction; undoes it, and makes that durable, unless it was committed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (log) {
            if (!ended) {
                rollback();
                checkpoint();
            }
        } catch (IOException e) {
            throw failed("end the journal", e);
        }
    }

    private Map<String, Image> wanted(Map<String, Optional<FileContent>> state, Map<String, Optional<FileContent>> seen)
            throws IOException {
        Map<String, Image> wanted = new LinkedHashMap<>(before);
        for (Map.Entry<String, Optional<FileContent>> entry : state.entrySet()) {
            Image was = before.containsKey(entry.getKey()) ? image(before, entry.getKey()) : first(entry.getKey(), seen);
            before.putIfAbsent(entry.getKey(), was);
            now.putIfAbsent(entry.getKey(), was);
            FileImage file = was.file();
            Image image = entry.getValue().isEmpty() ? Image.ABSENT
                    : new Image(FileImage.of(entry.getValue().get(), file == null ? newFileMode(entry.getValue().get()) : file.mode()));
            wanted.put(entry.getKey(), image.same(was) ? was : image);
        }
        return wanted;
    }

    /** What a path holds that the transaction has not touched yet. */
    private Image first(String path, Map<String, Optional<FileContent>> seen) throws IOException {
        Image found = found(path);
        Optional<FileContent> planned = seen.get(path);
        if (found == null || planned != null && !planned.equals(Optional.ofNullable(found.file()).map(FileImage::content))) {
            throw changed(path);
        }
        return found;
    }

    private static int newFileMode(FileContent content) {
        return content.executable() ? 0755 : FileImage.NO_MODE;
    }

    private void checkNobodyElseWrote(Map<String, Image> wanted) throws IOException {
        for (String path : wanted.keySet()) {
            Image found = found(path);
            if (found == null || !found.same(image(now, path))) {
                throw changed(path);
            }
        }
    }

    /** What a path holds; null for something that is not ours: a link, a folder, a file larger than any of ours. */
    private @Nullable Image found(String path) throws IOException {
        try {
            return tree.read(path);
        } catch (PathRefusedException | FilePort.NotRegularException | FilePort.TooLargeException e) {
            return null;
        }
    }

    private AutoSyncException changed(String path) {
        keepForeign(path);
        return new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot go on changing " + path
                + ": somebody else has changed it meanwhile, or the tests have. What they wrote was kept, the batch was undone; run it again");
    }

    private void keepForeign(String path) {
        if (!foreign.contains(path)) {
            foreign.add(path);
        }
    }

    /** Writes down what the next changes need, and forces it unless it already was. */
    private void prepare(Map<String, Image> wanted) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Map.Entry<String, Image> entry : wanted.entrySet()) {
            String path = entry.getKey();
            Image image = entry.getValue();
            List<Image> known = journaled.computeIfAbsent(path, p -> new ArrayList<>());
            Image was = image(before, path);
            boolean isNew = !image.same(was) && known.stream().noneMatch(image::same);
            if (isNew) {
                frames.add(new Frame(Frame.Type.FILE,
                        List.of(path.getBytes(StandardCharsets.UTF_8), was.encode(), image.encode())));
                known.add(image);
                if (image.file() != null) {
                    for (String folder : tree.missingFolders(path)) {
                        if (!createdFolders.contains(folder)) {
                            createdFolders.add(folder);
                            frames.add(Frame.of(Frame.Type.FOLDER, folder));
                        }
                    }
                }
            }
        }
        if (frames.isEmpty()) {
            return;
        }
        if (!begun) {
            frames.add(0, Frame.of(Frame.Type.BEGIN, name, bootId));
            begun = true;
        }
        frames.add(Frame.of(Frame.Type.PREPARED, name));
        checkRoom(frames);
        append(frames);
    }

    /** A journal that recovery would not read must not be written. The COMMIT will hold at most as much again. */
    private void checkRoom(List<Frame> frames) throws IOException {
        long bytes = log.length() + frames.stream().flatMap(frame -> frame.parts().stream()).mapToLong(part -> part.length).sum();
        if (bytes > maxBytes / 2) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "Cannot take on the batch: what its files held and would hold takes " + bytes
                    + " bytes of journal, more than " + maxBytes / 2 + ". The batch was undone; split it");
        }
    }

    private void move(String path, Image image) throws IOException {
        if (!image(now, path).same(image)) {
            put(path, image);
        }
    }

    private void put(String path, Image image) throws IOException {
        if (image.file() != null) {
            for (String folder : tree.missingFolders(path)) {
                tree.createFolder(folder);
            }
        }
        tree.write(path, image, temporaryName(name, path));
        now.put(path, image);
    }

    private void undo(String path, Image was) throws IOException {
        Image found = found(path);
        if (found != null && found.same(was)) {
            now.put(path, was);
        } else if (found != null && (found.same(image(now, path)) || journaledAt(path, found))) {
            put(path, was);
        } else {
            keepForeign(path);
            FileImage file = was.file();
            if (file != null) {
                Conflicts.save(files, workspace, name, path, file);
            }
        }
    }

    private boolean journaledAt(String path, Image found) {
        return journaled.getOrDefault(path, List.of()).stream().anyMatch(found::same);
    }

    /** Folders that were created for files which are not there any more. */
    private void removeFolders() throws IOException {
        for (int i = createdFolders.size() - 1; i >= 0; i--) {
            tree.deleteFolder(createdFolders.get(i));
        }
    }

    /** Names become parts of file names, so a name from a journal is checked before it is used. */
    static boolean validName(String transaction) {
        return transaction.matches("[A-Za-z0-9-]{1,100}");
    }

    static String temporaryName(String transaction, String path) {
        return ".as~" + transaction + "-" + Integer.toHexString(path.hashCode());
    }

    private static Image image(Map<String, Image> images, String path) {
        return images.getOrDefault(path, Image.ABSENT);
    }

    private static @Nullable String sha256(Image image) {
        FileImage file = image.file();
        return file == null ? null : file.content().sha256();
    }

    private static AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot " + what + " in a transaction: " + e
                + ". Check permissions and space; the next cycle puts the workspace right", e);
    }
}
