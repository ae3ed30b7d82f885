package dev.autosync.core.journal;

import dev.autosync.core.io.PathText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of the journal: magic {@code ASW1}, type, length, CRC32C over type and payload, payload. The payload is a list of parts,
 * each its length and its bytes. All numbers are big-endian.
 *
 * @param type what the record says
 * @param parts its parts
 */
record Frame(Type type, List<byte[]> parts) {
    private static final int MAGIC = 0x41535731;
    private static final int HEADER = 13;

    /** What a record says. The numbers are those on disk. */
    enum Type {
        /** A transaction begins: its name, the boot it runs in, the version of the format. */
        BEGIN(1),
        /** A file may come to hold something: its path, what it held before the transaction, what it may hold. */
        FILE(2),
        /** Everything that the next changes need is in the journal. */
        PREPARED(3),
        /** The transaction is final: its payload, then path and number of the FILE record whose later image each file holds. */
        COMMIT(4),
        /** The transaction was undone. */
        ABORT(5),
        /** A folder is about to be created: its path. */
        FOLDER(6),
        /** A force of the workspace's files has failed: what they seem to hold may be nowhere but in memory. */
        DOUBT(7);

        private final byte number;

        Type(int number) {
            this.number = (byte) number;
        }
    }

    /** A record whose parts are texts. */
    static Frame of(Type type, String... texts) {
        List<byte[]> parts = new ArrayList<>();
        for (String text : texts) {
            parts.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return new Frame(type, parts);
    }

    /** A part as text. */
    String text(int part) {
        return new String(parts.get(part), StandardCharsets.UTF_8);
    }

    /** A part as a path. */
    String path(int part) {
        return PathText.decode(parts.get(part));
    }

    /** The record's bytes. */
    byte[] encode() {
        int length = parts.stream().mapToInt(part -> 4 + part.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
        frame.putInt(MAGIC).put(type.number).putInt(length).putInt(0);
        parts.forEach(part -> frame.putInt(part.length).put(part));
        frame.putInt(9, crc(type.number, frame.array(), HEADER, length));
        return frame.array();
    }

    /**
     * Reads a whole journal.
     *
     * <p>A bad record at the end is what a crash leaves of a write: the journal ends before it. A bad record with a good one after it
     * of the same transaction after it is damage; files may hold records as well ({@link Rest}). A good record of a type that nobody knows is one of a later version.
     */
    static Scan scan(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int at = 0;
        while (at < bytes.length) {
            int end = end(buffer, at);
            if (end < 0) {
                return new Scan(frames, at, new Rest(buffer, frames).holdsOurs(at + 1), false);
            }
            Type type = type(buffer.get(at + 4));
            if (type == null) {
                return new Scan(frames, at, false, true);
            }
            frames.add(decode(type, buffer, at, end));
            at = end;
        }
        return new Scan(frames, at, false, false);
    }

    /**
     * What a journal holds.
     *
     * @param frames its good records up to the first bad one
     * @param length how many bytes those take
     * @param damaged whether good records follow a bad one
     * @param unknown whether a good record of an unknown type follows
     */
    record Scan(List<Frame> frames, int length, boolean damaged, boolean unknown) {}

    /**
     * What follows a bad record. That may be what a crash has left of a record which holds a file, and that file may hold a journal's records. What counts
     * is a run of good records one of which names this transaction, or which only ends a transaction and ends the journal. Where the first record is bad
     * nobody knows the name, and each good one counts.
     */
    private static final class Rest {
        /** A file may be made of beginnings of large records, each of which would be read to its end. */
        private static final long MOST_READ = 8L << 30;

        private final ByteBuffer buffer;
        private final @Nullable String transaction;
        private long read;

        Rest(ByteBuffer buffer, List<Frame> before) {
            this.buffer = buffer;
            this.transaction = before.isEmpty() || before.get(0).parts().isEmpty() ? null : before.get(0).text(0);
        }

        boolean holdsOurs(int from) {
            int at = from;
            while (at + HEADER <= buffer.capacity() && read <= MOST_READ) {
                if (next(at) < 0) {
                    at++;
                } else if (transaction == null) {
                    return true;
                } else {
                    int end = endOfOthers(at);
                    if (end < 0) {
                        return true;
                    }
                    at = end;
                }
            }
            // When too much was read nobody can tell: a person is to look.
            return read > MOST_READ;
        }

        private int next(int at) {
            if (at + HEADER <= buffer.capacity() && buffer.getInt(at) == MAGIC) {
                int length = buffer.getInt(at + 5);
                read += length < 0 || length > buffer.capacity() - at - HEADER ? 0 : length;
            }
            return end(buffer, at);
        }

        /** Where a run of good records ends that is not of this transaction; -1 if it is. */
        private int endOfOthers(int from) {
            boolean ending = true;
            int at = from;
            for (int end = next(at); end >= 0; end = next(at)) {
                Type type = type(buffer.get(at + 4));
                if (type == Type.BEGIN || type == Type.PREPARED || type == Type.ABORT) {
                    List<byte[]> parts = decode(type, buffer, at, end).parts();
                    if (!parts.isEmpty() && new String(parts.get(0), StandardCharsets.UTF_8).equals(transaction)) {
                        return -1;
                    }
                }
                ending &= type == Type.COMMIT || type == Type.DOUBT;
                at = end;
            }
            return ending && buffer.capacity() - at < HEADER ? -1 : at;
        }
    }

    /** Where a good record that begins here ends; -1 if none does. */
    private static int end(ByteBuffer buffer, int at) {
        if (at + HEADER > buffer.capacity() || buffer.getInt(at) != MAGIC) {
            return -1;
        }
        int length = buffer.getInt(at + 5);
        if (length < 0 || length > buffer.capacity() - at - HEADER) {
            return -1;
        }
        int end = at + HEADER + length;
        if (crc(buffer.get(at + 4), buffer.array(), at + HEADER, length) != buffer.getInt(at + 9)) {
            return -1;
        }
        int part = at + HEADER;
        while (part < end) {
            int size = part + 4 <= end ? buffer.getInt(part) : -1;
            if (size < 0 || size > end - part - 4) {
                return -1;
            }
            part += 4 + size;
        }
        return end;
    }

    private static Frame decode(Type type, ByteBuffer buffer, int at, int end) {
        List<byte[]> parts = new ArrayList<>();
        int part = at + HEADER;
        while (part < end) {
            byte[] bytes = new byte[buffer.getInt(part)];
            buffer.get(part + 4, bytes);
            parts.add(bytes);
            part += 4 + bytes.length;
        }
        return new Frame(type, parts);
    }

    private static @Nullable Type type(byte number) {
        for (Type type : Type.values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }

    private static int crc(byte type, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(type);
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
