package dev.autosync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eclipse.jgit.api.AddCommand;
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

    /** Goes on where git has got to: with a copy of its index, its objects and its commits. Not measured. */
    void adopt(Path repository) throws IOException {
        forget();
        Path own = git().getRepository().getDirectory().toPath();
        close();
        Files.writeString(Files.createDirectories(own.resolve("objects/info")).resolve("alternates"), repository.resolve("objects") + "\n");
        Files.copy(repository.resolve("index"), own.resolve("index"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(repository.resolve("HEAD"), own.resolve("HEAD"), StandardCopyOption.REPLACE_EXISTING);
        String branch = Files.readString(repository.resolve("HEAD")).replace("ref: ", "").trim();
        Files.copy(repository.resolve(branch), own.resolve(branch), StandardCopyOption.REPLACE_EXISTING);
        git = Git.wrap(new FileRepositoryBuilder().setGitDir(own.toFile()).setWorkTree(tree.toFile()).build());
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
        keep(List.of("."));
    }

    /** Keeps some folders alone. */
    void keep(List<String> folders) throws GitAPIException, IOException {
        AddCommand add = git().add();
        folders.forEach(add::addFilepattern);
        add.call();
        try (ObjectInserter inserter = git().getRepository().newObjectInserter()) {
            git().getRepository().readDirCache().writeTree(inserter);
            inserter.flush();
        }
    }

    @Override
    public void close() {
        if (git != null) {
            git.getRepository().close();
        }
    }
}
