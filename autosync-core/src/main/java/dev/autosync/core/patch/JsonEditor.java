package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonLimits;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.json.JsonText;
import java.util.List;
import java.util.OptionalInt;

/**
 * A JSON document that is changed in place: everything that is not touched keeps its bytes.
 *
 * <p>New members go where a hint says, else to their place where the names are in ascending order (three or more), else last. What is new
 * takes indent, line ends and separators from its neighbours, else from the file as a whole ({@link JsonStyle}). What cannot be done
 * throws {@link JsonPatchFailure}; the editor is then of no further use. Not safe to share.
 */
final class JsonEditor {
    private static final int NEIGHBOURS = 8;

    private final String text;
    private final JsonLimits limits;
    private final long maxLookedAt;
    private final JsonEditNode root;
    private final int rootEnd;
    private final JsonStyle style;
    private final JsonFootprint footprint = new JsonFootprint();
    private long taken;
    private long lookedAt;

    /**
     * An editor of a document.
     *
     * @param maxLookedAt how many characters all operations together may look at for the sake of whole values
     */
    JsonEditor(JsonNode value, JsonLimits limits, long maxLookedAt) {
        this.text = value.source();
        this.limits = limits;
        this.maxLookedAt = maxLookedAt;
        this.root = new JsonEditNode(value, text.substring(0, value.start()));
        this.rootEnd = value.end();
        this.style = new JsonStyle(value.tape());
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

    JsonFootprint footprint() {
        return footprint;
    }

    /** The document as it is now. */
    String result() {
        String gap = root.gap();
        long length = gap.length() + root.length() + text.length() - rootEnd;
        if (length > limits.maxLength()) {
            throw tooLong();
        }
        TextOut out = new TextOut((int) length);
        out.append(gap);
        root.write(out);
        out.append(text, rootEnd, text.length());
        return out.toString();
    }

    /** Whether a value stands in the file as it was. */
    boolean isOfFile(JsonNode value) {
        return value.source() == text;
    }

    /** A value as it is now, to be looked at. */
    JsonNode snapshot(JsonEditNode node) {
        lookAt(node);
        if (node.isUntouched()) {
            return node.origin();
        }
        return parse(node.text());
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
                        ? parsed(new JsonLayout(style, dropNulls, limits.maxLength()).write(value, indent, spread))
                        : new JsonEditNode(value, "");
            }
        };
    }

    /** A value of the document, to be moved: it keeps its look, shifted to its new indent. Take it out before it arrives. */
    Arrival moved(JsonEditNode node) {
        lookAt(node);
        return fromDocument(node, node.isContainer() ? node.lineIndent() : "");
    }

    /** The same for a value that stays where it is, too. */
    Arrival copied(JsonEditNode node) {
        return fromDocument(node.copy(), node.isContainer() ? node.lineIndent() : "");
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
                String raw = node.text();
                long grown = raw.length() + (long) JsonGaps.breaks(raw) * Math.max(0, indent.length() - from.length());
                if (grown > limits.maxLength()) {
                    throw tooLong();
                }
                return parsed(JsonGaps.reindent(raw, from, indent));
            }
        };
    }

    JsonEditNode find(JsonPointer pointer) {
        return find(pointer.tokens(), pointer.tokens().size());
    }

    private JsonEditNode find(List<String> tokens, int steps) {
        JsonEditNode node = root;
        for (int i = 0; i < steps; i++) {
            node = child(node, tokens, i);
        }
        return node;
    }

    /**
     * Puts a value where a pointer leads: over what is there, into an array at that index, or as a new member.
     *
     * @return false if the member is new and its hint names nobody who is there
     */
    boolean add(JsonPointer pointer, Arrival arrival, JsonPlaceHint hint) {
        if (pointer.isRoot()) {
            replace(root, arrival);
            return true;
        }
        List<String> tokens = pointer.tokens();
        int steps = tokens.size() - 1;
        JsonEditNode container = find(tokens, steps);
        String last = tokens.get(steps);
        if (container.kind() == JsonNode.Kind.OBJECT) {
            JsonEditNode existing = container.member(last);
            if (existing == null) {
                return addMember(container, JsonQuote.quote(last), last, arrival, hint);
            }
            replace(existing, arrival);
        } else {
            int size = arrayChecked(container, tokens, steps).items().size();
            int index = last.equals("-") ? size : index(tokens, steps, size, size);
            footprint.changes(container);
            insert(container, index, "", "", arrival, false);
        }
        return true;
    }

    /** Adds a member; {@code key} is its name as it is to be written. The answer is that of {@link #add}. */
    boolean addMember(JsonEditNode object, String key, String name, Arrival arrival, JsonPlaceHint hint) {
        footprint.changes(object, name);
        JsonItems items = object.items();
        JsonEditNode after = hint.after() == null ? null : object.member(hint.after());
        JsonEditNode before = hint.before() == null || after != null ? null : object.member(hint.before());
        int index = after != null ? items.indexOf(after) + 1 : before != null ? items.indexOf(before) : object.placeOf(name);
        String colon = items.isEmpty() ? style.colon() : items.get(Math.max(0, index - 1)).colon();
        boolean usual = JsonGaps.hasBreak(colon) || CommentedGaps.hasComment(colon);
        insert(object, index, key, usual ? style.colon() : colon, arrival, after != null);
        return hint.isNone() || after != null || before != null;
    }

    void replace(JsonEditNode node, Arrival arrival) {
        footprint.changes(node);
        JsonNode sort = arrival.sort();
        boolean container = sort.isContainer();
        boolean spread = container && (node.isLike(sort) ? node.isSpread() : looksSpread(node, sort));
        JsonEditNode value = checked(arrival.at(container ? node.lineIndent() : "", spread), node);
        if (!value.isUntouched() || !isSpelledLike(node, value.origin())) {
            node.become(value);
        }
    }

    void remove(JsonEditNode node) {
        JsonEditNode container = node.parent();
        if (container == null) {
            throw new IllegalStateException("the whole document cannot be removed");
        }
        footprint.changes(container.kind() == JsonNode.Kind.OBJECT ? node : container);
        container.remove(node);
    }

    /* Close to the one before, it leaves the blank lines to the one behind. */
    private void insert(JsonEditNode container, int index, String key, String colon, Arrival arrival, boolean close) {
        JsonItems items = container.items();
        JsonEditNode behind = index < items.size() ? items.get(index) : null;
        boolean spread = items.isEmpty() ? opensSpread(container) : arrival.sort().isContainer() && container.isSpread();
        CommentedGaps.Around around = items.isEmpty() ? inEmpty(container, spread)
                : behind == null ? atEnd(container, between(items, index))
                : inFront(behind.gap(), between(items, index), close && index > 0);
        JsonNode sort = arrival.sort();
        JsonEditNode item = new JsonEditNode(sort, container, around.before(), key, colon);
        boolean valueSpread = sort.isContainer() && likeNeighbours(items, index, sort, spread);
        item.become(checked(arrival.at(sort.isContainer() ? item.lineIndent() : "", valueSpread), item));
        if (behind == null) {
            container.tail(around.behind());
        } else {
            behind.gap(around.behind());
        }
        container.insert(index, item);
    }

    private CommentedGaps.Around inEmpty(JsonEditNode container, boolean spread) {
        String indent = container.lineIndent();
        if (CommentedGaps.hasComment(container.tail())) {
            return CommentedGaps.inEmpty(container.tail(), indent + style.unit(), style.lineEnd());
        }
        String padding = spread ? "" : style.padding(container.kind());
        return spread ? new CommentedGaps.Around(style.lineEnd() + indent + style.unit(), style.lineEnd() + indent)
                : new CommentedGaps.Around(padding, padding);
    }

    private CommentedGaps.Around inFront(String gap, String usual, boolean close) {
        if (CommentedGaps.hasComment(gap)) {
            return CommentedGaps.inFront(gap, style.lineEnd(), style.comma());
        }
        return close ? new CommentedGaps.Around(usual, gap) : new CommentedGaps.Around(gap, usual);
    }

    private CommentedGaps.Around atEnd(JsonEditNode container, String usual) {
        String tail = container.tail();
        if (!CommentedGaps.hasComment(tail)) {
            return new CommentedGaps.Around(usual, tail);
        }
        String indent = JsonGaps.hasBreak(usual) ? JsonGaps.indent(usual) : container.lineIndent() + style.unit();
        return CommentedGaps.atEnd(tail, usual, indent);
    }

    /* The gap between two items, as the nearest two show it; a single item shows only whether items have lines of their own. */
    private String between(JsonItems items, int index) {
        boolean one = items.size() == 1;
        String gap = items.get(one ? 0 : Math.max(1, Math.min(index, items.size() - 1))).gap();
        if (CommentedGaps.hasComment(gap)) {
            return JsonGaps.hasBreak(gap) ? "," + style.lineEnd() + JsonGaps.indent(gap) : style.comma();
        }
        if (one) {
            return JsonGaps.hasBreak(gap) ? "," + JsonGaps.single(gap) : style.comma();
        }
        return JsonGaps.single(gap);
    }

    /* What is empty says nothing; what is inside something that stands on one line stays there. */
    private static boolean opensSpread(JsonEditNode empty) {
        JsonEditNode container = empty.parent();
        return container == null || container.isSpread() || empty.gapHasBreak();
    }

    private boolean looksSpread(JsonEditNode node, JsonNode value) {
        JsonEditNode container = node.parent();
        if (container == null) {
            return node.isContainer() && !node.isEmpty() ? node.isSpread() : style.spreads(value);
        }
        return likeNeighbours(container.items(), container.items().indexOf(node), value, container.isSpread());
    }

    private boolean likeNeighbours(JsonItems items, int index, JsonNode value, boolean containerSpread) {
        for (int distance = 1; distance <= NEIGHBOURS; distance++) {
            for (int side = 0; side < 2; side++) {
                int at = side == 0 ? index - distance : index + distance - 1;
                if (at >= 0 && at < items.size() && items.get(at).isLike(value)) {
                    return items.get(at).isSpread();
                }
            }
        }
        return containerSpread && style.spreads(value);
    }

    private JsonEditNode checked(JsonEditNode value, JsonEditNode place) {
        if (value.isContainer() && place.depth() + value.height() > limits.maxDepth()) {
            throw JsonPatchFailure.limit("the result would be nested deeper than the depth limit of " + limits.maxDepth());
        }
        return value;
    }

    private JsonEditNode parsed(String laidOut) {
        grow(laidOut.length());
        return new JsonEditNode(parse(laidOut), "");
    }

    private JsonNode parse(String value) {
        try {
            return JsonText.parse(value, "value", ErrorCode.INTERNAL, ErrorCode.PATCH_LIMIT, limits);
        } catch (AutoSyncException e) {
            throw JsonPatchFailure.refused(e);
        }
    }

    /* Bounds what all operations together write, whatever becomes of it later. */
    private void grow(long characters) {
        taken += characters;
        if (taken > 2L * limits.maxLength()) {
            throw tooLong();
        }
    }

    /* What costs the size of a value would otherwise cost that times the number of operations. */
    private void lookAt(JsonEditNode node) {
        long length = node.length();
        if (length > limits.maxLength()) {
            throw tooLong();
        }
        lookedAt += length;
        if (lookedAt > maxLookedAt) {
            throw JsonPatchFailure.limit("the operations together would move and test more than the limit of " + maxLookedAt + " characters");
        }
    }

    private JsonPatchFailure tooLong() {
        return JsonPatchFailure.limit("the result would be longer than " + limits.maxLength() + " characters");
    }

    private JsonEditNode child(JsonEditNode node, List<String> tokens, int step) {
        if (node.kind() == JsonNode.Kind.OBJECT) {
            JsonEditNode member = node.member(tokens.get(step));
            if (member == null) {
                throw JsonPatchFailure.conflict("there is no member " + JsonPatchFailure.quote(tokens.get(step)) + " in "
                        + show(tokens, step));
            }
            return member;
        }
        JsonItems items = arrayChecked(node, tokens, step).items();
        return items.get(index(tokens, step, items.size() - 1, items.size()));
    }

    private JsonEditNode arrayChecked(JsonEditNode node, List<String> tokens, int steps) {
        if (node.kind() != JsonNode.Kind.ARRAY) {
            throw JsonPatchFailure.conflict(show(tokens, steps) + " is " + JsonPatchFailure.show(snapshot(node)) + ", there is nothing in it");
        }
        return node;
    }

    private static int index(List<String> tokens, int step, int max, int size) {
        String token = tokens.get(step);
        OptionalInt index = JsonPointer.index(token);
        if (index.isEmpty()) {
            String why = token.equals("-") ? " is behind the last element of " : " is no index of the array ";
            throw JsonPatchFailure.conflict(JsonPatchFailure.quote(token) + why + show(tokens, step));
        }
        if (index.getAsInt() > max) {
            throw JsonPatchFailure.conflict("index " + JsonPatchFailure.quote(token) + " is past the end of the array "
                    + show(tokens, step) + ", which has " + size + (size == 1 ? " element" : " elements"));
        }
        return index.getAsInt();
    }

    private static String show(List<String> tokens, int steps) {
        return steps == 0 ? "the document" : JsonPatchFailure.quote(new JsonPointer(tokens.subList(0, steps)).toString());
    }

    /* Then the file keeps what it has, so that a patch which asks for what is there changes nothing. */
    private boolean isSpelledLike(JsonEditNode node, JsonNode value) {
        if (node.kind() != value.kind()) {
            return false;
        }
        JsonNode now = snapshot(node);
        return now.tape().isSpelledLike(now.index(), value.tape(), value.index());
    }
}
