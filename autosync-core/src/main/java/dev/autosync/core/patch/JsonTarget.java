package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two ends that both JSON formats share: the patch and its target as JSON, and the edited text as a plan. */
final class JsonTarget {
    private final String path;
    private final FileContent before;
    private final String text;
    private final JsonEditor editor;

    private JsonTarget(String path, FileContent before, String text, JsonNode root) {
        this.path = path;
        this.before = before;
        this.text = text;
        this.editor = new JsonEditor(text, root);
    }

    /** The value that a patch consists of. A name that stands twice in it would let two readers read two patches: it is refused. */
    static JsonNode readPatch(Patch patch) {
        if (patch.target().isEmpty()) {
            throw JsonPatchFailure.malformed("the patch names no target, a " + patch.format() + " needs one");
        }
        JsonNode root;
        try {
            String name = "patch " + patch.id();
            root = JsonText.parse(JsonText.decode(patch.content(), name, ErrorCode.PATCH_MALFORMED), name,
                    ErrorCode.PATCH_MALFORMED, ErrorCode.PATCH_LIMIT);
        } catch (AutoSyncException e) {
            throw JsonPatchFailure.refused(e);
        }
        root.duplicate().ifPresent(member -> {
            throw JsonPatchFailure.malformed("the name " + JsonPatchFailure.quote(member.name()) + " stands twice in its object in line "
                    + member.line() + " of the patch");
        });
        return root;
    }

    /** The file that the patch is for. */
    static JsonTarget open(Patch patch, FileTree tree) {
        String path = patch.target().orElseThrow();
        FileContent content = tree.read(path)
                .orElseThrow(() -> JsonPatchFailure.conflict("the file " + JsonPatchFailure.quote(path) + " is not there"));
        try {
            String text = JsonText.decode(content.bytes(), path, ErrorCode.PATCH_MALFORMED);
            return new JsonTarget(path, content, text, JsonText.parse(text, path, ErrorCode.PATCH_MALFORMED));
        } catch (AutoSyncException e) {
            throw JsonPatchFailure.conflict(e);
        }
    }

    JsonEditor editor() {
        return editor;
    }

    /** How many characters the file has. */
    int length() {
        return text.length();
    }

    PatchPlan plan() {
        String result = editor.result();
        if (result.equals(text)) {
            return PatchPlan.alreadyApplied("nothing to change, the file already is as the patch would make it");
        }
        FileContent after = before.bytes(result.getBytes(StandardCharsets.UTF_8));
        return PatchPlan.edits(List.of(FileEdit.modify(path, before, after)), "");
    }
}
