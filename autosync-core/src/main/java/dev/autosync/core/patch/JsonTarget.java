package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonLimits;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The two ends that both JSON formats share: the patch and its target as JSON, and the edited text as a plan. */
final class JsonTarget {
    /** Whether comments and trailing commas are allowed in the target: {@code allow}, which is the default, or {@code refuse}. */
    static final String COMMENTS = "comments";

    /** The options of both formats. */
    static final Set<String> OPTIONS = Set.of(COMMENTS);

    private final String path;
    private final FileContent before;
    private final String text;
    private final long maxBytes;
    private final JsonEditor editor;

    private JsonTarget(String path, FileContent before, JsonNode root, JsonLimits json, PatchLimits limits) {
        this.path = path;
        this.before = before;
        this.text = root.source();
        this.maxBytes = limits.maxFileBytes();
        this.editor = new JsonEditor(root, json, limits.maxMoveBytes());
    }

    /** The value that a patch consists of. A name that stands twice in it would let two readers read two patches: it is refused. */
    static JsonNode readPatch(Patch patch, PatchLimits limits) {
        if (patch.target().isEmpty()) {
            throw JsonPatchFailure.malformed("the patch names no target, a " + patch.format() + " needs one");
        }
        JsonNode root;
        try {
            String name = "patch " + patch.id();
            root = JsonText.parse(JsonText.decode(patch.content(), name, ErrorCode.PATCH_MALFORMED), name,
                    ErrorCode.PATCH_MALFORMED, ErrorCode.PATCH_LIMIT, json(limits, limits.maxPatchBytes(), false));
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
    static JsonTarget open(Patch patch, FileTree tree, PatchLimits limits) {
        String path = patch.target().orElseThrow();
        JsonLimits json = json(limits, limits.maxFileBytes(), comments(patch));
        FileContent content = tree.read(path)
                .orElseThrow(() -> JsonPatchFailure.conflict("the file " + JsonPatchFailure.quote(path) + " is not there"));
        try {
            String text = JsonText.decode(content.bytes(), path, ErrorCode.PATCH_MALFORMED);
            JsonNode root = JsonText.parse(text, path, ErrorCode.PATCH_MALFORMED, ErrorCode.PATCH_LIMIT, json);
            return new JsonTarget(path, content, root, json, limits);
        } catch (AutoSyncException e) {
            throw e.code() == ErrorCode.PATCH_LIMIT ? JsonPatchFailure.refused(e) : JsonPatchFailure.conflict(e);
        }
    }

    private static boolean comments(Patch patch) {
        String comments = patch.options().getOrDefault(COMMENTS, "allow");
        return switch (comments) {
            case "allow" -> true;
            case "refuse" -> false;
            default -> throw JsonPatchFailure.malformed("the option comments is " + JsonPatchFailure.quote(comments)
                    + "; it may be allow or refuse");
        };
    }

    private static JsonLimits json(PatchLimits limits, long maxBytes, boolean tolerant) {
        int maxLength = (int) Math.min(maxBytes, Integer.MAX_VALUE / 4);
        return new JsonLimits(maxLength, limits.maxDepth(), limits.maxNumberLength(), limits.maxStringLength(), tolerant);
    }

    JsonEditor editor() {
        return editor;
    }

    /** What is to be written; {@code note} is for a person, empty for nothing. */
    PatchPlan plan(String note) {
        String result = editor.result();
        if (result.equals(text)) {
            return PatchPlan.alreadyApplied("nothing to change, the file already is as the patch would make it")
                    .withFootprint(editor.footprint().of(path));
        }
        byte[] bytes = result.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > maxBytes) {
            throw JsonPatchFailure.limit("the result would be longer than " + maxBytes + " bytes");
        }
        return PatchPlan.edits(List.of(FileEdit.modify(path, before, before.bytes(bytes))), note)
                .withFootprint(editor.footprint().of(path));
    }
}
