package dev.autosync.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class LinePropertyTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aLineIsReadBackAsItWasWritten(@ForAll("lines") Line line) {
        byte[] bytes = line.encode();
        Frame frame = Frame.of(bytes, bytes.length);
        assertThat(frame).isEqualTo(new Frame(Frame.State.VALID, line.event().sequence()));
        Line read = Line.decode(bytes, bytes.length, frame.sequence());
        assertThat(read).isEqualTo(line);
        assertThat(read.event().event().numbers().keySet()).containsExactlyElementsOf(line.event().event().numbers().keySet());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aLineIsJsonAndOneLineWhateverTheEventHolds(@ForAll("lines") Line line) {
        byte[] bytes = line.encode();
        String text = new String(bytes, UTF_8);
        assertThat(text).doesNotContain("\n").doesNotContain("\r").doesNotContain("\0");
        assertThat(text.getBytes(UTF_8)).isEqualTo(bytes);
        try (JsonParser in = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            in.skipChildren();
            assertThat(in.nextToken()).isNull();
        }
    }

    @Example
    void membersOfALaterVersionAreLeftOut() {
        Event event = Event.of("c", "k", "s", Instant.EPOCH, Map.of("n", 1.0), " {\"x\" : 1} ");
        Line line = new Line(new StoredEvent(9, new FencingToken(1), event), 8, 9, 5);
        String text = new String(line.encode(), UTF_8);
        for (String place : List.of(",\"token\"", ",\"batch\"", ",\"write\"", ",\"cycle\"", ",\"at\"", ",\"payload\"")) {
            for (String member : List.of("true", "12.5", "\"a\\\"b\"", "{\"payload\":[1,{}]}", "[[],\",\\\"payload\\\":\"]", "null")) {
                byte[] later = text.replace(place, ",\"later\":" + member + place).getBytes(UTF_8);
                assertThat(Line.decode(later, later.length, 9)).as("%s before %s", member, place).isEqualTo(line);
            }
        }
    }

    @Example
    void payloadsKeepTheirSpelling() {
        for (String payload : List.of("{\"b\":1, \"a\":[1.0,1e2]}", " [ ] ", "\"\\u00e4\\/\"", "-0", "null", "1 ", "{\"payload\":{}}")) {
            assertThat(text(payload)).endsWith(",\"payload\":" + payload + "}");
        }
    }

    @Example
    void payloadsThatCannotStandInALineAreKeptAsText() {
        for (String payload : List.of("", " ", "{", "1 2", "{} ,", "\"\\x\"", "\"\t\"", "nul", "01", "\ufeff{}", "\0",
                "[".repeat(100_000), "}", "{}}", "\"a", "[1,]", "NaN", "// x")) {
            assertThat(text(payload)).as(payload).contains(",\"text\":\"").doesNotContain("\"payload\"");
        }
    }

    @Example
    void aNumberNamedPayloadIsNotTakenForThePayload() {
        Event event = Event.of("c", "k", "s", Instant.EPOCH, Map.of("payload", 1.0, "},\"payload\":", 2.0), "{\"x\":1}");
        Line line = new Line(new StoredEvent(1, new FencingToken(1), event), 1, 1, 1);
        byte[] bytes = line.encode();
        assertThat(Line.decode(bytes, bytes.length, 1)).isEqualTo(line);
    }

    @Example
    void fieldsStandInTheirOrder() {
        Event event = Event.of("c", "k", "s", Instant.parse("2026-11-23T11:50:34.123456789Z"), Map.of("ms", 12.5), "{}");
        byte[] bytes = new Line(new StoredEvent(7, new FencingToken(3), event), 6, 8, 6).encode();
        assertThat(new String(bytes, UTF_8)).matches("\\Q{\"v\":1,\"seq\":7,\"crc\":\"\\E[0-9a-f]{8}\\Q\",\"token\":3,\"batch\":[6,8],"
                + "\"cycle\":\"c\",\"kind\":\"k\",\"subject\":\"s\",\"at\":\"2026-11-23T11:50:34.123456789Z\","
                + "\"numbers\":{\"ms\":12.5},\"payload\":{}}\\E");
    }

    @Provide
    Arbitrary<Line> lines() {
        Arbitrary<String> text = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.strings().all().ofMaxLength(20)),
                Tuple.of(3, Arbitraries.strings().withChars("\0\n\r\t\"\\/{}[]:,\ud83d\ude80\u2028\ufeffa").ofMaxLength(10)));
        Arbitrary<String> payload = Arbitraries.oneOf(Arbitraries.of("{}", "{\"a\": [1, \"\\n\"]}", "\"\ud83d\ude80\"", " 1.0 "),
                text.map(t -> t.replace('\n', ' ').replace('\r', ' ')));
        Arbitrary<Instant> at = Arbitraries.oneOf(Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH),
                Combinators.combine(Arbitraries.longs().between(-100_000_000_000L, 300_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999)).as((s, n) -> Instant.ofEpochSecond(s, n)));
        Arbitrary<Double> number = Arbitraries.oneOf(Arbitraries.of(-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
        Arbitrary<Event> event = Combinators.combine(text, text, text, at, Arbitraries.maps(text, number).ofMaxSize(4), payload)
                .as(Event::of);
        return Combinators.combine(event, Arbitraries.longs().between(1, 999_999_999_999L), Arbitraries.longs().between(1, Long.MAX_VALUE),
                Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 3))
                .as((e, sequence, token, before, after, write) ->
                new Line(new StoredEvent(sequence, new FencingToken(token), e), Math.max(1, sequence - before), sequence + after,
                        Math.max(1, sequence - before - write)));
    }

    private static String text(String payload) {
        Event event = Event.of("c", "k", "s", Instant.EPOCH, Map.of(), payload);
        Line line = new Line(new StoredEvent(1, new FencingToken(1), event), 1, 1, 1);
        byte[] bytes = line.encode();
        assertThat(Line.decode(bytes, bytes.length, 1)).isEqualTo(line);
        return new String(bytes, UTF_8);
    }
}
