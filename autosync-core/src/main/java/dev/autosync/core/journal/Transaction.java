package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.LockException;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.RestoredFile;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final PathStates states = new PathStates();
    private final Set<String> createdFolders = new LinkedHashSet<>();
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
        move(Target.files(state, seen));
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
        move(Target.images(state, seen));
    }

    private void move(Target target) {
        checkHeld();
        try {
            tree.together(() -> {
                Set<String> touched = Set.copyOf(states.before().keySet());
                Map<String, Image> wanted = target.wanted(states, tree);
                tree.names().check(wanted);
                checkNobodyElseWrote(touched, wanted.keySet());
                List<Steps.Change> changes = states.to(wanted);
                Target.checkFoldersHoldNothingElse(changes, wanted, states, tree);
                prepare(wanted);
                for (Steps.Step step : Steps.of(changes, tree.names())) {
                    try {
                        take(step);
                    } catch (PathRefusedException | FilePort.NotRegularException e) {
                        // All was looked at before.
                        throw Target.changed(step.path(), states);
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
        Image found = tree.lookAmong(path, states.before().keySet());
        return found == null || found.same(states.now(path)) ? Optional.empty() : Optional.of(found);
    }

    /** Takes what somebody else has made of a path for ours: the next move replaces it. To be called only when it has been saved. */
    public void takeOver(String path, Image found) {
        states.became(path, found);
    }

    /** Its name, which is that of its folder of conflicts. */
    public String name() {
        return name;
    }

    /** Whether any path holds something else than before the transaction. */
    public boolean changed() {
        return states.changed();
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
                writer.commit(payload, states.now());
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
                new Undo(workspace, files, tree, writer, states, name).all();
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
            tree.force(states.before().keySet());
        } catch (IOException e) {
            journal.doubt(e);
            throw e;
        }
    }

    /** The files that hold what they held before the transaction although it has changed them: read again, as proof. */
    public List<RestoredFile> restored() {
        List<RestoredFile> restored = new ArrayList<>();
        for (String path : states.unchanged()) {
            Image was = states.before(path);
            if (writer.images(path).stream().anyMatch(known -> !known.same(was))) {
                try {
                    Image found = tree.lookAmong(path, states.before().keySet());
                    restored.add(RestoredFile.of(path, PathStates.sha256(was), PathStates.sha256(found == null ? Image.ABSENT : found)));
                } catch (IOException e) {
                    throw failed("read " + path, e);
                }
            }
        }
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
        return states.changes();
    }

    /** Paths that somebody else had written to when they were to be put back; what they wrote was kept. */
    public List<String> foreignChanges() {
        return List.copyOf(states.foreign());
    }

    /** The paths that the transaction has changed at any time. */
    public List<String> paths() {
        return List.copyOf(states.before().keySet());
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

    private void checkNobodyElseWrote(Set<String> touched, Set<String> known) throws IOException {
        for (String path : touched) {
            Image found = tree.lookAmong(path, known);
            if (found == null || !found.same(states.now(path))) {
                throw Target.changed(path, states);
            }
        }
    }

    /** Writes down what the next changes need, and forces it unless it already was. */
    private void prepare(Map<String, Image> wanted) throws IOException {
        List<JournalWriter.Prepared> prepared = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (Map.Entry<String, Image> entry : wanted.entrySet()) {
            String path = entry.getKey();
            Image image = entry.getValue();
            Image was = states.before(path);
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
        states.became(step.path(), step.image());
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

    private static AutoSyncException failed(String what, IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot " + what + " in a transaction: " + e
                + ". Check permissions and space; the next cycle puts the workspace right", e);
    }
}
