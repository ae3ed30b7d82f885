package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.LockException;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a workspace that become final together or not at all.
 *
 * <p>The tree may be moved from state to state as often as need be; nothing is final before {@link #commit}. A path is written only if
 * it holds what the transaction left there: what anybody else has written is never overwritten. Whoever began it closes it, which
 * undoes what was not committed. For one thread at a time; interrupts do not disturb it. When the workspace is lost nothing is undone any more.
 */
public final class Transaction implements AutoCloseable {
    private final WorkspaceFiles tree;
    private final Workspace workspace;
    private final FilePort files;
    private final Journal journal;
    private final AppendLog log;
    private final JournalWriter writer;
    private final String name;
    private final Fence fence;

    private final Map<String, Image> before = new LinkedHashMap<>();
    private final Map<String, Image> now = new LinkedHashMap<>();
    private final Set<String> createdFolders = new LinkedHashSet<>();
    private final Set<String> foreign = new LinkedHashSet<>();
    private boolean ended;
    private boolean closed;

    Transaction(Workspace workspace, FilePort files, Journal journal, AppendLog log, JournalWriter writer, String name, Fence fence) {
        this.tree = new WorkspaceFiles(workspace, files);
        this.workspace = workspace;
        this.files = files;
        this.journal = journal;
        this.log = log;
        this.writer = writer;
        this.name = name;
        this.fence = fence;
    }

    /** Moves the tree to a state, whatever its paths have held before. */
    void moveTo(Map<String, Optional<FileContent>> state) {
        moveTo(state, Map.of());
    }

    /**
     * Moves the tree to a state of regular files.
     *
     * @param state what each path is to hold, empty for nothing; every path of the transaction that is not named holds what it held
     *     before the transaction
     * @param seen what paths held when the state was planned
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if a path holds something that nobody here has put there or planned for
     */
    public void moveTo(Map<String, Optional<FileContent>> state, Map<String, Optional<FileContent>> seen) {
        Map<String, UnaryOperator<Image>> targets = new LinkedHashMap<>();
        state.forEach((path, content) -> targets.put(path, was -> content.isEmpty() ? Image.ABSENT : file(content.get(), was)));
        Map<String, Predicate<Image>> planned = new LinkedHashMap<>();
        seen.forEach((path, content) -> planned.put(path, found -> content.isEmpty() ? found.isAbsent()
                : found instanceof FileImage file && file.content().equals(content.get())));
        move(targets, planned);
    }

    /**
     * Moves the tree to a state of files, links and folders.
     *
     * <p>A folder stands for itself, not for what lies in it. Of a file's permissions only the right to execute is taken over where there
     * is a file already.
     *
     * @param state what each path is to hold, {@link Image#ABSENT} for nothing; every path of the transaction that is not named holds what it
     *     held before the transaction
     * @param seen what paths held when the state was planned
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if a path holds something that nobody here has put there or planned for, or if
     *     a folder that is to go holds more than the state knows
     */
    public void put(Map<String, Image> state, Map<String, Image> seen) {
        Map<String, UnaryOperator<Image>> targets = new LinkedHashMap<>();
        state.forEach((path, image) -> targets.put(path, was -> image instanceof FileImage file && was instanceof FileImage ? file(file.content(), was) : image));
        Map<String, Predicate<Image>> planned = new LinkedHashMap<>();
        seen.forEach((path, image) -> planned.put(path, image::same));
        move(targets, planned);
    }

    private static Image file(FileContent content, Image was) {
        return FileImage.of(content, was instanceof FileImage file ? file.mode() : content.executable() ? 0755 : FileImage.NO_MODE);
    }

    private void move(Map<String, UnaryOperator<Image>> targets, Map<String, Predicate<Image>> seen) {
        checkHeld();
        try {
            tree.together(() -> {
                Set<String> touched = Set.copyOf(before.keySet());
                Map<String, Image> wanted = wanted(targets, seen);
                tree.names().check(wanted);
                checkNobodyElseWrote(touched, wanted.keySet());
                List<Steps.Change> changes = changes(wanted);
                checkFoldersHoldNothingElse(changes, wanted);
                prepare(wanted);
                for (Steps.Step step : Steps.of(changes, tree.names())) {
                    try {
                        take(step);
                    } catch (PathRefusedException | FilePort.NotRegularException e) {
                        // All was looked at before.
                        throw changed(step.path());
                    }
                }
            });
        } catch (IOException e) {
            throw failed("change the workspace", e);
        }
    }

    /**
     * What somebody else has made of a path of the transaction; empty if it holds what the transaction left there, or something that is none of the
     * kinds we know.
     */
    public Optional<Image> changedByOthers(String path) throws IOException {
        Image found = tree.lookAmong(path, before.keySet());
        return found == null || found.same(image(now, path)) ? Optional.empty() : Optional.of(found);
    }

    /** Takes what somebody else has made of a path for ours: the next move replaces it. To be called only when it has been saved. */
    public void takeOver(String path, Image found) {
        now.put(path, found);
    }

    /** Its name, which is that of its folder of conflicts. */
    public String name() {
        return name;
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
            if (writer.begun()) {
                writer.commit(payload, now);
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
            tree.together(() -> {
                if (!undoAll(false)) {
                    // What could be put back may have made room for the rest.
                    undoAll(true);
                }
                removeFolders();
            });
            if (writer.begun()) {
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
            writer.abandon();
            throw e;
        }
    }

    /**
     * Puts back what can be put back.
     *
     * @param last whether there is no other try: what is in the way then is somebody else's, and what fails has failed
     * @return whether everything was put back
     */
    private boolean undoAll(boolean last) throws IOException {
        IOException failure = null;
        boolean refused = false;
        List<Steps.Change> changes = new ArrayList<>();
        for (Map.Entry<String, Image> entry : before.entrySet()) {
            try {
                undo(entry.getKey(), entry.getValue(), changes);
            } catch (IOException e) {
                failure = also(failure, e);
            }
        }
        for (Steps.Step step : Steps.of(changes, tree.names())) {
            if (foreign.contains(step.path())) {
                continue;
            }
            try {
                take(step);
            } catch (PathRefusedException | FilePort.NotRegularException e) {
                refused = true;
                if (last) {
                    foreign.add(step.path());
                }
            } catch (IOException e) {
                failure = also(failure, e);
            }
        }
        for (String path : last || failure == null && !refused ? foreign : Set.<String>of()) {
            try {
                Conflicts.save(files, workspace, name, path, image(before, path));
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

    private void undo(String path, Image was, List<Steps.Change> changes) throws IOException {
        Image found = tree.lookAmong(path, before.keySet());
        if (found != null && found.same(was)) {
            now.put(path, was);
        } else if (found != null && (found.same(image(now, path)) || isOurs(path, found, was))) {
            changes.add(new Steps.Change(path, found, was));
        } else {
            foreign.add(path);
        }
    }

    private boolean isOurs(String path, Image found, Image was) {
        List<Image> images = new ArrayList<>(writer.images(path));
        images.add(was);
        return images.stream().anyMatch(found::same) || found.isAbsent() && Unfinished.betweenKinds(images);
    }

    /** Says that everything was undone. Where that cannot be said, durable files need no journal. */
    private void end() throws IOException {
        try {
            writer.abort();
        } catch (IOException e) {
            forceFiles();
            checkHeld();
            journal.clear();
            writer.abandon();
        }
    }

    private void forceFiles() throws IOException {
        try {
            tree.force(before.keySet());
        } catch (IOException e) {
            journal.doubt(e);
            throw e;
        }
    }

    /** The files that hold what they held before the transaction although it has changed them: read again, as proof. */
    public List<RestoredFile> restored() {
        List<RestoredFile> restored = new ArrayList<>();
        now.forEach((path, image) -> {
            Image was = image(before, path);
            if (image.same(was) && writer.images(path).stream().anyMatch(known -> !known.same(was))) {
                try {
                    Image found = tree.lookAmong(path, before.keySet());
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
            if (writer.begun()) {
                forceFiles();
                checkHeld();
                writer.clear();
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

    private Map<String, Image> wanted(Map<String, UnaryOperator<Image>> targets, Map<String, Predicate<Image>> seen) throws IOException {
        Set<String> known = new HashSet<>(before.keySet());
        known.addAll(targets.keySet());
        Map<String, Image> wanted = new LinkedHashMap<>(before);
        Set<String> folders = new HashSet<>();
        for (Map.Entry<String, UnaryOperator<Image>> entry : targets.entrySet()) {
            String path = entry.getKey();
            Image was = before.containsKey(path) ? image(before, path) : first(path, known, seen);
            before.putIfAbsent(path, was);
            now.putIfAbsent(path, was);
            Image image = entry.getValue().apply(was);
            wanted.put(path, image.same(was) ? was : image);
        }
        wanted.forEach((path, image) -> addFoldersAbove(path, image, folders));
        // What is to be nothing, and to hold something below it, is to be a folder.
        wanted.replaceAll((path, image) -> !folders.contains(path) || image instanceof Image.Folder ? image
                : image(before, path) instanceof Image.Folder was ? was : folder(path, image));
        return wanted;
    }

    private static void addFoldersAbove(String path, Image image, Set<String> folders) {
        for (int slash = image.isAbsent() ? -1 : path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            folders.add(path.substring(0, slash));
        }
    }

    private static Image folder(String path, Image image) {
        if (!image.isAbsent()) {
            throw new PathRefusedException("Cannot make '" + path + "' a file: something is to lie below it");
        }
        return new Image.Folder(FileImage.NO_MODE);
    }

    /** What a path holds that the transaction has not touched yet. */
    private Image first(String path, Set<String> known, Map<String, Predicate<Image>> seen) throws IOException {
        Image found = tree.lookAmong(path, known);
        Predicate<Image> planned = seen.get(path);
        if (found == null || planned != null && !planned.test(found)) {
            throw changed(path);
        }
        return found;
    }

    private void checkNobodyElseWrote(Set<String> touched, Set<String> known) throws IOException {
        for (String path : touched) {
            Image found = tree.lookAmong(path, known);
            if (found == null || !found.same(image(now, path))) {
                throw changed(path);
            }
        }
    }

    private List<Steps.Change> changes(Map<String, Image> wanted) {
        List<Steps.Change> changes = new ArrayList<>();
        wanted.forEach((path, image) -> {
            if (!image(now, path).same(image)) {
                changes.add(new Steps.Change(path, image(now, path), image));
            }
        });
        return changes;
    }

    private void checkFoldersHoldNothingElse(List<Steps.Change> changes, Map<String, Image> wanted) throws IOException {
        for (Steps.Change change : changes) {
            if (change.from() instanceof Image.Folder && !(change.to() instanceof Image.Folder)) {
                for (String child : tree.children(change.path())) {
                    Image image = wanted.get(child);
                    if (image == null || !image.isAbsent()) {
                        throw changed(child);
                    }
                }
            }
        }
    }

    private AutoSyncException changed(String path) {
        foreign.add(path);
        return new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot go on changing " + path
                + ": somebody else has changed it meanwhile, or the tests have. What they wrote was kept, the batch was undone; run it again");
    }

    /** Writes down what the next changes need, and forces it unless it already was. */
    private void prepare(Map<String, Image> wanted) throws IOException {
        List<JournalWriter.Prepared> prepared = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (Map.Entry<String, Image> entry : wanted.entrySet()) {
            String path = entry.getKey();
            Image image = entry.getValue();
            Image was = image(before, path);
            if (image.same(was) || writer.knows(path, image)) {
                continue;
            }
            prepared.add(new JournalWriter.Prepared(path, was, image));
            if (!image.isAbsent() && was.isAbsent()) {
                for (String folder : tree.missingFolders(path)) {
                    if (!createdFolders.contains(folder) && !(wanted.get(folder) instanceof Image.Folder)) {
                        createdFolders.add(folder);
                        folders.add(folder);
                    }
                }
            }
        }
        if (!prepared.isEmpty()) {
            writer.prepare(prepared, folders);
        }
    }

    private void take(Steps.Step step) throws IOException {
        tree.take(step, temporaryName(name, step.path()));
        now.put(step.path(), step.image());
    }

    /**
     * Removes folders that have come to be empty, as {@link #commit} does with those that the transaction has made.
     *
     * @param folders paths, each before those in it; what is none, or not empty, stays
     */
    public void removeIfEmpty(List<String> folders) {
        checkHeld();
        try {
            createdFolders.removeAll(folders);
            createdFolders.addAll(folders);
            removeFolders();
        } catch (IOException e) {
            throw failed("remove empty folders", e);
        }
    }

    /** Folders that were created for files which are not there any more. */
    private void removeFolders() throws IOException {
        List<String> folders = new ArrayList<>(createdFolders);
        Collections.reverse(folders);
        for (String folder : folders) {
            tree.deleteFolder(folder);
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
        if (image instanceof FileImage file) {
            return file.content().sha256();
        }
        return image instanceof Image.Link link ? FileContent.of(PathText.encode(link.target())).sha256() : null;
    }

    private static AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot " + what + " in a transaction: " + e
                + ". Check permissions and space; the next cycle puts the workspace right", e);
    }
}
