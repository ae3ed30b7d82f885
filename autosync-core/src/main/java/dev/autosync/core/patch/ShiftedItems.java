package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonLimits;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.text.LineDiff;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PathRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the indexes of a JSON Patch still mean the items that they meant when it was planned. An item that has come or gone in front makes each of
 * them point at another one, and nothing in the patch tells.
 */
final class ShiftedItems {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<List<String>, Items> arrays = new HashMap<>();
    private final int more;

    /**
     * An array then and now.
     *
     * @param shift the first index at which an item may be another one than it was
     */
    private record Items(List<JsonNode> old, List<JsonNode> now, long shift) {}

    private ShiftedItems(int more) {
        this.more = more;
    }

    /** Whether a patch is one with indexes. */
    static boolean mayMatterTo(Patch patch) {
        return patch.format().equals("json-patch");
    }

    /**
     * Compares the arrays through which the pointers of a patch go.
     *
     * @param earlier how the patch was planned
     * @param tree what holds its file now
     * @return true also if nobody can tell, as among equal items
     */
    static boolean in(PlannedPatch earlier, FileTree tree, PatchLimits limits) {
        FileEdit edit = earlier.edits().get(0);
        Optional<FileContent> now;
        try {
            now = tree.read(edit.path());
        } catch (PathRefusedException e) {
            return true;
        }
        if (edit.before().isEmpty() || now.isEmpty()) {
            return true;
        }
        try {
            JsonNode old = root(edit.before().get(), limits);
            JsonNode present = root(now.get(), limits);
            List<JsonPatchOp> ops = ops(earlier.patch(), limits);
            // What the patch does itself before an operation moves items by one each time at most.
            ShiftedItems items = new ShiftedItems(ops.size() - 1);
            return ops.stream().anyMatch(op -> items.isElsewhere(op.path(), old, present)
                    || op.kind().hasFrom() && items.isElsewhere(op.from(), old, present));
        } catch (AutoSyncException | JsonPatchFailure e) {
            return true;
        }
    }

    /** Whether a patch is about what stands at certain places, beside what it does. */
    static boolean hasTest(Patch patch, PatchLimits limits) {
        try {
            return ops(patch, limits).stream().anyMatch(op -> op.kind() == JsonPatchOp.Kind.TEST);
        } catch (JsonPatchFailure e) {
            return true;
        }
    }

    /** Whether a file is JSON, perhaps with comments. */
    static boolean isJson(FileContent content, PatchLimits limits) {
        try {
            root(content, limits);
            return true;
        } catch (AutoSyncException e) {
            return false;
        }
    }

    private static List<JsonPatchOp> ops(Patch patch, PatchLimits limits) {
        return JsonPatchOp.readAll(JsonTarget.readPatch(patch, limits), limits.maxOperations());
    }

    private static JsonNode root(FileContent content, PatchLimits limits) {
        String text = JsonText.decode(content.bytes(), "file", ErrorCode.PATCH_MALFORMED);
        return JsonText.parse(text, "file", ErrorCode.PATCH_MALFORMED, ErrorCode.PATCH_LIMIT, new JsonLimits(JsonText.MAX_LENGTH, limits.maxDepth(),
                limits.maxNumberLength(), limits.maxStringLength(), true));
    }

    private boolean isElsewhere(JsonPointer pointer, JsonNode old, JsonNode now) {
        JsonNode before = old;
        JsonNode present = now;
        for (int depth = 0; depth < pointer.tokens().size(); depth++) {
            String token = pointer.tokens().get(depth);
            if (before.kind() == JsonNode.Kind.ARRAY && present.kind() == JsonNode.Kind.ARRAY) {
                OptionalInt index = JsonPointer.index(token);
                if (index.isEmpty()) {
                    return false; // the end, which is the end of any array
                }
                Items items = items(pointer.tokens().subList(0, depth), before, present);
                int at = index.getAsInt();
                if ((long) at + more >= items.shift()) {
                    return true;
                }
                if (at >= items.old().size() || at >= items.now().size()) {
                    return false;
                }
                before = items.old().get(at);
                present = items.now().get(at);
            } else if (before.kind() == JsonNode.Kind.OBJECT && present.kind() == JsonNode.Kind.OBJECT) {
                Optional<JsonNode> nextBefore = before.get(token);
                Optional<JsonNode> nextPresent = present.get(token);
                if (nextBefore.isEmpty() || nextPresent.isEmpty()) {
                    return false;
                }
                before = nextBefore.get();
                present = nextPresent.get();
            } else {
                return false; // its format tells whether that can be
            }
        }
        return false;
    }

    private Items items(List<String> place, JsonNode before, JsonNode present) {
        Items known = arrays.get(place);
        if (known == null) {
            List<JsonNode> old = before.elements();
            List<JsonNode> now = present.elements();
            known = new Items(old, now, firstShift(old, now));
            arrays.put(List.copyOf(place), known);
        }
        return known;
    }

    /** The first index at which an item may be another one than it was, because one has come or gone in front of it. */
    private long firstShift(List<JsonNode> old, List<JsonNode> now) {
        int[] a = numbers(old);
        int[] b = numbers(now);
        for (LineDiff.Change change : LineDiff.of(a, b)) {
            if (change.oldTo() - change.oldFrom() == change.newTo() - change.newFrom()) {
                continue;
            }
            int first = change.oldFrom();
            boolean gone = change.newFrom() == change.newTo();
            boolean came = change.oldFrom() == change.oldTo();
            int[] items = gone ? a : b;
            int from = gone ? change.oldFrom() : change.newFrom();
            int to = gone ? change.oldTo() : change.newTo();
            for (int up = 1; (gone || came) && from - up >= 0 && items[from - up] == items[to - up]; up++) {
                first--; // which of several equal ones it was cannot be seen
            }
            return first;
        }
        return Long.MAX_VALUE;
    }

    private int[] numbers(List<JsonNode> elements) {
        return elements.stream().mapToInt(element -> numbers.computeIfAbsent(element.raw(), any -> numbers.size())).toArray();
    }
}
