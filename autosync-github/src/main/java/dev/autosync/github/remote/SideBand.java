package dev.autosync.github.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * An answer in which data, messages for people and an error that ends everything are interleaved.
 *
 * @param data what band 1 held
 * @param messages what bands 2 and 3 held
 * @param failed whether there was something in band 3
 */
record SideBand(byte[] data, byte[] messages, boolean failed) {

    static SideBand read(PktLines lines) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        boolean failed = false;
        while (lines.hasMore()) {
            byte[] line = lines.next();
            if (line == null) {
                break;
            }
            if (line.length == 0 || line[0] < 1 || line[0] > 3) {
                throw new IOException("it does not speak git's protocol");
            }
            (line[0] == 1 ? data : messages).write(line, 1, line.length - 1);
            failed |= line[0] == 3;
        }
        return new SideBand(data.toByteArray(), messages.toByteArray(), failed);
    }
}
