package dev.autosync.github.git;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/** The names of a repository: HEAD and branches, as files of their own or in {@code packed-refs}. */
public final class Refs {
    private static final int MAX_REF = 4096;
    private static final int MAX_PACKED = 64 << 20;
    private static final String SYMBOLIC = "ref: ";

    private final GitFolder folder;

    /** The names of a repository. */
    public Refs(GitFolder folder) {
        this.folder = folder;
    }

    /** Whether a text is a name that git allows for a branch. */
    public static boolean isBranchName(String branch) {
        return !branch.startsWith("-") && Repository.isValidRefName(Constants.R_HEADS + branch);
    }

    /**
     * The branch that HEAD names.
     *
     * @return for example {@code main}; empty if HEAD names a commit or something that is no branch
     */
    public Optional<String> headBranch() throws IOException {
        String head = text("HEAD").orElse("");
        if (!head.startsWith(SYMBOLIC + Constants.R_HEADS)) {
            return Optional.empty();
        }
        return Optional.of(head.substring((SYMBOLIC + Constants.R_HEADS).length())).filter(Refs::isBranchName);
    }

    /** The commit that a branch is at; empty if there is no such branch. */
    public Optional<ObjectId> branch(String branch) throws IOException {
        String name = Constants.R_HEADS + branch;
        Optional<String> own = text(name);
        try {
            if (own.isPresent()) {
                return Optional.of(ObjectId.fromString(own.get()));
            }
            return packed(name);
        } catch (InvalidObjectIdException e) {
            throw new IOException(folder.root() + "/" + name + " is damaged or points to another name", e);
        }
    }

    private Optional<ObjectId> packed(String name) throws IOException {
        String all = new String(folder.read("packed-refs", MAX_PACKED).orElse(new byte[0]), StandardCharsets.UTF_8);
        int length = Constants.OBJECT_ID_STRING_LENGTH;
        return all.lines().filter(line -> line.length() == length + 1 + name.length() && line.charAt(length) == ' ' && line.endsWith(name))
                .map(line -> ObjectId.fromString(line.substring(0, length))).findFirst();
    }

    private Optional<String> text(String name) throws IOException {
        Path file = folder.file(name);
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        return folder.read(name, MAX_REF).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    /**
     * Moves a branch if it still is where it is expected to be.
     *
     * @param expected where it has to be; the zero id if it must not exist
     * @return false if it is elsewhere, or somebody else is moving it
     */
    public boolean compareAndSet(String branch, ObjectId expected, ObjectId to) throws IOException {
        Path file = folder.file(Constants.R_HEADS + branch);
        Files.createDirectories(file.getParent());
        Path lock = folder.file(Constants.R_HEADS + branch + ".lock");
        try {
            Files.write(lock, (to.name() + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        try {
            if (!branch(branch).orElse(ObjectId.zeroId()).equals(expected)) {
                return false;
            }
            try (RandomAccessFile forced = new RandomAccessFile(lock.toFile(), "rw")) {
                forced.getFD().sync();
            }
            Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(lock);
        }
    }

    /** Adds a line to the logs of HEAD and the branch, where git keeps such logs. */
    public void log(String branch, ObjectId from, ObjectId to, PersonIdent who, String what) throws IOException {
        String line = from.name() + " " + to.name() + " " + who.toExternalString() + "\t" + what + "\n";
        for (String name : new String[] {"logs/HEAD", "logs/" + Constants.R_HEADS + branch}) {
            Path log = folder.file(name);
            if (Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
                Files.write(log, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
            }
        }
    }
}
