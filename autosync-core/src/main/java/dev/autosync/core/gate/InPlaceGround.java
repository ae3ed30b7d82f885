package dev.autosync.core.gate;

import dev.autosync.core.journal.Transaction;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.util.List;

/** The workspace itself, moved from tree to tree by a transaction. */
final class InPlaceGround implements TestGround {
    private final Transaction transaction;
    private final TestSuite suite;
    private final Path workspace;

    InPlaceGround(Transaction transaction, TestSuite suite, Path workspace) {
        this.transaction = transaction;
        this.suite = suite;
        this.workspace = workspace;
    }

    @Override
    public TestRun run(PatchedTree tree, List<PatchedTree> likely) throws InterruptedException {
        transaction.moveTo(tree.overlay(), tree.disk());
        return TestGround.run(suite, TestContext.of(workspace), TRIES);
    }

    @Override
    public List<String> changes() {
        return List.of();
    }

    @Override
    public void close() {
        // The transaction is the caller's.
    }
}
