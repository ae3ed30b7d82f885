package dev.autosync.store.sqlite;

import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps room ahead in SQLite's log. To force a write that makes a file longer takes up to twice as long as to force one within it, since the file system
 * has to record the new length as well; and SQLite makes its log longer with each append, until it begins it anew.
 *
 * <p>Behind the last frame SQLite takes no notice of what the log holds: there it expects what is left of an earlier round. Source: "WAL-mode File Format" of
 * SQLite, sections 2 and 4. It has locks on the database and its {@code -shm} file, and none on the log, which may so be opened and closed here.
 * Threads: one at a time.
 */
final class LogRoom {
    /** So much at a time at least. */
    static final int BYTES = 128 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(LogRoom.class);

    /** At this length SQLite begins the log anew as soon as it can. */
    private static final long ENOUGH = Database.LOG_BYTES_KEPT;

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int PAGE_SIZE_AT = 8;
    private static final int SALT_AT = 16;
    private static final int SALT_IN_FRAME_AT = 8;

    private final DatabaseFile file;
    private final int least;
    private long looked;

    /**
     * Room in the log of a database.
     *
     * @param least how many bytes at a time; 0 for none
     */
    LogRoom(DatabaseFile file, int least) {
        this.file = file;
        this.least = least;
    }

    /** Makes room if there is none, in a transaction of the caller's that keeps other writers out and has not written yet. */
    void make() {
        try {
            long length = file.logBytes();
            if (length != looked && length != 0 && length < ENOUGH && least != 0) {
                looked = length;
                make(length);
            }
        } catch (IOException | StoreException e) {
            // Then appends take longer.
            LOG.debug("No room could be made in {}", file.writeAheadLog(), e);
        }
    }

    private void make(long length) throws IOException {
        try (FileChannel log = FileChannel.open(file.writeAheadLog(), StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (isFull(log, length)) {
                long end = Math.min(ENOUGH, length + Math.max(least, length / 2));
                ByteBuffer zeros = ByteBuffer.allocate(least);
                for (long at = length; at < end; at += zeros.limit()) {
                    zeros.clear().limit((int) Math.min(least, end - at));
                    write(log, zeros, at);
                }
                looked = end;
            }
        }
    }

    /** Whether the last frame that the log has place for is of this round. */
    private static boolean isFull(FileChannel log, long length) throws IOException {
        ByteBuffer header = read(log, HEADER, 0);
        int page = header.getInt(PAGE_SIZE_AT);
        if ((header.getInt(0) & ~1) != MAGIC || page <= 0) {
            return false;
        }
        long frame = FRAME_HEADER + (long) page;
        long frames = (length - HEADER) / frame;
        if (frames == 0) {
            return false;
        }
        return read(log, FRAME_HEADER, HEADER + (frames - 1) * frame).getLong(SALT_IN_FRAME_AT) == header.getLong(SALT_AT);
    }

    /** As many bytes; zeros where there are fewer. */
    private static ByteBuffer read(FileChannel log, int bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining() && log.read(buffer, at + buffer.position()) >= 0) {
            continue;
        }
        return buffer;
    }

    private static void write(FileChannel log, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            log.write(bytes, at + bytes.position());
        }
    }
}
