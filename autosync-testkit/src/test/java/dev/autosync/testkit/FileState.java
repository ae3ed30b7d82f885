package dev.autosync.testkit;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.StoredEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the frames of a {@link FileStore} say.
 *
 * @param upTo as {@code compactedUpTo}
 * @param rolledUp up to which event {@code hours} counts all there ever was; later events are not in it
 */
record FileState(List<StoredEvent> events, long granted, long upTo, long rolledUp, List<KindRollup> hours) {

    static FileState of(List<byte[]> frames) throws IOException {
        List<StoredEvent> events = new ArrayList<>();
        List<KindRollup> hours = new ArrayList<>();
        long granted = 0;
        long upTo = 0;
        long rolledUp = 0;
        for (byte[] frame : frames) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
            switch (in.readChar()) {
                case 'e' -> {
                    for (int i = in.readInt(); i > 0; i--) {
                        events.add(event(in));
                    }
                }
                case 'g' -> granted = in.readLong();
                case 'r' -> {
                    upTo = in.readLong();
                    rolledUp = in.readLong();
                    for (int i = in.readInt(); i > 0; i--) {
                        hours.add(hour(in));
                    }
                }
                default -> throw new IOException("a frame of no kind that is known");
            }
        }
        return new FileState(events, granted, upTo, rolledUp, hours);
    }

    List<byte[]> frames() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeChar('r');
        out.writeLong(upTo);
        out.writeLong(rolledUp);
        out.writeInt(hours.size());
        for (KindRollup hour : hours) {
            text(out, hour.kind());
            text(out, hour.number().map(name -> "n" + name).orElse(""));
            Rollup rollup = hour.rollup();
            out.writeLong(rollup.start().getEpochSecond());
            out.writeLong(rollup.count());
            for (double figure : new double[] {rollup.sum(), rollup.min(), rollup.max(), rollup.sumOfSquares()}) {
                out.writeDouble(figure);
            }
        }
        List<byte[]> frames = new ArrayList<>(List.of(bytes.toByteArray(), grant(granted)));
        for (StoredEvent event : events) {
            frames.add(events(List.of(event)));
        }
        return frames;
    }

    static byte[] grant(long token) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeChar('g');
        out.writeLong(token);
        return bytes.toByteArray();
    }

    static byte[] events(List<StoredEvent> events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeChar('e');
        out.writeInt(events.size());
        for (StoredEvent stored : events) {
            Event event = stored.event();
            out.writeLong(stored.sequence());
            out.writeLong(stored.token().value());
            out.writeLong(event.at().getEpochSecond());
            out.writeInt(event.at().getNano());
            for (String text : List.of(event.cycle(), event.kind(), event.subject(), event.payload())) {
                text(out, text);
            }
            out.writeInt(event.numbers().size());
            for (Map.Entry<String, Double> number : event.numbers().entrySet()) {
                text(out, number.getKey());
                out.writeDouble(number.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static StoredEvent event(DataInputStream in) throws IOException {
        long sequence = in.readLong();
        FencingToken token = new FencingToken(in.readLong());
        Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        String cycle = text(in);
        String kind = text(in);
        String subject = text(in);
        String payload = text(in);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            numbers.put(text(in), in.readDouble());
        }
        return new StoredEvent(sequence, token, Event.of(cycle, kind, subject, at, numbers, payload));
    }

    private static KindRollup hour(DataInputStream in) throws IOException {
        String kind = text(in);
        String number = text(in);
        return new KindRollup(kind, number.isEmpty() ? Optional.empty() : Optional.of(number.substring(1)), Rollup.of(
                Instant.ofEpochSecond(in.readLong()), in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
