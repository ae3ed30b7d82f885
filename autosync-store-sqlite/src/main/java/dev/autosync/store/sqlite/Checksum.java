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
        return of(new long[] {stored.sequence(), stored.token().value(), event.at().getEpochSecond(), event.at().getNano()},
                event.cycle(), event.kind(), event.subject(), numbers, event.payload());
    }

    /** The same of a rollup, with its figures as their bits (IEEE 754), one NaN for all, and an empty text for no number. */
    static long of(RollupTable.Piece piece, Rollup rollup) {
        long[] figures = {piece.number() == null ? 0 : 1, piece.start().getEpochSecond(), rollup.count(), bits(rollup.sum()), bits(rollup.min()),
                bits(rollup.max()), bits(rollup.sumOfSquares())};
        return of(figures, piece.resolution().name(), piece.kind(), piece.number() == null ? "" : piece.number());
    }

    /** The same of one number. */
    static long of(long number) {
        return of(new long[] {number});
    }

    private static long bits(double number) {
        return Double.doubleToLongBits(number);
    }

    private static long of(long[] numbers, String... texts) {
        byte[][] bytes = new byte[texts.length][];
        int length = numbers.length * Long.BYTES + texts.length * Integer.BYTES;
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += bytes[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (long number : numbers) {
            all.putLong(number);
        }
        for (byte[] text : bytes) {
            all.putInt(text.length).put(text);
        }
        CRC32C crc = new CRC32C();
        crc.update(all.array());
        return crc.getValue();
    }
}
