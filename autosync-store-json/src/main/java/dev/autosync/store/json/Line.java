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
 */
record Line(StoredEvent event, long first, long last) {
    private static final byte[] PAYLOAD = Frame.ascii(",\"payload\":");

    byte[] encode() {
        Event e = event.event();
        StringBuilder line = new StringBuilder(200 + e.payload().length()).append(Frame.unsealed(event.sequence()));
        line.append(",\"token\":").append(event.token().value());
        if (first < last) {
            line.append(",\"batch\":[").append(first).append(',').append(last).append(']');
        }
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
        byte[] bytes = line.append('}').toString().getBytes(StandardCharsets.UTF_8);
        Frame.seal(bytes);
        return bytes;
    }

    /** Reads a line whose frame is valid; null if it is none of ours all the same. */
    static @Nullable Line decode(byte[] bytes, int length, long sequence) {
        try (JsonParser in = JsonText.parser(bytes, length)) {
            expect(in.nextToken() == JsonToken.START_OBJECT);
            skip(in, "v");
            skip(in, "seq");
            skip(in, "crc");
            name(in, "token");
            FencingToken token = new FencingToken(number(in));
            String name = in.nextName();
            long first = sequence;
            long last = sequence;
            if ("batch".equals(name)) {
                expect(in.nextToken() == JsonToken.START_ARRAY);
                first = number(in);
                last = number(in);
                expect(in.nextToken() == JsonToken.END_ARRAY && first <= sequence && sequence <= last && first < last);
                name = in.nextName();
            }
            expect("cycle".equals(name));
            String cycle = string(in);
            name(in, "kind");
            String kind = string(in);
            name(in, "subject");
            String subject = string(in);
            name(in, "at");
            Instant at = Instant.parse(string(in));
            name(in, "numbers");
            Map<String, Double> numbers = numbers(in);
            String payload = payload(in, bytes, length);
            return new Line(new StoredEvent(sequence, token, Event.of(cycle, kind, subject, at, numbers, payload)), first, last);
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            return null;
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

    /** Cut out of the bytes, not put together from tokens, which would lose its spelling. */
    private static String payload(JsonParser in, byte[] bytes, int length) {
        int at = (int) in.currentLocation().getByteOffset();
        if (Frame.has(bytes, length, at, PAYLOAD)) {
            return new String(Arrays.copyOfRange(bytes, at + PAYLOAD.length, length - 1), StandardCharsets.UTF_8);
        }
        name(in, "text");
        return string(in);
    }

    private static void skip(JsonParser in, String name) {
        name(in, name);
        expect(in.nextToken().isScalarValue());
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
