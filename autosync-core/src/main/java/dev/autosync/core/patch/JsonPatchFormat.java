package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.List;

/**
 * JSON Patch (RFC 6902) on the text of a file: what no operation touches keeps its bytes.
 *
 * <p>All operations or none. A document that does not fit, also one that has a name twice where a pointer goes through, is a conflict;
 * what could never be applied is refused. The reason names the operation by its pointer in the patch. White space inside the values of
 * the patch means nothing: values are written in the style of the file.
 *
 * <p>Cost: one pass over the document, then each operation what it touches. Limits: {@value JsonPatchOp#MAX_OPERATIONS} operations;
 * {@code copy} together at most 1 Mi characters or ten times the document, decided before anything is copied; nesting and length as
 * {@link dev.autosync.core.json.JsonText}. Threads: safe to share.
 */
public final class JsonPatchFormat implements PatchFormat {
    private static final long FREE_COPY = 1 << 20;
    private static final int COPY_FACTOR = 10;

    /** The one for all patches. */
    public JsonPatchFormat() {}

    @Override
    public String name() {
        return "json-patch";
    }

    @Override
    public byte[] normalForm(Patch patch) {
        return NormalForms.json(patch.content());
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        try {
            List<JsonPatchOp> ops = JsonPatchOp.readAll(JsonTarget.readPatch(patch));
            JsonTarget target = JsonTarget.open(patch, tree);
            CopyBudget budget = new CopyBudget(Math.max(FREE_COPY, (long) COPY_FACTOR * target.length()));
            for (JsonPatchOp op : ops) {
                try {
                    apply(op, target.editor(), budget);
                } catch (JsonPatchFailure e) {
                    throw e.in(op.place());
                }
            }
            return target.plan();
        } catch (JsonPatchFailure e) {
            return e.plan();
        }
    }

    private static void apply(JsonPatchOp op, JsonEditor editor, CopyBudget budget) {
        switch (op.kind()) {
            case ADD -> editor.add(op.path(), editor.fromPatch(op.value(), false));
            case REMOVE -> editor.remove(editor.find(op.path()));
            case REPLACE -> editor.replace(editor.find(op.path()), editor.fromPatch(op.value(), false));
            case MOVE -> move(op, editor);
            case COPY -> {
                JsonEditNode source = editor.find(op.from());
                budget.take(source.length());
                editor.add(op.path(), editor.copied(source));
            }
            case TEST -> test(editor.find(op.path()).snapshot(), op.value());
        }
    }

    private static void move(JsonPatchOp op, JsonEditor editor) {
        JsonEditNode source = editor.find(op.from());
        if (!op.from().equals(op.path())) {
            JsonEditor.Arrival arrival = editor.moved(source);
            editor.remove(source);
            editor.add(op.path(), arrival);
        }
    }

    private static void test(JsonNode found, JsonNode expected) {
        found.duplicate().ifPresent(member -> {
            throw JsonPatchFailure.conflict("the name " + JsonPatchFailure.quote(member.name()) + " stands twice in its object");
        });
        if (!found.sameValue(expected)) {
            throw JsonPatchFailure.conflict("expected " + JsonPatchFailure.show(expected) + ", found " + JsonPatchFailure.show(found)
                    + (found.isContainer() && found.kind() == expected.kind() ? " that differs from it" : ""));
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
