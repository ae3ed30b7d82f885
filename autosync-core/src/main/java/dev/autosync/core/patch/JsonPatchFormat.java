package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * JSON Patch (RFC 6902) on the text of a file: what no operation touches keeps its bytes.
 *
 * <p>All operations or none. A document that does not fit, also one that has a name twice where a pointer goes through, is a conflict;
 * what could never be applied is refused. The reason names the operation by its pointer in the patch. White space inside the values of
 * the patch means nothing: values are written in the style of the file. An {@code add}, {@code copy} or {@code move} may say with an
 * extra member {@code after} or {@code before} which sibling its new member is to stand beside; others ignore it (section 4). If no such
 * sibling is there, the note of the plan says so.
 *
 * <p>The file may hold comments and trailing commas unless the option {@code comments} is {@code refuse}; the patch may not.
 *
 * <p>Cost: one pass over the document, then each operation what it touches. Limits are those of {@link PatchLimits}: operations; what
 * {@code copy} may add, decided before anything is copied; nesting (at most 2,000, whatever they say), numbers, strings, length.
 * Threads: safe to share.
 */
public final class JsonPatchFormat implements PatchFormat {
    private static final int NOTES = 20;

    /** The one for all patches. */
    public JsonPatchFormat() {}

    @Override
    public String name() {
        return "json-patch";
    }

    @Override
    public Set<String> options() {
        return JsonTarget.OPTIONS;
    }

    @Override
    public byte[] normalForm(Patch patch) {
        return NormalForms.json(patch.content());
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        try {
            List<JsonPatchOp> ops = JsonPatchOp.readAll(JsonTarget.readPatch(patch, limits), limits.maxOperations());
            JsonTarget target = JsonTarget.open(patch, tree, limits);
            JsonEditor editor = target.editor();
            CopyBudget budget = new CopyBudget(limits.maxCopyBytes());
            List<String> notes = new ArrayList<>();
            for (JsonPatchOp op : ops) {
                try {
                    if (!apply(op, editor, budget) && notes.size() <= NOTES) {
                        notes.add(notes.size() == NOTES ? "and more" : op.place() + ": there is " + op.hint() + ", the member was put"
                                + " where it would be without the hint");
                    }
                } catch (JsonPatchFailure e) {
                    throw e.in(op.place());
                }
            }
            return target.plan(String.join("; ", notes));
        } catch (JsonPatchFailure e) {
            return e.plan(patch.target().orElse(""));
        }
    }

    /* False if there is something to say about it: its hint could not be followed. */
    private static boolean apply(JsonPatchOp op, JsonEditor editor, CopyBudget budget) {
        switch (op.kind()) {
            case ADD -> {
                return editor.add(op.path(), editor.fromPatch(op.value(), false), op.hint());
            }
            case REMOVE -> editor.remove(editor.find(op.path()));
            case REPLACE -> editor.replace(editor.find(op.path()), editor.fromPatch(op.value(), false));
            case MOVE -> {
                return move(op, editor);
            }
            case COPY -> {
                JsonEditNode source = editor.find(op.from());
                budget.take(source.length());
                editor.footprint().reads(source);
                return editor.add(op.path(), editor.copied(source), op.hint());
            }
            case TEST -> test(editor, editor.find(op.path()), op.value());
        }
        return true;
    }

    private static boolean move(JsonPatchOp op, JsonEditor editor) {
        JsonEditNode source = editor.find(op.from());
        editor.footprint().reads(source);
        if (op.from().equals(op.path())) {
            return true;
        }
        JsonEditor.Arrival arrival = editor.moved(source);
        editor.remove(source);
        return editor.add(op.path(), arrival, op.hint());
    }

    private static void test(JsonEditor editor, JsonEditNode node, JsonNode expected) {
        editor.footprint().reads(node);
        JsonNode found = editor.snapshot(node);
        found.duplicate().ifPresent(member -> {
            throw JsonPatchFailure.conflict("the name " + JsonPatchFailure.quote(member.name()) + " stands twice in its object");
        });
        if (!found.sameValue(expected)) {
            String reason = "expected " + JsonPatchFailure.show(expected) + ", found " + JsonPatchFailure.show(found)
                    + (found.isContainer() && found.kind() == expected.kind() ? " that differs from it" : "");
            throw editor.isOfFile(found) ? JsonPatchFailure.mismatch(reason, found, expected) : JsonPatchFailure.conflict(reason);
        }
    }

    /** What copies may still add: twenty copies of everything into itself make a million of one. */
    private static final class CopyBudget {
        private final long limit;
        private long taken;

        CopyBudget(long limit) {
            this.limit = limit;
        }

        void take(long characters) {
            taken += characters;
            if (taken > limit) {
                throw JsonPatchFailure.limit("the copies together would add more than the growth limit of " + limit + " characters");
            }
        }
    }
}
