package dev.autosync.lock;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that this process has locked.
 *
 * <p>The file is locked through a {@link RandomAccessFile}, whose channel nobody else sees: an interrupt closes a channel in the middle of a
 * blocking call, and with it every lock of this process on the file.
 */
final class LockFile {
    /*
     * POSIX: a process that closes any descriptor of a file loses its locks on it. So within this JVM nobody may have the file open but who
     * holds the lock, or finds in one step that some other process does.
     *
     * Within one class loader HERE sees to that. Another class loader's copy of this class has a map of its own; what all of them share is
     * the JDK's table of locks, which answers with OverlappingFileLockException, and interned strings: the monitor of one makes each step one,
     * of all files, since a file may be replaced by another between a look and the next step. A descriptor that has met such an answer must
     * stay open until nobody in this JVM holds its file: it is in KEPT, under the key that its file seemed to have.
     */
    private static final Object MONITOR = "dev.autosync.lock".intern();
    private static final Map<String, LockFile> HERE = new HashMap<>();
    private static final Map<RandomAccessFile, String> KEPT = new IdentityHashMap<>();

    private final Path file;
    private final String key;
    private final boolean listed;
    private @Nullable RandomAccessFile raw;

    private LockFile(Path file, String key, RandomAccessFile raw) {
        this.file = file;
        this.key = key;
        this.raw = raw;
        this.listed = ProcLocks.reliableFor(file);
    }

    /** Locks a file; null if somebody else has locked it. */
    static @Nullable LockFile tryLock(Path file) throws IOException {
        while (true) {
            String key = key(file);
            synchronized (MONITOR) {
                if (HERE.containsKey(key)) {
                    return null;
                }
                RandomAccessFile raw = lock(file, key);
                if (raw == null) {
                    return null;
                }
                LockFile locked = new LockFile(file, key, raw);
                if (locked.inPlace()) {
                    HERE.put(key, locked);
                    return locked;
                }
                // Between the look and the lock another file has taken its place: this one is nobody's any more.
                locked.close();
            }
        }
    }

    /** Puts a file that is locked already in the place of one that somebody else may have locked. */
    static LockFile replace(Path file) throws IOException {
        Path draft = draft(file);
        try {
            String key = key(draft);
            synchronized (MONITOR) {
                RandomAccessFile raw = lock(draft, key);
                if (raw == null) {
                    throw new IOException("Cannot lock the new file " + draft);
                }
                try {
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    raw.close();
                    throw e;
                }
                LockFile locked = new LockFile(file, key, raw);
                HERE.put(key, locked);
                return locked;
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Whether nobody has locked a file: nobody in this JVM sees that it is locked for a moment to find out. */
    static boolean isFree(Path file) throws IOException {
        synchronized (MONITOR) {
            LockFile locked = tryLock(file);
            if (locked != null) {
                locked.close();
            }
            return locked != null;
        }
    }

    /** What tells a file from every other, whatever path leads to it. Makes the file if it is not there. */
    static String key(Path file) throws IOException {
        String key = existing(file);
        while (key == null) {
            create(file);
            key = existing(file);
        }
        return key;
    }

    boolean valid() {
        synchronized (MONITOR) {
            return raw != null && inPlace() && (!listed || ProcLocks.lists(file));
        }
    }

    /** Whether the path still leads to the file that was locked. */
    boolean inPlace() {
        try {
            return key.equals(existing(file));
        } catch (IOException e) {
            return false;
        }
    }

    void close() throws IOException {
        synchronized (MONITOR) {
            RandomAccessFile open = raw;
            raw = null;
            if (open != null) {
                try {
                    open.close();
                } finally {
                    HERE.remove(key, this);
                }
            }
        }
    }

    /** The descriptor through which the file is locked now; null if somebody else has locked it. To be called within the monitor. */
    private static @Nullable RandomAccessFile lock(Path file, String key) throws IOException {
        KEPT.keySet().removeIf(LockFile::closedIfFree);
        if (KEPT.containsValue(key)) {
            return null;
        }
        RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw");
        try {
            // Not lock(), which may report a deadlock that there is none: the system counts by processes, not by threads.
            if (raw.getChannel().tryLock() != null) {
                return raw;
            }
            // Another process has it, so nobody here does, and closing frees nothing.
            raw.close();
            return null;
        } catch (OverlappingFileLockException e) {
            KEPT.put(raw, key);
            return null;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean closedIfFree(RandomAccessFile kept) {
        try {
            kept.getChannel().tryLock();
            // Locked here and now, or by another process: nobody else of this one has it.
            kept.close();
            return true;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** What tells an existing file from every other; null if there is none. */
    private static @Nullable String existing(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                // A link that came with the folder could lead anywhere, and to open a named pipe would wait for ever.
                throw new IOException("Cannot lock " + file + ": it is no regular file");
            }
            return attributes.fileKey() == null ? file.toRealPath().toString() : attributes.fileKey().toString();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Makes the file without having it open at any moment under its own name: to close it would free a lock that is a moment old. */
    private static void create(Path file) throws IOException {
        Path draft = draft(file);
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Then that one is used.
        } catch (UnsupportedOperationException | FileSystemException e) {
            createWithoutLinks(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void createWithoutLinks(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Then that one is used.
        }
    }

    private static Path draft(Path file) throws IOException {
        return Files.createFile(file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp"));
    }
}
