package dev.autosync.core.gate;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.testing.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of the workspace below {@code .autosync/candidates}. Only the holder of the workspace may use them. */
final class CandidateTrees {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateTrees.class);
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

    /** Makes a place for the copies and takes away those that nobody uses any more; begins a new cycle. */
    void prepare() {
        trees.forEach(CandidateTree::forgetChanges);
        Path folder = workspace.state(FOLDER);
        if (!trees.isEmpty()) {
            workspace.createStateFolder(FOLDER);
        } else if (!Files.isDirectory(workspace.root().resolve(Workspace.STATE_FOLDER), NOFOLLOW_LINKS)
                || !Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (trees.stream().noneMatch(tree -> tree.root().equals(child))) {
                    TreeCopy.deleteTree(child);
                }
            }
            if (trees.isEmpty()) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They take space and do no harm: what tests run as somebody else have left may not be ours to delete.
            LOG.warn("Cannot remove candidate trees that are not used any more from {}", folder, e);
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
