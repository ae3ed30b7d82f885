package dev.autosync.core.gate;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.TestChange;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workspace itself, moved from tree to tree by a transaction. */
final class InPlaceGround implements TestGround {
    private final Transaction transaction;
    private final TestSuite suite;
    private final Path workspace;
    private final @Nullable Leftovers leftovers;
    private @Nullable Begun begun;

    /** A run that is made when it is waited for. */
    private record Begun(Object key, PatchedTree tree, Asked asked) {}

    /**
     * The workspace.
     *
     * @param leftovers what is to be undone after each run; null if nothing is
     */
    InPlaceGround(Transaction transaction, TestSuite suite, Path workspace, @Nullable Leftovers leftovers) {
        this.transaction = transaction;
        this.suite = suite;
        this.workspace = workspace;
        this.leftovers = leftovers;
    }

    @Override
    public int places() {
        return 1;
    }

    @Override
    public void begin(Object key, PatchedTree tree, Asked asked) {
        if (begun != null) {
            throw new IllegalStateException("there is one workspace, and a run in it");
        }
        begun = new Begun(key, tree, asked);
    }

    @Override
    public Ended await() throws InterruptedException {
        Begun run = Objects.requireNonNull(begun, "no run was begun");
        begun = null;
        move(run.tree());
        return new Ended(run.key(), TestGround.run(suite, run.asked().of(TestContext.of(workspace)), TRIES));
    }

    @Override
    public void cancel(Object key) {
        begun = null;
    }

    @Override
    public void land(PatchedTree tree) throws InterruptedException {
        move(tree);
    }

    private void move(PatchedTree tree) throws InterruptedException {
        if (leftovers == null) {
            transaction.moveTo(tree.overlay(), tree.disk());
            return;
        }
        leftovers.look();
        Map<String, Image> state = images(tree.overlay());
        state.putAll(leftovers.undone());
        Map<String, Image> seen = images(tree.disk());
        seen.putAll(leftovers.seen());
        transaction.put(state, seen);
    }

    private static Map<String, Image> images(Map<String, Optional<FileContent>> contents) {
        Map<String, Image> images = new LinkedHashMap<>();
        contents.forEach((path, content) -> images.put(path,
                content.isEmpty() ? Image.ABSENT : new FileImage(content.get().bytes(), content.get().executable() ? 0755 : FileImage.NO_MODE)));
        return images;
    }

    @Override
    public List<TestChange> changes() {
        return leftovers == null ? List.of() : leftovers.changes();
    }

    @Override
    public void close() {
        // The transaction is the caller's.
    }
}
