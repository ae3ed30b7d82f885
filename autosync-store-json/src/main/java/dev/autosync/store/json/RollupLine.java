package dev.autosync.store.json;

import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Rollup;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a line of a rollup in the form in which nearly all are written, several times as fast as {@link Fields} reads any. */
final class RollupLine {
    private static final byte[] KIND = Frame.ascii(",\"kind\":\"");
    private static final byte[] NUMBER = Frame.ascii(",\"number\":\"");
    private static final byte[] HOUR = Frame.ascii(",\"hour\":\"");
    private static final byte[] COUNT = Frame.ascii(",\"count\":");
    private static final byte[] SUM = Frame.ascii(",\"sum\":");
    private static final byte[] MIN = Frame.ascii(",\"min\":");
    private static final byte[] MAX = Frame.ascii(",\"max\":");
    private static final byte[] SQUARES = Frame.ascii(",\"squares\":");
    private static final int LENGTH_OF_HOUR = "2026-01-01T00:00:00Z".length();
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int SECONDS_OF_HOUR = 3600;

    private final byte[] line;
    private final int length;
    private int at;

    private RollupLine(byte[] line, int length) {
        this.line = line;
        this.length = length;
        this.at = Frame.membersAt(line, length);
    }

    /** What a line says whose frame is valid; null if it has another form, which need not be wrong. */
    static @Nullable KindRollup read(byte[] line, int length) {
        try {
            return new RollupLine(line, length).read();
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private KindRollup read() {
        String kind = text(KIND);
        Optional<String> number = Frame.has(line, length, at, NUMBER) ? Optional.of(text(NUMBER)) : Optional.empty();
        Instant hour = hour(text(HOUR));
        long count = Long.parseLong(figure(COUNT));
        Rollup rollup = number.isPresent() ? Rollup.of(hour, count, real(SUM), real(MIN), real(MAX), real(SQUARES))
                : Rollup.of(hour, count, 0, 0, 0, 0);
        expect(at == length - 1 && line[at] == '}');
        return new KindRollup(kind, number, rollup);
    }

    /** A string in which nothing is escaped. */
    private String text(byte[] name) {
        int from = skip(name);
        while (at < length && line[at] != '"') {
            expect(line[at] != '\\');
            at++;
        }
        String text = new String(line, from, at - from, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    private String figure(byte[] name) {
        int from = skip(name);
        while (at < length && line[at] != ',' && line[at] != '}') {
            expect(line[at] != '"');
            at++;
        }
        return new String(line, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private double real(byte[] name) {
        return Double.parseDouble(figure(name));
    }

    private int skip(byte[] name) {
        expect(Frame.has(line, length, at, name));
        at += name.length;
        return at;
    }

    private static Instant hour(String text) {
        expect(text.length() == LENGTH_OF_HOUR && text.endsWith(":00:00Z") && text.charAt(4) == '-' && text.charAt(7) == '-'
                && text.charAt(10) == 'T');
        int hour = two(text, 11);
        expect(hour < 24);
        LocalDate day = LocalDate.of(100 * two(text, 0) + two(text, 2), two(text, 5), two(text, 8));
        return Instant.ofEpochSecond(day.toEpochDay() * SECONDS_OF_DAY + hour * SECONDS_OF_HOUR);
    }

    private static int two(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        expect(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9);
        return 10 * tens + ones;
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("another form");
        }
    }
}
