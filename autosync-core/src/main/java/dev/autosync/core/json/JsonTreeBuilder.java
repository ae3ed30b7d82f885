package dev.autosync.core.json;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns Jackson's tokens into nodes with spans. One use; not safe to share.
 *
 * <p>Jackson says where a token starts; where it ends is read from the text, which is known to be well-formed there. Strings are decoded
 * from the text too, because the parser is given escaped surrogates under another name ({@link JsonStrings#withoutEscapedSurrogates}).
 */
final class JsonTreeBuilder {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /* Names are not interned: that table is shared by all parsers, and hostile names can make it overflow. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonText.MAX_DEPTH)
                    .maxNumberLength(JsonText.MAX_NUMBER_LENGTH)
                    .maxStringLength(JsonText.MAX_LENGTH)
                    .maxNameLength(JsonText.MAX_LENGTH)
                    .build())
            .build();

    private final String text;
    private final String file;
    private final ErrorCode syntax;
    private final ErrorCode limit;
    private final int shift;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable JsonNode root;

    JsonTreeBuilder(String text, String file, ErrorCode syntax, ErrorCode limit) {
        this.text = text;
        this.file = file;
        this.syntax = syntax;
        this.limit = limit;
        this.shift = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    /** A container whose end has not been seen. */
    private static final class Open {
        final JsonNode node;
        final List<JsonNode.Member> members = new ArrayList<>();
        final List<JsonNode> elements = new ArrayList<>();
        int nameStart = -1;
        int nameEnd;
        int nameLine;
        String name = "";

        Open(JsonNode node) {
            this.node = node;
        }

        String nextToken() {
            return node.kind() == JsonNode.Kind.OBJECT ? name : String.valueOf(elements.size());
        }

        void add(JsonNode value) {
            if (node.kind() == JsonNode.Kind.OBJECT) {
                members.add(new JsonNode.Member(name, nameStart, nameEnd, nameLine, value));
                nameStart = -1;
            } else {
                elements.add(value);
            }
        }
    }

    JsonNode build() {
        String masked = JsonStrings.withoutEscapedSurrogates(text);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), masked.substring(shift))) {
            try {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    take(parser, token);
                }
            } catch (JacksonException e) {
                if (masked.equals(text)) {
                    noteNameBeforeError(parser.streamReadContext());
                }
                // Jackson gives no place to what went over a limit.
                throw failure(e, e.getLocation() == null ? parser.currentLocation() : e.getLocation());
            }
            if (root == null) {
                throw failure(syntax, "the text is empty, a JSON value was expected", parser.currentLocation());
            }
            return root;
        }
    }

    private void take(JsonParser parser, JsonToken token) {
        TokenStreamLocation place = parser.currentTokenLocation();
        if (root != null && open.isEmpty()) {
            throw failure(syntax, "something follows the end of the JSON value", place);
        }
        int start = (int) place.getCharOffset() + shift;
        switch (token) {
            case PROPERTY_NAME -> {
                Open object = open.element();
                object.nameStart = start;
                object.nameEnd = JsonStrings.end(text, start);
                object.nameLine = place.getLineNr();
                object.name = JsonStrings.decode(text, start + 1, object.nameEnd - 1);
            }
            case START_OBJECT -> open.push(new Open(add(JsonNode.Kind.OBJECT, start, start, place)));
            case START_ARRAY -> open.push(new Open(add(JsonNode.Kind.ARRAY, start, start, place)));
            case END_OBJECT, END_ARRAY -> {
                Open done = open.pop();
                done.node.close(start + 1, done.members, done.elements);
            }
            case VALUE_STRING -> {
                parser.finishToken();
                add(JsonNode.Kind.STRING, start, JsonStrings.end(text, start), place);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                add(JsonNode.Kind.NUMBER, start, start + parser.getStringLength(), place);
            case VALUE_TRUE -> add(JsonNode.Kind.BOOLEAN, start, start + 4, place);
            case VALUE_FALSE -> add(JsonNode.Kind.BOOLEAN, start, start + 5, place);
            case VALUE_NULL -> add(JsonNode.Kind.NULL, start, start + 4, place);
            default -> throw new IllegalStateException("a text parser has no token " + token);
        }
    }

    private JsonNode add(JsonNode.Kind kind, int start, int end, TokenStreamLocation place) {
        Open container = open.peek();
        JsonNode node = container == null
                ? new JsonNode(text, file, null, "", kind, start, end, place.getLineNr())
                : new JsonNode(text, file, container.node, container.nextToken(), kind, start, end, place.getLineNr());
        if (container == null) {
            root = node;
        } else {
            container.add(node);
        }
        return node;
    }

    private AutoSyncException failure(JacksonException e, TokenStreamLocation place) {
        if (e instanceof StreamConstraintsException) {
            boolean deep = open.size() >= JsonText.MAX_DEPTH;
            return failure(limit, deep ? "nested deeper than the depth limit of " + JsonText.MAX_DEPTH
                    : "a number is longer than the limit of " + JsonText.MAX_NUMBER_LENGTH + " characters", place);
        }
        if (root != null && open.isEmpty()) {
            // A root number has no closing mark, so that only its neighbour tells that it is none.
            return failure(syntax, root.kind() == JsonNode.Kind.NUMBER ? wording(e) : "something follows the end of the JSON value", place);
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return failure(syntax, "the text ends too early" + unclosed(), place);
        }
        return failure(syntax, "not JSON: " + wording(e), place);
    }

    /* Jackson reads a name together with what follows it, so that an error there hides the name: ask for it, to name the right place. */
    private void noteNameBeforeError(TokenStreamContext context) {
        Open object = open.peek();
        if (object == null || object.nameStart >= 0 || !context.inObject() || context.currentName() == null) {
            return;
        }
        List<JsonNode.Member> members = object.members;
        if (members.isEmpty() || !members.get(members.size() - 1).name().equals(context.currentName())) {
            object.name = context.currentName();
            object.nameStart = 0;
        }
    }

    private String unclosed() {
        Open innermost = open.peek();
        if (innermost == null) {
            return "";
        }
        String what = innermost.node.kind() == JsonNode.Kind.OBJECT ? "object" : "array";
        return ", the " + what + " that starts in line " + innermost.node.line() + " is not closed";
    }

    private AutoSyncException failure(ErrorCode code, String what, TokenStreamLocation place) {
        int line = Math.max(1, place.getLineNr());
        return new AutoSyncException(code, what + " (column " + Math.max(1, place.getColumnNr()) + ")",
                Location.of(file, line, pointer()), null);
    }

    private String pointer() {
        Open innermost = open.peek();
        if (innermost == null) {
            return "";
        }
        boolean inValue = innermost.node.kind() == JsonNode.Kind.ARRAY || innermost.nameStart >= 0;
        return innermost.node.pointer() + (inValue ? "/" + JsonPointer.escape(innermost.nextToken()) : "");
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
