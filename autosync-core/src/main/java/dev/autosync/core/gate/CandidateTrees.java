package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.testing.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The copies of the workspace below {@code .autosync/candidates}. Only the holder of the workspace may use them. */
final class CandidateTrees {
    private static final String FOLDER = "candidates";

    private final Workspace workspace;
    private final List<CandidateTree> trees = new ArrayList<>();

    /**
     * The copies, which need not be there yet.
     *
     * @param count how many, 0 for none
     * @param scanners makes what reads a tree as the workspace is read
     */
    CandidateTrees(Workspace workspace, FilePort files, Isolation isolation, int count, Function<Workspace, TreeScanner> scanners) {
        this(workspace, files, isolation, count, scanners, CandidateTrees::usableBytes);
    }

    CandidateTrees(Workspace workspace, FilePort files, Isolation isolation, int count, Function<Workspace, TreeScanner> scanners,
            ToLongFunction<Path> usableBytes) {
        this.workspace = workspace;
        for (int number = 1; number <= count; number++) {
            Path root = workspace.state(FOLDER).resolve(Integer.toString(number));
            trees.add(new CandidateTree(workspace, files, root, scanners, isolation.included(), usableBytes));
        }
    }

    /** The copies. */
    List<CandidateTree> all() {
        return trees;
    }

    /** Makes room for the copies and takes away those that nobody uses any more. */
    void prepare() {
        Path folder = workspace.state(FOLDER);
        try {
            if (trees.isEmpty()) {
                // Looked at from outside only: the folder above may be a link that came with the workspace.
                if (Files.exists(folder, NOFOLLOW_LINKS)) {
                    TreeCopy.deleteTree(workspace.createStateFolder(FOLDER));
                }
                return;
            }
            workspace.createStateFolder(FOLDER);
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    if (trees.stream().noneMatch(tree -> tree.root().equals(child))) {
                        TreeCopy.deleteTree(child);
                    }
                }
            }
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot remove candidate trees that are not used any more from " + folder + ": " + e
                    + ". Delete that folder", e);
        }
    }

    private static long usableBytes(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
