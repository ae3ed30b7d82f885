package dev.autosync.core.json;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Says what is wrong with a text that {@link JsonScanner} has refused: Jackson reads it again, and its words are good. One use.
 *
 * <p>A text is decided upon by the scanner alone; where Jackson should find nothing wrong, the place of the scanner is named.
 */
final class JsonComplaint {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonFactory STRICT = factory(false);
    private static final JsonFactory TOLERANT = factory(true);

    private final String text;
    private final String file;
    private final JsonLimits limits;
    private final ErrorCode syntax;
    private final ErrorCode limit;
    private final int shift;
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean rootSeen;
    private boolean rootIsNumber;

    JsonComplaint(String text, String file, JsonLimits limits, ErrorCode syntax, ErrorCode limit) {
        this.text = text;
        this.file = file;
        this.limits = limits;
        this.syntax = syntax;
        this.limit = limit;
        this.shift = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    /* Names are not interned: that table is shared by all parsers, and hostile names can make it overflow. */
    private static JsonFactory factory(boolean tolerant) {
        return JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, tolerant)
                .configure(JsonReadFeature.ALLOW_TRAILING_COMMA, tolerant)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** A container whose end has not been seen. */
    private static final class Open {
        final boolean object;
        final int line;
        int index = -1;
        @Nullable String name;
        @Nullable String lastName;

        Open(boolean object, int line) {
            this.object = object;
            this.line = line;
        }

        void begin() {
            index += object ? 0 : 1;
        }

        void done() {
            lastName = name;
            name = null;
        }
    }

    /** What is wrong, as the scanner found it. */
    AutoSyncException of(JsonScanner.End end, JsonScanner scanner) {
        return switch (end) {
            case TOO_DEEP -> tooMuch(scanner, "nested deeper than the depth limit of " + limits.maxDepth());
            case LONG_NUMBER -> tooMuch(scanner, "a number is longer than the limit of " + limits.maxNumberLength() + " characters");
            case LONG_STRING -> tooMuch(scanner, "a string is longer than the limit of " + limits.maxStringLength() + " characters");
            case SYNTAX -> inWords(scanner);
            case WELL_FORMED -> throw new IllegalArgumentException("nothing is wrong");
        };
    }

    private AutoSyncException tooMuch(JsonScanner scanner, String what) {
        return at(limit, what, scanner);
    }

    private AutoSyncException at(ErrorCode code, String what, JsonScanner scanner) {
        int line = scanner.tape().line(scanner.at());
        return new AutoSyncException(code, what + " (column " + scanner.tape().column(scanner.at()) + ")",
                Location.of(file, line, scanner.pointer()), null);
    }

    private AutoSyncException inWords(JsonScanner scanner) {
        String masked = JsonStrings.withoutEscapedSurrogates(text);
        JsonFactory factory = limits.tolerant() ? TOLERANT : STRICT;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), masked.substring(shift))) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (rootSeen && open.isEmpty()) {
                        return failure("something follows the end of the JSON value", parser.currentTokenLocation());
                    }
                    take(parser, token);
                }
            } catch (JacksonException e) {
                if (masked.equals(text)) {
                    noteNameBeforeError(parser.streamReadContext());
                }
                return failure(e, e.getLocation() == null ? parser.currentLocation() : e.getLocation());
            }
            if (!rootSeen) {
                return failure("the text is empty, a JSON value was expected", parser.currentLocation());
            }
        }
        return at(syntax, "not JSON", scanner);
    }

    private void take(JsonParser parser, JsonToken token) {
        Open container = open.peek();
        if (token == JsonToken.PROPERTY_NAME) {
            int start = (int) parser.currentTokenLocation().getCharOffset() + shift;
            open.element().name = JsonStrings.decode(text, start + 1, JsonStrings.end(text, start) - 1);
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            open.pop();
            if (!open.isEmpty()) {
                open.element().done();
            }
        } else {
            if (token == JsonToken.VALUE_STRING) {
                parser.finishToken();
            }
            rootIsNumber = !rootSeen && token.isNumeric();
            rootSeen = true;
            if (container != null) {
                container.begin();
            }
            if (token.isStructStart()) {
                open.push(new Open(token == JsonToken.START_OBJECT, parser.currentTokenLocation().getLineNr()));
            } else if (container != null) {
                container.done();
            }
        }
    }

    private AutoSyncException failure(JacksonException e, TokenStreamLocation place) {
        if (rootSeen && open.isEmpty()) {
            // A root number has no closing mark, so that only its neighbour tells that it is none.
            return failure(rootIsNumber ? wording(e) : "something follows the end of the JSON value", place);
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return failure("the text ends too early" + unclosed(), place);
        }
        return failure("not JSON: " + wording(e), place);
    }

    /* Jackson reads a name together with what follows it, so that an error there hides the name: ask for it, to name the right place. */
    private void noteNameBeforeError(TokenStreamContext context) {
        Open object = open.peek();
        if (object != null && object.object && object.name == null && context.inObject() && context.currentName() != null
                && !context.currentName().equals(object.lastName)) {
            object.name = context.currentName();
        }
    }

    private String unclosed() {
        Open innermost = open.peek();
        return innermost == null ? ""
                : ", the " + (innermost.object ? "object" : "array") + " that starts in line " + innermost.line + " is not closed";
    }

    private AutoSyncException failure(String what, TokenStreamLocation place) {
        int line = Math.max(1, place.getLineNr());
        return new AutoSyncException(syntax, what + " (column " + Math.max(1, place.getColumnNr()) + ")",
                Location.of(file, line, pointer()), null);
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (var levels = open.descendingIterator(); levels.hasNext(); ) {
            Open level = levels.next();
            boolean innermost = !levels.hasNext();
            if (level.object && level.name != null) {
                pointer.append('/').append(JsonPointer.escape(level.name));
            } else if (!level.object) {
                pointer.append('/').append(innermost ? level.index + 1 : level.index);
            }
        }
        return pointer.toString();
    }

    /* Jackson's own words without its advice on which of its features to switch on, and without raw control characters. */
    private static String wording(JacksonException e) {
        String words = e.getOriginalMessage();
        for (String advice : List.of(": enable `", " (not recognized", " (start marker", " (for Object", " (for Array", ": maybe a (non")) {
            int at = words.indexOf(advice);
            words = at < 0 ? words : words.substring(0, at);
        }
        String quoted = JsonQuote.quote(words.length() > 200 ? words.substring(0, 200) : words);
        return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
