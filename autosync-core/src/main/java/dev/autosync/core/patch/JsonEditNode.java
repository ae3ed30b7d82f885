package dev.autosync.core.patch;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    /* Where the node stands: the text in front of it up to the value before or the bracket, its name as written, and the colon. */
    private @Nullable JsonEditNode parent;
    private String gap = "";
    private String key = "";
    private String colon = "";
    private String name = "";

    /* What it is. */
    private JsonNode origin;
    private @Nullable List<JsonEditNode> items;
    private @Nullable List<JsonEditNode> frozen;
    private @Nullable Map<String, JsonEditNode> byName;
    private Set<String> twice = Set.of();
    private String tail = "";

    /** The root: {@code before} is the text in front of it. */
    JsonEditNode(JsonNode origin, String before) {
        this.origin = origin;
        this.gap = before;
    }

    /** An item: {@code key} and {@code colon} are empty in an array. */
    JsonEditNode(JsonNode origin, JsonEditNode parent, String gap, String key, String colon, String name) {
        this(origin, gap);
        this.parent = parent;
        this.key = key;
        this.colon = colon;
        this.name = name;
    }

    JsonNode.Kind kind() {
        return origin.kind();
    }

    @Nullable JsonEditNode parent() {
        return parent;
    }

    String gap() {
        return gap;
    }

    void gap(String newGap) {
        gap = newGap;
    }

    String colon() {
        return colon;
    }

    /** The items of an object or an array. */
    List<JsonEditNode> items() {
        List<JsonEditNode> opened = items;
        if (opened == null) {
            opened = frozen == null ? open() : thaw(frozen);
            items = opened;
            frozen = null;
        }
        return opened;
    }

    boolean isEmpty() {
        List<JsonEditNode> parts = parts();
        return parts == null ? JsonStyle.isEmpty(origin) : parts.isEmpty();
    }

    /** Whether the first item starts a line. */
    boolean isSpread() {
        if (isEmpty()) {
            return false;
        }
        List<JsonEditNode> parts = parts();
        if (parts != null) {
            return JsonGaps.hasBreak(parts.get(0).gap);
        }
        int first = kind() == JsonNode.Kind.OBJECT ? origin.members().get(0).start() : origin.elements().get(0).start();
        return JsonGaps.hasBreak(origin.source(), origin.start() + 1, first);
    }

    /** Whether this is, or was before it was touched, a container of the same sort as a value: its look is an example for it. */
    boolean isLike(JsonNode value) {
        return kind() == value.kind() && !isEmpty() && JsonStyle.group(origin) == JsonStyle.group(value);
    }

    /** The member of a name, null if there is none. */
    @Nullable JsonEditNode member(String wanted) {
        Map<String, JsonEditNode> members = byName;
        if (members == null) {
            members = new HashMap<>();
            Set<String> seenTwice = new HashSet<>();
            for (JsonEditNode item : items()) {
                if (members.putIfAbsent(item.name, item) != null) {
                    seenTwice.add(item.name);
                }
            }
            twice = seenTwice;
            byName = members;
        }
        if (twice.contains(wanted)) {
            throw JsonPatchFailure.conflict("the name " + JsonPatchFailure.quote(wanted) + " stands twice in its object");
        }
        return members.get(wanted);
    }

    /** Puts in an item; the gaps around it are the caller's. */
    void insert(int index, JsonEditNode item, String newTail) {
        boolean first = isEmpty();
        items().add(index, item);
        if (first) {
            tail = newTail;
        }
        if (byName != null) {
            byName.put(item.name, item);
        }
    }

    /** Takes out an item: up to the next one, or from the end of the one before. An only item leaves the empty pair of brackets. */
    void remove(JsonEditNode item) {
        List<JsonEditNode> list = items();
        int index = indexOf(item);
        list.remove(index);
        if (index < list.size()) {
            list.get(index).gap = item.gap;
        } else if (list.isEmpty()) {
            tail = "";
        }
        if (byName != null) {
            byName.remove(item.name);
        }
    }

    int indexOf(JsonEditNode item) {
        List<JsonEditNode> list = items();
        int index = 0;
        while (list.get(index) != item) {
            index++;
        }
        return index;
    }

    /** Takes the value of another node, which is of no further use, in the same place. */
    void become(JsonEditNode other) {
        origin = other.origin;
        items = other.items;
        frozen = other.frozen;
        tail = other.tail;
        byName = null;
        twice = Set.of();
        if (items != null) {
            items.forEach(item -> item.parent = this);
        }
    }

    /**
     * A value of its own, at the cost of what was touched since the last copy: both share what is inside until one of them is touched.
     * Nodes inside that were found before are of no further use.
     */
    JsonEditNode copy() {
        freeze();
        JsonEditNode copy = new JsonEditNode(origin, gap);
        copy.frozen = frozen;
        copy.tail = tail;
        return copy;
    }

    private void freeze() {
        if (items != null) {
            items.forEach(JsonEditNode::freeze);
            frozen = items;
            items = null;
            byName = null;
            twice = Set.of();
        }
    }

    /* Frozen items may stand in several containers; each takes its own before it changes anything. */
    private List<JsonEditNode> thaw(List<JsonEditNode> shared) {
        List<JsonEditNode> own = new ArrayList<>(shared.size());
        for (JsonEditNode item : shared) {
            JsonEditNode twin = new JsonEditNode(item.origin, this, item.gap, item.key, item.colon, item.name);
            twin.frozen = item.frozen;
            twin.tail = item.tail;
            own.add(twin);
        }
        return own;
    }

    /* What is inside, to be read only; null as long as it was not touched. */
    private @Nullable List<JsonEditNode> parts() {
        return items == null ? frozen : items;
    }

    /** Whether nothing inside has been touched, so that the value still is {@link #origin()}. */
    boolean isUntouched() {
        return parts() == null;
    }

    JsonNode origin() {
        return origin;
    }

    /** Whether the value goes over a line break. */
    boolean hasBreak() {
        List<JsonEditNode> parts = parts();
        if (parts == null) {
            return JsonGaps.hasBreak(origin.source(), origin.start(), origin.end());
        }
        boolean found = JsonGaps.hasBreak(tail);
        for (int i = 0; i < parts.size() && !found; i++) {
            JsonEditNode item = parts.get(i);
            found = JsonGaps.hasBreak(item.gap) || JsonGaps.hasBreak(item.colon) || item.hasBreak();
        }
        return found;
    }

    /** How deep containers are nested in the value, itself included. */
    int height() {
        List<JsonEditNode> parts = parts();
        if (parts == null) {
            return height(origin);
        }
        int height = 0;
        for (JsonEditNode item : parts) {
            height = Math.max(height, item.height());
        }
        return height + 1;
    }

    private static int height(JsonNode value) {
        int height = 0;
        for (JsonNode.Member member : value.members()) {
            height = Math.max(height, height(member.value()));
        }
        for (JsonNode element : value.elements()) {
            height = Math.max(height, height(element));
        }
        return value.isContainer() ? height + 1 : 0;
    }

    /** The value as it is now. */
    JsonNode snapshot() {
        if (isUntouched()) {
            return origin;
        }
        StringBuilder text = new StringBuilder();
        write(text);
        return JsonText.parse(text.toString(), "value", ErrorCode.INTERNAL, ErrorCode.PATCH_LIMIT);
    }

    void write(StringBuilder out) {
        List<JsonEditNode> parts = parts();
        if (parts == null) {
            out.append(origin.source(), origin.start(), origin.end());
            return;
        }
        out.append(kind() == JsonNode.Kind.OBJECT ? '{' : '[');
        for (JsonEditNode item : parts) {
            out.append(item.gap).append(item.key).append(item.colon);
            item.write(out);
        }
        out.append(tail).append(kind() == JsonNode.Kind.OBJECT ? '}' : ']');
    }

    /** How many characters {@link #write} would write. */
    long length() {
        List<JsonEditNode> parts = parts();
        if (parts == null) {
            return origin.end() - origin.start();
        }
        long length = 2L + tail.length();
        for (JsonEditNode item : parts) {
            length += item.gap.length() + item.key.length() + item.colon.length() + item.length();
        }
        return length;
    }

    /** The white space at the start of the line on which the value starts. */
    String lineIndent() {
        return parent == null || JsonGaps.hasBreak(gap) ? JsonGaps.indent(gap) : parent.lineIndent();
    }

    /** How many containers the value stands in. */
    int depth() {
        int depth = 0;
        for (JsonEditNode node = parent; node != null; node = node.parent) {
            depth++;
        }
        return depth;
    }

    private List<JsonEditNode> open() {
        String text = origin.source();
        List<JsonEditNode> opened = new ArrayList<>();
        int at = origin.start() + 1;
        for (JsonNode.Member member : origin.members()) {
            JsonNode value = member.value();
            opened.add(new JsonEditNode(value, this, text.substring(at, member.start()), text.substring(member.start(), member.end()),
                    text.substring(member.end(), value.start()), member.name()));
            at = value.end();
        }
        for (JsonNode value : origin.elements()) {
            opened.add(new JsonEditNode(value, this, text.substring(at, value.start()), "", "", ""));
            at = value.end();
        }
        tail = text.substring(at, origin.end() - 1);
        return opened;
    }
}
