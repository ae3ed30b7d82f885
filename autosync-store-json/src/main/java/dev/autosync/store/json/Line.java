package dev.autosync.store.json;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One event as a line, without its line end.
 *
 * @param event the event
 * @param first the first sequence number of the append that wrote it
 * @param last the last sequence number of that append
 * @param write the first sequence number of the appends that were written and forced together with it
 */
record Line(StoredEvent event, long first, long last, long write) {
    private static final byte[] PAYLOAD = Frame.ascii(",\"payload\":");

    /** The line without its line end. */
    byte[] encode() {
        return encode(body(event.event()));
    }

    /** The same from the part of it that says nothing of the event's place. */
    byte[] encode(byte[] body) {
        StringBuilder begin = new StringBuilder(100).append(Frame.unsealed(event.sequence()));
        begin.append(",\"token\":").append(event.token().value());
        if (first < last) {
            begin.append(",\"batch\":[").append(first).append(',').append(last).append(']');
        }
        if (write < first) {
            begin.append(",\"write\":").append(write);
        }
        byte[] place = Frame.ascii(begin.toString());
        byte[] line = Arrays.copyOf(place, place.length + body.length);
        System.arraycopy(body, 0, line, place.length, body.length);
        Frame.seal(line, line.length);
        return line;
    }

    /** What a line says of its event, whatever its place. */
    static byte[] body(Event e) {
        StringBuilder line = new StringBuilder(200 + e.payload().length());
        JsonText.string(line.append(",\"cycle\":"), e.cycle());
        JsonText.string(line.append(",\"kind\":"), e.kind());
        JsonText.string(line.append(",\"subject\":"), e.subject());
        JsonText.string(line.append(",\"at\":"), e.at().toString());
        line.append(",\"numbers\":{");
        String comma = "";
        for (Map.Entry<String, Double> number : e.numbers().entrySet()) {
            JsonText.string(line.append(comma), number.getKey());
            // Double.toString is read back as the same double, which a shorter form need not be.
            line.append(':').append(number.getValue().doubleValue());
            comma = ",";
        }
        line.append('}');
        if (JsonText.isJson(e.payload())) {
            line.append(",\"payload\":").append(e.payload());
        } else {
            JsonText.string(line.append(",\"text\":"), e.payload());
        }
        return line.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a line whose frame is valid; null if it is none of ours all the same. Members that are not known are left out. */
    static @Nullable Line decode(byte[] bytes, int length, long sequence) {
        try (JsonParser in = JsonText.parser(bytes, length)) {
            expect(in.nextToken() == JsonToken.START_OBJECT);
            name(in, "v");
            expect(in.nextToken().isScalarValue());
            name(in, "seq");
            expect(in.nextToken().isScalarValue());
            name(in, "crc");
            expect(in.nextToken().isScalarValue());
            return new LineMembers(sequence).read(in, bytes, length);
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The members behind the frame. The last one is the payload, or the text of one that is no JSON. */
    private static final class LineMembers {
        private final long sequence;
        private long first;
        private long last;
        private long write;
        private @Nullable FencingToken token;
        private @Nullable String cycle;
        private @Nullable String kind;
        private @Nullable String subject;
        private @Nullable Instant at;
        private @Nullable Map<String, Double> numbers;
        private @Nullable String payload;

        LineMembers(long sequence) {
            this.sequence = sequence;
            this.first = sequence;
            this.last = sequence;
        }

        Line read(JsonParser in, byte[] bytes, int length) {
            while (payload == null) {
                int end = (int) in.currentLocation().getByteOffset();
                if (Frame.has(bytes, length, end, PAYLOAD)) {
                    // Cut out of the bytes, not put together from tokens, which would lose its spelling.
                    payload = new String(bytes, end + PAYLOAD.length, length - 1 - end - PAYLOAD.length, StandardCharsets.UTF_8);
                } else {
                    member(in, Objects.requireNonNullElse(in.nextName(), ""));
                }
            }
            Event event = Event.of(required(cycle), required(kind), required(subject), required(at), required(numbers), payload);
            return new Line(new StoredEvent(sequence, required(token), event), first, last, write == 0 ? first : write);
        }

        private static <T> T required(@Nullable T member) {
            if (member == null) {
                throw new IllegalArgumentException("a member is missing");
            }
            return member;
        }

        private void member(JsonParser in, String name) {
            switch (name) {
                case "token" -> token = new FencingToken(number(in));
                case "batch" -> {
                    expect(in.nextToken() == JsonToken.START_ARRAY);
                    first = number(in);
                    last = number(in);
                    expect(in.nextToken() == JsonToken.END_ARRAY && first <= sequence && sequence <= last && first < last);
                }
                case "write" -> {
                    write = number(in);
                    expect(0 < write && write < first);
                }
                case "cycle" -> cycle = string(in);
                case "kind" -> kind = string(in);
                case "subject" -> subject = string(in);
                case "at" -> at = Instant.parse(string(in));
                case "numbers" -> numbers = Line.numbers(in);
                case "text" -> payload = string(in);
                default -> {
                    expect(!in.currentToken().isStructEnd());
                    in.nextToken();
                    in.skipChildren();
                    in.finishToken();
                }
            }
        }
    }

    private static Map<String, Double> numbers(JsonParser in) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        expect(in.nextToken() == JsonToken.START_OBJECT);
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            expect(in.nextToken().isNumeric());
            numbers.put(name, Double.valueOf(in.getString()));
        }
        expect(in.currentToken() == JsonToken.END_OBJECT);
        return numbers;
    }

    private static void name(JsonParser in, String name) {
        expect(name.equals(in.nextName()));
    }

    private static long number(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private static String string(JsonParser in) {
        expect(in.nextToken() == JsonToken.VALUE_STRING);
        return in.getString();
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not a line of this store");
        }
    }
}
