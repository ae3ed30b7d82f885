package dev.autosync.store.json;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.lock.LockException;
import dev.autosync.lock.ProcessLock;
import dev.autosync.retry.Deadline;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every call that the store makes on files, so that a test can count them and let each of them fail.
 *
 * <p>Files are never read or written through a {@link FileChannel}: an interrupt would close it in the middle of a write.
 */
class Disk {

    InputStream read(Path file, long from) throws IOException {
        checkRegular(file);
        InputStream in = stream(file);
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream stream(Path file) throws IOException {
        try {
            return new FileInputStream(file.toFile());
        } catch (FileNotFoundException e) {
            if (Files.exists(file, NOFOLLOW_LINKS)) {
                throw e;
            }
            throw (NoSuchFileException) new NoSuchFileException(file.toString()).initCause(e);
        }
    }

    RandomAccessFile open(Path file) throws IOException {
        checkRegular(file);
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** A link that came with the folder could lead anywhere, and to open a named pipe would wait for ever. */
    private static void checkRegular(Path file) throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no regular file");
        }
    }

    void write(RandomAccessFile file, long at, byte[] bytes, int length) throws IOException {
        file.seek(at);
        file.write(bytes, 0, length);
    }

    void truncate(RandomAccessFile file, long length) throws IOException {
        file.setLength(length);
    }

    void force(RandomAccessFile file) throws IOException {
        file.getFD().sync();
    }

    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Keeps out every other process, and every other object of this one, until what it returns is closed.
     *
     * @throws LockException if somebody else keeps this one out for longer than {@code patience}
     */
    Closeable lock(Path file, Duration patience) throws IOException {
        return ProcessLock.on(file).acquireUninterruptibly(Deadline.in(patience))::close;
    }

    /** Forces the names in a folder. Windows has no such thing, and needs none. */
    void forceDirectory(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        // A folder can only be opened as a channel. An interrupt closes that, so it is put off until the folder is forced.
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes a folder and those above it, all of them durable. */
    void createDirectories(Path directory) throws IOException {
        List<Path> parents = new ArrayList<>();
        for (Path missing = directory.toAbsolutePath(); !Files.isDirectory(missing); missing = missing.getParent()) {
            if (missing.getParent() == null) {
                break;
            }
            parents.add(missing.getParent());
        }
        Files.createDirectories(directory);
        for (Path parent : parents) {
            forceDirectory(parent);
        }
    }
}
