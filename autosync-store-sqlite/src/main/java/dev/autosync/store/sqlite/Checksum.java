package dev.autosync.store.sqlite;

import dev.autosync.spi.Event;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** What a row must sum up to. SQLite itself checks no content: a flipped bit would come back as an event that never was. */
final class Checksum {
    private Checksum() {}

    /**
     * The CRC32C (RFC 3720) of the numbers in the order of their columns, each in 8 bytes, big-endian, then of the texts in the order of
     * theirs, each behind its length in bytes in 4.
     *
     * @param numbers the event's figures as they are written
     */
    static long of(StoredEvent stored, String numbers) {
        Event event = stored.event();
        CRC32C crc = new CRC32C();
        update(crc, stored.sequence(), stored.token().value(), event.at().getEpochSecond(), event.at().getNano());
        update(crc, event.cycle(), event.kind(), event.subject(), numbers, event.payload());
        return crc.getValue();
    }

    /** The same of a rollup, with its figures as their bits (IEEE 754), one NaN for all, and an empty text for no number. */
    static long of(RollupTable.Piece piece, Rollup rollup) {
        CRC32C crc = new CRC32C();
        update(crc, piece.number() == null ? 0 : 1, piece.start().getEpochSecond(), rollup.count(), bits(rollup.sum()), bits(rollup.min()),
                bits(rollup.max()), bits(rollup.sumOfSquares()));
        update(crc, piece.resolution().name(), piece.kind(), piece.number() == null ? "" : piece.number());
        return crc.getValue();
    }

    /** The same of one number. */
    static long of(long number) {
        CRC32C crc = new CRC32C();
        update(crc, new long[] {number});
        return crc.getValue();
    }

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }

    private static void update(CRC32C crc, long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        crc.update(bytes.flip());
    }

    private static void update(CRC32C crc, String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            crc.update(bytes);
        }
    }
}
