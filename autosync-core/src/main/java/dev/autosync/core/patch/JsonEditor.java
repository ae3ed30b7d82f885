package dev.autosync.core.patch;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.json.JsonText;
import java.util.List;
import java.util.OptionalInt;

/**
 * A JSON document that is changed in place: everything that is not touched keeps its bytes.
 *
 * <p>New members go last in their object. What is new takes indent, line ends and separators from its neighbours, else from the file as
 * a whole ({@link JsonStyle}). What cannot be done throws {@link JsonPatchFailure}; the editor is then of no further use. Not safe to
 * share.
 */
final class JsonEditor {
    private static final int NEIGHBOURS = 8;

    private final String text;
    private final JsonEditNode root;
    private final int rootEnd;
    private final JsonStyle style;
    private long taken;

    JsonEditor(String text, JsonNode value) {
        this.text = text;
        this.root = new JsonEditNode(value, text.substring(0, value.start()));
        this.rootEnd = value.end();
        this.style = new JsonStyle(text, value);
    }

    /** A value on its way into the document. */
    interface Arrival {
        /** A container of its sort, or the value itself: its look is decided by that. */
        JsonNode sort();

        /** The value with its text for a place; {@code spread} if it should go over several lines, where that is open. */
        JsonEditNode at(String indent, boolean spread);
    }

    JsonEditNode root() {
        return root;
    }

    /** The document as it is now. */
    String result() {
        int tail = text.length() - rootEnd;
        if (root.gap().length() + root.length() + tail > JsonText.MAX_LENGTH) {
            throw tooLong();
        }
        StringBuilder out = new StringBuilder(root.gap());
        root.write(out);
        return out.append(text, rootEnd, text.length()).toString();
    }

    /** A value of the patch; {@code dropNulls} leaves out members that are null. */
    Arrival fromPatch(JsonNode value, boolean dropNulls) {
        return new Arrival() {
            @Override
            public JsonNode sort() {
                return value;
            }

            @Override
            public JsonEditNode at(String indent, boolean spread) {
                return value.isContainer()
                        ? parsed(new JsonLayout(style, dropNulls).write(value, indent, spread))
                        : new JsonEditNode(value, "");
            }
        };
    }

    /** A value of the document, to be moved: it keeps its look, shifted to its new indent. Take it out before it arrives. */
    Arrival moved(JsonEditNode node) {
        return fromDocument(node, node.lineIndent());
    }

    /** The same for a value that stays where it is, too. */
    Arrival copied(JsonEditNode node) {
        return fromDocument(node.copy(), node.lineIndent());
    }

    private Arrival fromDocument(JsonEditNode node, String from) {
        return new Arrival() {
            @Override
            public JsonNode sort() {
                return node.origin();
            }

            @Override
            public JsonEditNode at(String indent, boolean spread) {
                if (indent.equals(from) || !node.hasBreak()) {
                    return node;
                }
                String raw = node.snapshot().raw();
                long grown = raw.length() + (long) JsonGaps.breaks(raw) * Math.max(0, indent.length() - from.length());
                if (grown > JsonText.MAX_LENGTH) {
                    throw tooLong();
                }
                return parsed(JsonGaps.reindent(raw, from, indent));
            }
        };
    }

    JsonEditNode find(JsonPointer pointer) {
        JsonEditNode node = root;
        List<String> tokens = pointer.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            node = child(node, tokens.get(i), new JsonPointer(tokens.subList(0, i)));
        }
        return node;
    }

    /** Puts a value where a pointer leads: over what is there, into an array at that index, or as a new last member. */
    void add(JsonPointer pointer, Arrival arrival) {
        if (pointer.isRoot()) {
            replace(root, arrival);
            return;
        }
        JsonEditNode container = find(pointer.parent());
        if (container.kind() == JsonNode.Kind.OBJECT) {
            JsonEditNode existing = container.member(pointer.last());
            if (existing == null) {
                append(container, JsonQuote.quote(pointer.last()), pointer.last(), arrival);
            } else {
                replace(existing, arrival);
            }
        } else {
            int size = kindChecked(container, pointer.parent()).items().size();
            int index = pointer.last().equals("-") ? size : index(pointer.last(), size, size, pointer.parent());
            insert(container, index, "", "", "", arrival);
        }
    }

    /** Adds a member behind all others; {@code key} is its name as it is to be written. */
    void append(JsonEditNode object, String key, String name, Arrival arrival) {
        List<JsonEditNode> items = object.items();
        String colon = items.isEmpty() ? style.colon() : items.get(items.size() - 1).colon();
        insert(object, items.size(), key, JsonGaps.hasBreak(colon) ? style.colon() : colon, name, arrival);
    }

    void replace(JsonEditNode node, Arrival arrival) {
        JsonNode sort = arrival.sort();
        boolean spread = node.isLike(sort) ? node.isSpread() : looksSpread(node, sort);
        JsonEditNode value = checked(arrival.at(node.lineIndent(), spread), node.depth());
        if (!value.isUntouched() || !sameSpelling(node, value.origin())) {
            node.become(value);
        }
    }

    void remove(JsonEditNode node) {
        JsonEditNode container = node.parent();
        if (container == null) {
            throw new IllegalStateException("the whole document cannot be removed");
        }
        container.remove(node);
    }

    private void insert(JsonEditNode container, int index, String key, String colon, String name, Arrival arrival) {
        List<JsonEditNode> items = container.items();
        String gap;
        String next = "";
        String tail = "";
        boolean spread;
        if (items.isEmpty()) {
            spread = opensSpread(container);
            String padding = style.padding(container.kind());
            gap = spread ? style.lineEnd() + container.lineIndent() + style.unit() : padding;
            tail = spread ? style.lineEnd() + container.lineIndent() : padding;
        } else {
            spread = container.isSpread();
            next = between(items, index);
            gap = index < items.size() ? items.get(index).gap() : next;
        }
        JsonNode sort = arrival.sort();
        JsonEditNode item = new JsonEditNode(sort, container, gap, key, colon, name);
        boolean valueSpread = sort.isContainer() && likeNeighbours(items, index, sort, spread);
        item.become(checked(arrival.at(item.lineIndent(), valueSpread), item.depth()));
        if (index < items.size()) {
            items.get(index).gap(next);
        }
        container.insert(index, item, tail);
    }

    /* The gap between two items, as the nearest two show it; a single item shows only whether items have lines of their own. */
    private String between(List<JsonEditNode> items, int index) {
        if (items.size() > 1) {
            return JsonGaps.single(items.get(Math.max(1, Math.min(index, items.size() - 1))).gap());
        }
        String first = items.get(0).gap();
        return JsonGaps.hasBreak(first) ? "," + JsonGaps.single(first) : style.comma();
    }

    /* What is empty says nothing; what is inside something that stands on one line stays there. */
    private static boolean opensSpread(JsonEditNode empty) {
        JsonEditNode container = empty.parent();
        return container == null || container.isSpread() || JsonGaps.hasBreak(empty.gap());
    }

    private boolean looksSpread(JsonEditNode node, JsonNode value) {
        JsonEditNode container = node.parent();
        if (!value.isContainer()) {
            return false;
        }
        if (container == null) {
            boolean wasContainer = node.kind() == JsonNode.Kind.OBJECT || node.kind() == JsonNode.Kind.ARRAY;
            return wasContainer && !node.isEmpty() ? node.isSpread() : style.spreads(value);
        }
        return likeNeighbours(container.items(), container.indexOf(node), value, container.isSpread());
    }

    private boolean likeNeighbours(List<JsonEditNode> items, int index, JsonNode value, boolean containerSpread) {
        for (int distance = 1; distance <= NEIGHBOURS; distance++) {
            for (int at : new int[] {index - distance, index + distance - 1}) {
                if (at >= 0 && at < items.size() && items.get(at).isLike(value)) {
                    return items.get(at).isSpread();
                }
            }
        }
        return containerSpread && style.spreads(value);
    }

    private static JsonEditNode checked(JsonEditNode value, int depth) {
        if (depth + value.height() > JsonText.MAX_DEPTH) {
            throw JsonPatchFailure.limit("the result would be nested deeper than the depth limit of " + JsonText.MAX_DEPTH);
        }
        return value;
    }

    private JsonEditNode parsed(String laidOut) {
        grow(laidOut.length());
        return new JsonEditNode(JsonText.parse(laidOut, "value", ErrorCode.INTERNAL), "");
    }

    /* Bounds what all operations together write, whatever becomes of it later. */
    private void grow(long characters) {
        taken += characters;
        if (taken > 2L * JsonText.MAX_LENGTH) {
            throw tooLong();
        }
    }

    private static JsonPatchFailure tooLong() {
        return JsonPatchFailure.limit("the result would be longer than " + JsonText.MAX_LENGTH + " characters");
    }

    private static JsonEditNode child(JsonEditNode node, String token, JsonPointer at) {
        if (node.kind() == JsonNode.Kind.OBJECT) {
            JsonEditNode member = node.member(token);
            if (member == null) {
                throw JsonPatchFailure.conflict("there is no member " + JsonPatchFailure.quote(token) + " in " + show(at));
            }
            return member;
        }
        List<JsonEditNode> items = kindChecked(node, at).items();
        return items.get(index(token, items.size() - 1, items.size(), at));
    }

    private static JsonEditNode kindChecked(JsonEditNode node, JsonPointer at) {
        if (node.kind() != JsonNode.Kind.ARRAY) {
            throw JsonPatchFailure.conflict(show(at) + " is " + JsonPatchFailure.show(node.snapshot()) + ", there is nothing in it");
        }
        return node;
    }

    private static int index(String token, int max, int size, JsonPointer array) {
        OptionalInt index = JsonPointer.index(token);
        if (index.isEmpty()) {
            String why = token.equals("-") ? " is behind the last element of " : " is no index of the array ";
            throw JsonPatchFailure.conflict(JsonPatchFailure.quote(token) + why + show(array));
        }
        if (index.getAsInt() > max) {
            throw JsonPatchFailure.conflict("index " + JsonPatchFailure.quote(token) + " is past the end of the array " + show(array)
                    + ", which has " + size + (size == 1 ? " element" : " elements"));
        }
        return index.getAsInt();
    }

    private static String show(JsonPointer pointer) {
        return pointer.isRoot() ? "the document" : JsonPatchFailure.quote(pointer.toString());
    }

    /* White space aside. Then the file keeps what it has, so that a patch which asks for what is there changes nothing. */
    private static boolean sameSpelling(JsonEditNode node, JsonNode value) {
        return node.kind() == value.kind() && sameSpelling(node.snapshot(), value);
    }

    private static boolean sameSpelling(JsonNode a, JsonNode b) {
        if (a.kind() != b.kind() || a.members().size() != b.members().size() || a.elements().size() != b.elements().size()) {
            return false;
        }
        if (!a.isContainer()) {
            return a.raw().equals(b.raw());
        }
        for (int i = 0; i < a.members().size(); i++) {
            if (!rawName(a, i).equals(rawName(b, i)) || !sameSpelling(a.members().get(i).value(), b.members().get(i).value())) {
                return false;
            }
        }
        for (int i = 0; i < a.elements().size(); i++) {
            if (!sameSpelling(a.elements().get(i), b.elements().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String rawName(JsonNode object, int index) {
        JsonNode.Member member = object.members().get(index);
        return object.source().substring(member.start(), member.end());
    }
}
