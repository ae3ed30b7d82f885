package dev.autosync.store.sqlite;

import dev.autosync.spi.Event;
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
        ByteBuffer fixed = ByteBuffer.allocate(4 * Long.BYTES).putLong(stored.sequence()).putLong(stored.token().value())
                .putLong(event.at().getEpochSecond()).putLong(event.at().getNano());
        crc.update(fixed.flip());
        for (String text : new String[] {event.cycle(), event.kind(), event.subject(), numbers, event.payload()}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            crc.update(bytes);
        }
        return crc.getValue();
    }
}
