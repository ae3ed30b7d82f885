package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonTape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written: what new text in it should look like where no neighbour shows it.
 *
 * <p>Told by the file as it was, and read only when somebody asks. A container is <em>spread</em> if its first value starts a line. Not
 * safe to share.
 */
final class JsonStyle {
    /** So many values tell what a container holds: every operation beside a long one asks. */
    private static final int LOOKS = 64;

    private final JsonTape tape;
    private @Nullable String lineEnd;
    private @Nullable String unit;
    private @Nullable Counts counts;

    JsonStyle(JsonTape tape) {
        this.tape = tape;
    }

    /** What a file has most often. */
    private static final class Votes {
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        void add(String text, int from, int to) {
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (JsonGaps.isBreak(c) || c == '/') {
                    return;
                }
            }
            counts.merge(text.substring(from, to), 1, Integer::sum);
        }

        String most(String otherwise) {
            return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(otherwise);
        }
    }

    /** The votes of the whole file. */
    private static final class Counts {
        private final JsonTape tape;
        private final String text;
        private final Votes colons = new Votes();
        private final Votes commas = new Votes();
        private final Votes objectPaddings = new Votes();
        private final Votes arrayPaddings = new Votes();
        private final int[] spread = new int[4];
        private final int[] inline = new int[4];
        private boolean objects;
        private final String comma;
        private final String colon;
        private final String objectPadding;
        private final String arrayPadding;

        Counts(JsonTape tape) {
            this.tape = tape;
            this.text = tape.text();
            read(0);
            // Only a list on one line, of nothing but values and lists, is taken for compact where no comma and no colon tells.
            boolean wide = objects || tape.count(0) == 0 || JsonGaps.hasBreak(text, tape.start(0), tape.end(0));
            comma = commas.most(colons.most(wide ? " " : "").endsWith(" ") ? ", " : ",");
            colon = colons.most(comma.equals(",") ? ":" : ": ");
            objectPadding = objectPaddings.most("");
            arrayPadding = arrayPaddings.most("");
        }

        /* Answers whether the value goes over a line break. */
        private boolean read(int value) {
            objects |= tape.kind(value) == JsonNode.Kind.OBJECT;
            if (tape.count(value) == 0) {
                return false;
            }
            boolean breaks = false;
            int at = tape.start(value) + 1;
            for (int child = value + 1; child < tape.next(value); child = tape.next(child)) {
                if (tape.nameEnd(child) < tape.start(child)) {
                    colons.add(text, tape.nameEnd(child), tape.start(child));
                }
                if (child > value + 1) {
                    commas.add(text, at, tape.nameStart(child));
                }
                breaks |= JsonGaps.hasBreak(text, at, tape.nameStart(child));
                breaks |= read(child);
                at = tape.end(child);
            }
            breaks |= JsonGaps.hasBreak(text, at, tape.end(value));
            count(value, breaks);
            return breaks;
        }

        private void count(int value, boolean breaks) {
            int first = tape.nameStart(value + 1);
            if (JsonGaps.hasBreak(text, tape.start(value) + 1, first)) {
                spread[group(tape, value)]++;
            } else if (!breaks) {
                inline[group(tape, value)]++;
                (tape.kind(value) == JsonNode.Kind.OBJECT ? objectPaddings : arrayPaddings).add(text, tape.start(value) + 1, first);
            }
        }
    }

    String lineEnd() {
        String found = lineEnd;
        if (found == null) {
            found = JsonGaps.lineEnd(tape.text());
            lineEnd = found;
        }
        return found;
    }

    /** One step of indent. */
    String unit() {
        String found = unit;
        if (found == null) {
            found = JsonGaps.unit(tape.text(), JsonGaps.indent(tape.text().substring(0, tape.start(0))));
            unit = found;
        }
        return found;
    }

    /** What stands between a name and its value. */
    String colon() {
        return counts().colon;
    }

    /** What stands between two values on one line. */
    String comma() {
        return counts().comma;
    }

    /** What stands inside the brackets of a container on one line. */
    String padding(JsonNode.Kind kind) {
        return kind == JsonNode.Kind.OBJECT ? counts().objectPadding : counts().arrayPadding;
    }

    /** Whether containers like this one are mostly spread in the file, empty ones aside. */
    boolean spreads(JsonNode value) {
        int group = group(value.tape(), value.index());
        return counts().spread[group] >= counts().inline[group];
    }

    private Counts counts() {
        Counts read = counts;
        if (read == null) {
            read = new Counts(tape);
            counts = read;
        }
        return read;
    }

    /** Objects and arrays, with containers among their first values or without: files treat the four differently. */
    static int group(JsonTape tape, int container) {
        boolean flat = true;
        int looks = LOOKS;
        for (int child = container + 1; flat && looks-- > 0 && child < tape.next(container); child = tape.next(child)) {
            flat = !tape.isContainer(child);
        }
        return (tape.kind(container) == JsonNode.Kind.OBJECT ? 0 : 2) + (flat ? 0 : 1);
    }
}
