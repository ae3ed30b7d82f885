package dev.autosync.github.git;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * The branch that the workspace is on, moved to a commit that was published.
 *
 * <p>The files are what the commit says already, so only the branch moves, and the index entries of the published files follow, unless
 * somebody has staged something else there. Nothing happens if HEAD is elsewhere by now or another git is at work.
 */
public final class LocalBranch {
    private static final int MAX_INDEX = 512 << 20;

    private final GitFolder folder;
    private final Refs refs;

    /** The branch of a workspace's repository. */
    public LocalBranch(GitFolder folder) {
        this.folder = folder;
        this.refs = new Refs(folder);
    }

    /**
     * Moves the branch.
     *
     * @param from where it has to be; the zero id if it has no commit yet
     * @param files what the commit changed
     * @return why it was not moved; empty if it was
     */
    public Optional<String> move(String branch, ObjectId from, ObjectId to, List<PublishedFile> files, PersonIdent who, String title) {
        try {
            if (!isAt(branch, from)) {
                return Optional.of("HEAD is elsewhere by now");
            }
            Path lock = folder.file("index.lock");
            try {
                Files.createFile(lock);
            } catch (FileAlreadyExistsException e) {
                return Optional.of("another git is at work (" + lock + ")");
            }
            try {
                return moveLocked(branch, from, to, files, who, title, lock);
            } finally {
                Files.deleteIfExists(lock);
            }
        } catch (IOException e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private boolean isAt(String branch, ObjectId commit) throws IOException {
        return refs.headBranch().filter(branch::equals).isPresent() && refs.branch(branch).orElse(ObjectId.zeroId()).equals(commit);
    }

    private Optional<String> moveLocked(String branch, ObjectId from, ObjectId to, List<PublishedFile> files, PersonIdent who, String title,
            Path lock) throws IOException {
        byte[] index = updatedIndex(files);
        if (index != null) {
            Files.write(lock, index, StandardOpenOption.TRUNCATE_EXISTING);
            try (RandomAccessFile file = new RandomAccessFile(lock.toFile(), "rw")) {
                file.getFD().sync();
            }
        }
        if (!refs.compareAndSet(branch, from, to)) {
            return Optional.of("the branch is elsewhere by now");
        }
        if (index != null) {
            Files.move(lock, folder.file("index"), StandardCopyOption.ATOMIC_MOVE);
        }
        refs.log(branch, from, to, who, "autosync: " + title);
        return Optional.empty();
    }

    /** The index with the published files in it; null if there is no index. */
    private byte @Nullable [] updatedIndex(List<PublishedFile> files) throws IOException {
        Optional<byte[]> bytes = folder.read("index", MAX_INDEX);
        if (bytes.isEmpty()) {
            return null;
        }
        IndexFile index = IndexFile.parse(bytes.get());
        for (PublishedFile file : files) {
            if (!index.isConflicted(file.path()) && index.find(file.path()).equals(file.before())) {
                file.after().ifPresentOrElse(after -> index.put(file.path(), after.mode(), after.id()), () -> index.remove(file.path()));
            }
        }
        return index.toBytes();
    }
}
