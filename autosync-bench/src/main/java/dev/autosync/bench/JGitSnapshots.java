package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** JGit in this process, its repository outside of the tree. */
final class JGitSnapshots implements SnapshotPeer {
    private final Path tree;
    private final Path repositories;
    private int number;
    private @Nullable Git git;

    JGitSnapshots(Path tree, Path repositories) {
        this.tree = tree;
        this.repositories = repositories;
    }

    @Override
    public String who() {
        return "jgit";
    }

    @Override
    public void forget() throws IOException {
        close();
        Repository repository = new FileRepositoryBuilder().setGitDir(repositories.resolve("jgit" + ++number).toFile())
                .setWorkTree(tree.toFile()).build();
        repository.create();
        git = Git.wrap(repository);
    }

    private Git git() {
        if (git == null) {
            throw new IllegalStateException("there is no repository yet");
        }
        return git;
    }

    @Override
    public void look() throws GitAPIException {
        git().status().call();
    }

    @Override
    public void keep() throws GitAPIException, IOException {
        git().add().addFilepattern(".").call();
        try (ObjectInserter inserter = git().getRepository().newObjectInserter()) {
            git().getRepository().readDirCache().writeTree(inserter);
            inserter.flush();
        }
    }

    @Override
    public void settle() throws GitAPIException {
        git().commit().setMessage("first").setAuthor("Bench", "bench@example.org").setCommitter("Bench", "bench@example.org").setSign(false).call();
    }

    @Override
    public void close() {
        if (git != null) {
            git.getRepository().close();
        }
    }
}
