package dev.autosync.core.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The frame around each record of a pack: magic {@code ASP1}, type, length, CRC32C over type, length and payload, payload. All numbers are
 * big-endian.
 */
final class PackFrame {
    static final int HEADER = 13;
    /** A piece of a content. */
    static final byte PART = 1;
    /** The end of what was written at once: which contents, which manifests. */
    static final byte SEAL = 2;

    private static final int MAGIC = 0x41535031;

    private PackFrame() {}

    /** The header of a record whose payload comes in two pieces. */
    static byte[] header(byte type, byte[] head, byte[] data, int dataLength) {
        int length = Math.addExact(head.length, dataLength);
        CRC32C crc = new CRC32C();
        crc.update(typeAndLength(type, length));
        crc.update(head);
        crc.update(data, 0, dataLength);
        return ByteBuffer.allocate(HEADER).putInt(MAGIC).put(type).putInt(length).putInt((int) crc.getValue()).array();
    }

    /**
     * Reads the payload of a record.
     *
     * @throws DamagedException if there is no such record, or not as it was written
     */
    static byte[] read(RandomAccessFile file, long offset, byte type) throws IOException {
        long left = file.length() - offset - HEADER;
        if (offset < 0 || left < 0) {
            throw new DamagedException("ends before byte " + offset, offset);
        }
        byte[] header = new byte[HEADER];
        file.seek(offset);
        file.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        int length = fields.getInt(5);
        if (fields.getInt(0) != MAGIC || fields.get(4) != type || length < 0 || length > left) {
            throw new DamagedException("holds no such record at byte " + offset, offset);
        }
        byte[] payload = new byte[length];
        file.readFully(payload);
        CRC32C crc = new CRC32C();
        crc.update(typeAndLength(type, length));
        crc.update(payload);
        if ((int) crc.getValue() != fields.getInt(9)) {
            throw new DamagedException("holds a damaged record at byte " + offset, offset);
        }
        return payload;
    }

    /** Whether a seal may begin here. */
    static boolean looksLikeSeal(byte[] bytes, int at) {
        return bytes[at] == (byte) (MAGIC >>> 24) && bytes[at + 1] == (byte) (MAGIC >>> 16) && bytes[at + 2] == (byte) (MAGIC >>> 8)
                && bytes[at + 3] == (byte) MAGIC && bytes[at + 4] == SEAL;
    }

    private static byte[] typeAndLength(byte type, int length) {
        return ByteBuffer.allocate(5).put(type).putInt(length).array();
    }

    /** What was written does not read back the same. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        DamagedException(String what, long offset) {
            super(what);
            this.offset = offset;
        }

        long offset() {
            return offset;
        }
    }
}
