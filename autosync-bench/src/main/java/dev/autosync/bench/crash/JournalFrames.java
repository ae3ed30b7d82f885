package dev.autosync.bench.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where the records of a journal lie: magic, type, length, CRC32C, payload, as {@code docs/crash-safety.md} describes them. Written apart from
 * the journal's own reader, so that the two can be held against each other.
 */
final class JournalFrames {
    private static final int MAGIC = 0x41535731;
    private static final int TYPE = 4;
    private static final int LENGTH = 5;
    private static final int CRC = 9;
    private static final int HEADER = 13;

    private JournalFrames() {}

    /**
     * A good record.
     *
     * @param start its first byte
     * @param end the byte after its last
     */
    record Place(int start, int end) {
        int payload() {
            return start + HEADER;
        }
    }

    /** The good records from the beginning on. */
    static List<Place> of(byte[] journal) {
        List<Place> places = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(journal);
        int at = 0;
        while (at + HEADER <= journal.length && buffer.getInt(at) == MAGIC) {
            int length = buffer.getInt(at + LENGTH);
            if (length < 0 || length > journal.length - at - HEADER || crc(journal, at, length) != buffer.getInt(at + CRC)) {
                break;
            }
            places.add(new Place(at, at + HEADER + length));
            at += HEADER + length;
        }
        return places;
    }

    /** Whether a journal ends in something that is no record. */
    static boolean torn(Path journal) throws IOException {
        if (!Files.isRegularFile(journal)) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(journal);
        List<Place> places = of(bytes);
        return bytes.length > (places.isEmpty() ? 0 : places.get(places.size() - 1).end());
    }

    /** Writes the check sum that a record ought to have, whatever is in it. */
    static void sign(byte[] journal, Place place) {
        ByteBuffer.wrap(journal).putInt(place.start() + CRC, crc(journal, place.start(), place.end() - place.payload()));
    }

    private static int crc(byte[] journal, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(journal[start + TYPE]);
        crc.update(journal, start + HEADER, length);
        return (int) crc.getValue();
    }
}
