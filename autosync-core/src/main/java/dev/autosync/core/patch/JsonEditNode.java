package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonStrings;
import dev.autosync.core.json.JsonTape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document under change. It is a span of text until something inside is touched; then it is opened into its items, each
 * with the text in front of it. What is not touched is written back as it was. Not safe to share.
 *
 * <p>Cost: an edit costs the items of the containers on its way once, when they are opened, and not the document.
 */
final class JsonEditNode {
    private static final int FEW = 8;

    /* To look through all names is cheaper than to index them, the first times. */
    private static final int BEFORE_INDEX = 3;
    private static final int SORTED_FROM = 3;

    /* Where the node stands: the text in front of it up to the value before or the bracket, its name as written, and the colon. */
    private @Nullable JsonEditNode parent;
    private JsonItems.@Nullable Chunk chunk;
    private final String placed;
    private final int gapStart;
    private final int keyStart;
    private final int keyEnd;
    private final int colonEnd;
    private @Nullable String newGap;

    /* Where it stood among its siblings in the file, -1 if it came later. */
    private final int ordinal;

    /* What it is. A value that is not the one which the file has here is replaced. */
    private JsonTape tape;
    private int value;
    private @Nullable Inside inside;
    private boolean replaced;

    /** The root: {@code before} is the text in front of it. */
    JsonEditNode(JsonNode origin, String before) {
        this(origin.tape(), origin.index(), null, before, 0, before.length(), before.length(), before.length(), 0);
    }

    /** A new item: {@code key} and {@code colon} are empty in an array. */
    JsonEditNode(JsonNode origin, JsonEditNode parent, String gap, String key, String colon) {
        this(origin.tape(), origin.index(), parent, key + colon, 0, 0, key.length(), key.length() + colon.length(), -1);
        this.newGap = gap;
    }

    private JsonEditNode(JsonTape tape, int value, @Nullable JsonEditNode parent, String placed, int gapStart, int keyStart, int keyEnd,
            int colonEnd, int ordinal) {
        this.tape = tape;
        this.value = value;
        this.parent = parent;
        this.placed = placed;
        this.gapStart = gapStart;
        this.keyStart = keyStart;
        this.keyEnd = keyEnd;
        this.colonEnd = colonEnd;
        this.ordinal = ordinal;
    }

    /** What an opened container holds. A frozen one may be in several nodes; each takes its own before it changes anything. */
    private static final class Inside {
        final JsonItems items;
        String tail;
        int lookups;
        boolean frozen;
        @Nullable Measures measures;
        @Nullable Map<String, JsonEditNode> byName;
        Set<String> twice = Set.of();
        @Nullable Boolean sorted;

        Inside(JsonItems items, String tail) {
            this.items = items;
            this.tail = tail;
        }
    }

    /* Of what is frozen, found once: twenty copies of everything into itself hold a million values, and twenty of their own. */
    private record Measures(long length, int height, boolean hasBreak) {}

    JsonNode.Kind kind() {
        return tape.kind(value);
    }

    boolean isContainer() {
        return tape.isContainer(value);
    }

    @Nullable JsonEditNode parent() {
        return parent;
    }

    JsonItems.Chunk chunk() {
        if (chunk == null) {
            throw new IllegalStateException("is no item");
        }
        return chunk;
    }

    void chunk(JsonItems.Chunk holder) {
        chunk = holder;
    }

    String gap() {
        return newGap == null ? placed.substring(gapStart, keyStart) : newGap;
    }

    void gap(String gap) {
        newGap = gap;
    }

    String colon() {
        return placed.substring(keyEnd, colonEnd);
    }

    String name() {
        return JsonStrings.decode(placed, keyStart + 1, keyEnd - 1);
    }

    private boolean isNamed(String name) {
        int from = keyStart + 1;
        if (keyEnd - 1 - from == name.length() && placed.startsWith(name, from) && name.indexOf('\\') < 0) {
            return true;
        }
        for (int i = from; i < keyEnd - 1; i++) {
            if (placed.charAt(i) == '\\') {
                return name().equals(name);
            }
        }
        return false;
    }

    /** The items of an object or an array, to be changed by {@link #insert} and {@link #remove} only. */
    JsonItems items() {
        return inside().items;
    }

    private Inside inside() {
        Inside opened = inside;
        if (opened == null || opened.frozen) {
            opened = opened == null ? open() : thaw(opened);
            inside = opened;
        }
        return opened;
    }

    boolean isEmpty() {
        return inside == null ? tape.count(value) == 0 : inside.items.isEmpty();
    }

    /** The text between the brackets of an empty container, behind the last item of any other. */
    String tail() {
        return inside().tail;
    }

    void tail(String tail) {
        inside().tail = tail;
    }

    /** Whether the first item starts a line. */
    boolean isSpread() {
        if (isEmpty()) {
            return false;
        }
        if (inside != null) {
            return inside.items.get(0).gapHasBreak();
        }
        return JsonGaps.hasBreak(tape.text(), tape.start(value) + 1, tape.nameStart(value + 1));
    }

    boolean gapHasBreak() {
        return newGap == null ? JsonGaps.hasBreak(placed, gapStart, keyStart) : JsonGaps.hasBreak(newGap);
    }

    /** Whether this is, or was before it was touched, a container of the same sort as a value: its look is an example for it. */
    boolean isLike(JsonNode other) {
        return other.isContainer() && kind() == other.kind() && !isEmpty()
                && JsonStyle.group(tape, value) == JsonStyle.group(other.tape(), other.index());
    }

    /** The member of a name, null if there is none. */
    @Nullable JsonEditNode member(String wanted) {
        Inside opened = inside();
        if (opened.byName == null && (opened.items.size() <= FEW || opened.lookups++ < BEFORE_INDEX)) {
            return searched(opened.items, wanted);
        }
        Map<String, JsonEditNode> members = opened.byName;
        if (members == null) {
            members = new HashMap<>(opened.items.size() * 2);
            Set<String> seenTwice = new HashSet<>();
            for (JsonEditNode item : opened.items) {
                String name = item.name();
                if (members.putIfAbsent(name, item) != null) {
                    seenTwice.add(name);
                }
            }
            opened.twice = seenTwice;
            opened.byName = members;
        }
        if (opened.twice.contains(wanted)) {
            throw twice(wanted);
        }
        return members.get(wanted);
    }

    private static @Nullable JsonEditNode searched(JsonItems items, String wanted) {
        JsonEditNode found = null;
        for (JsonEditNode item : items) {
            if (item.isNamed(wanted)) {
                if (found != null) {
                    throw twice(wanted);
                }
                found = item;
            }
        }
        return found;
    }

    private static JsonPatchFailure twice(String name) {
        return JsonPatchFailure.conflict("the name " + JsonPatchFailure.quote(name) + " stands twice in its object");
    }

    /** Where a new member goes: to its place where three names or more are in ascending order, else behind the last. */
    int placeOf(String name) {
        Inside opened = inside();
        if (opened.sorted == null) {
            opened.sorted = isAscending(opened.items);
        }
        JsonItems items = opened.items;
        int from = 0;
        int to = items.size();
        if (!opened.sorted || to == 0 || items.get(to - 1).name().compareTo(name) < 0) {
            return to;
        }
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (items.get(middle).name().compareTo(name) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static boolean isAscending(JsonItems items) {
        String last = null;
        for (JsonEditNode item : items) {
            String name = item.name();
            if (last != null && last.compareTo(name) >= 0) {
                return false;
            }
            last = name;
        }
        return items.size() >= SORTED_FROM;
    }

    /** Puts in an item; the gaps around it are the caller's. */
    void insert(int index, JsonEditNode item) {
        Inside opened = inside();
        opened.items.add(index, item);
        if (opened.byName != null) {
            opened.byName.put(item.name(), item);
        }
        if (Boolean.TRUE.equals(opened.sorted)) {
            boolean fits = (index == 0 || opened.items.get(index - 1).name().compareTo(item.name()) < 0)
                    && (index + 1 == opened.items.size() || item.name().compareTo(opened.items.get(index + 1).name()) < 0);
            opened.sorted = fits;
        }
    }

    /** Takes out an item: up to the next one, or from the end of the one before. An only item leaves the empty pair of brackets. */
    void remove(JsonEditNode item) {
        Inside opened = inside();
        JsonEditNode next = opened.items.behind(item);
        boolean first = opened.items.get(0) == item;
        opened.items.remove(item);
        String gap = item.gap();
        if (next != null) {
            next.gap(CommentedGaps.hasComment(gap) || CommentedGaps.hasComment(next.gap()) ? CommentedGaps.joined(gap, next.gap()) : gap);
        } else {
            opened.tail = CommentedGaps.hasComment(gap) || CommentedGaps.hasComment(opened.tail)
                    ? CommentedGaps.joinedAtEnd(gap, opened.tail, first) : first ? "" : opened.tail;
        }
        if (opened.byName != null) {
            opened.byName.remove(item.name());
        }
    }

    /** Takes the value of another node, which is of no further use, in the same place. */
    void become(JsonEditNode other) {
        tape = other.tape;
        value = other.value;
        inside = other.inside;
        replaced = true;
        if (inside != null && !inside.frozen) {
            for (JsonEditNode item : inside.items) {
                item.parent = this;
            }
        }
    }

    /**
     * A value of its own, at the cost of what was touched since the last copy: both share what is inside until one of them is touched.
     * Nodes inside that were found before are of no further use.
     */
    JsonEditNode copy() {
        freeze();
        JsonEditNode copy = new JsonEditNode(tape.node(value), "");
        copy.inside = inside;
        return copy;
    }

    private void freeze() {
        if (inside != null && !inside.frozen) {
            for (JsonEditNode item : inside.items) {
                item.freeze();
            }
            inside.frozen = true;
            inside.byName = null;
        }
    }

    private Inside thaw(Inside shared) {
        JsonEditNode[] own = new JsonEditNode[shared.items.size()];
        int i = 0;
        for (JsonEditNode item : shared.items) {
            JsonEditNode twin = new JsonEditNode(item.tape, item.value, this, item.placed, item.gapStart, item.keyStart, item.keyEnd,
                    item.colonEnd, item.ordinal);
            twin.newGap = item.newGap;
            twin.inside = item.inside;
            twin.replaced = item.replaced;
            own[i++] = twin;
        }
        Inside thawed = new Inside(new JsonItems(own), shared.tail);
        thawed.sorted = shared.sorted;
        return thawed;
    }

    /** Whether nothing inside has been touched, so that the value still is {@link #origin()}. */
    boolean isUntouched() {
        return inside == null;
    }

    JsonNode origin() {
        return tape.node(value);
    }

    /** Whether the value goes over a line break. */
    boolean hasBreak() {
        return inside == null ? JsonGaps.hasBreak(tape.text(), tape.start(value), tape.end(value)) : measures(inside).hasBreak;
    }

    /** How deep containers are nested in the value, itself included. */
    int height() {
        return inside != null ? measures(inside).height : isContainer() ? tape.height(value) : 0;
    }

    /** How many characters {@link #write} would write. */
    long length() {
        return inside == null ? tape.end(value) - tape.start(value) : measures(inside).length;
    }

    private static Measures measures(Inside inside) {
        Measures known = inside.measures;
        if (known != null) {
            return known;
        }
        long length = 2L + inside.tail.length();
        int height = 0;
        boolean hasBreak = JsonGaps.hasBreak(inside.tail);
        for (JsonEditNode item : inside.items) {
            int gap = item.newGap == null ? item.keyStart - item.gapStart : item.newGap.length();
            length += gap + item.colonEnd - item.keyStart + item.length();
            height = Math.max(height, item.height());
            hasBreak = hasBreak || item.gapHasBreak() || JsonGaps.hasBreak(item.placed, item.keyEnd, item.colonEnd) || item.hasBreak();
        }
        Measures measured = new Measures(length, height + 1, hasBreak);
        inside.measures = inside.frozen ? measured : null;
        return measured;
    }

    /** The value as text. */
    String text() {
        if (inside == null) {
            return tape.text().substring(tape.start(value), tape.end(value));
        }
        TextOut out = new TextOut(Math.toIntExact(length()));
        write(out);
        return out.toString();
    }

    void write(TextOut out) {
        if (inside == null) {
            out.append(tape.text(), tape.start(value), tape.end(value));
            return;
        }
        boolean object = kind() == JsonNode.Kind.OBJECT;
        out.append(object ? "{" : "[");
        for (JsonEditNode item : inside.items) {
            if (item.newGap == null) {
                out.append(item.placed, item.gapStart, item.colonEnd);
            } else {
                out.append(item.newGap);
                out.append(item.placed, item.keyStart, item.colonEnd);
            }
            item.write(out);
        }
        out.append(inside.tail);
        out.append(object ? "}" : "]");
    }

    /** The white space at the start of the line on which the value starts. */
    String lineIndent() {
        JsonEditNode node = this;
        while (node.parent != null && !node.gapHasBreak()) {
            node = node.parent;
        }
        return JsonGaps.indent(node.gap());
    }

    /** How many containers the value stands in. */
    int depth() {
        int depth = 0;
        for (JsonEditNode node = parent; node != null; node = node.parent) {
            depth++;
        }
        return depth;
    }

    /**
     * The JSON pointer that the value had before anything was changed; for what came later that of what it is in, and for an item that
     * came into an array that of the array.
     */
    String placeBefore() {
        StringBuilder pointer = new StringBuilder();
        appendPlace(pointer);
        return pointer.toString();
    }

    /** The same for a member, which need not be there. */
    String placeBefore(String member) {
        StringBuilder pointer = new StringBuilder();
        return appendPlace(pointer) ? pointer.append('/').append(JsonPointer.escape(member)).toString() : pointer.toString();
    }

    /* Answers whether what is inside the node was there before. */
    private boolean appendPlace(StringBuilder pointer) {
        if (parent == null) {
            return !replaced;
        }
        if (!parent.appendPlace(pointer)) {
            return false;
        }
        if (parent.kind() == JsonNode.Kind.OBJECT) {
            pointer.append('/').append(JsonPointer.escape(name()));
        } else if (ordinal >= 0) {
            pointer.append('/').append(ordinal);
        }
        return ordinal >= 0 && !replaced;
    }

    private Inside open() {
        String text = tape.text();
        JsonEditNode[] opened = new JsonEditNode[tape.count(value)];
        int at = tape.start(value) + 1;
        int child = value + 1;
        for (int i = 0; i < opened.length; i++) {
            int start = tape.start(child);
            opened[i] = new JsonEditNode(tape, child, this, text, at, tape.nameStart(child), tape.nameEnd(child), start, i);
            at = tape.end(child);
            child = tape.next(child);
        }
        return new Inside(new JsonItems(opened), text.substring(at, tape.end(value) - 1));
    }
}
