package dev.autosync.history;

import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The SHA-256 of a history. The encoding is described at {@link StoreCopy#sha256()}. */
final class EventDigest {
    private final MessageDigest digest = sha256();

    void add(StoredEvent event) {
        digest.update(encode(event));
    }

    /** The value so far, after which it begins anew. */
    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] encode(StoredEvent stored) {
        Event event = stored.event();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(200 + event.payload().length());
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(stored.sequence());
            out.writeLong(stored.token().value());
            out.writeLong(event.at().getEpochSecond());
            out.writeInt(event.at().getNano());
            text(out, event.cycle());
            text(out, event.kind());
            text(out, event.subject());
            text(out, event.payload());
            out.writeInt(event.numbers().size());
            for (Map.Entry<String, Double> number : new TreeMap<>(event.numbers()).entrySet()) {
                text(out, number.getKey());
                out.writeDouble(number.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
