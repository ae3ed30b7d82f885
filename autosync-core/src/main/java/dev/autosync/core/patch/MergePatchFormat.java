package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;

/**
 * JSON Merge Patch (RFC 7396) on the text of a file: members that the patch does not name keep their bytes.
 *
 * <p>A member that is null is removed, an object is merged, everything else is put in place whole. The format cannot say what it
 * expects to find: give the patch an expected checksum where the file may have moved on. White space inside the patch means nothing.
 *
 * <p>Limits as {@link dev.autosync.core.json.JsonText}. Threads: safe to share.
 */
public final class MergePatchFormat implements PatchFormat {

    /** The one for all patches. */
    public MergePatchFormat() {}

    @Override
    public String name() {
        return "merge-patch";
    }

    @Override
    public byte[] normalForm(Patch patch) {
        return NormalForms.json(patch.content());
    }

    @Override
    public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
        try {
            JsonNode merge = JsonTarget.readPatch(patch);
            JsonTarget target = JsonTarget.open(patch, tree);
            merge(target.editor(), target.editor().root(), merge);
            return target.plan();
        } catch (JsonPatchFailure e) {
            return e.plan();
        }
    }

    private static void merge(JsonEditor editor, JsonEditNode node, JsonNode patch) {
        if (patch.kind() != JsonNode.Kind.OBJECT || node.kind() != JsonNode.Kind.OBJECT) {
            editor.replace(node, editor.fromPatch(patch, true));
            return;
        }
        for (JsonNode.Member member : patch.members()) {
            try {
                mergeMember(editor, node, member, patch.source().substring(member.start(), member.end()));
            } catch (JsonPatchFailure e) {
                throw e.in("member " + JsonPatchFailure.quote(member.value().pointer()));
            }
        }
    }

    private static void mergeMember(JsonEditor editor, JsonEditNode object, JsonNode.Member member, String key) {
        JsonEditNode existing = object.member(member.name());
        if (member.value().kind() == JsonNode.Kind.NULL) {
            if (existing != null) {
                editor.remove(existing);
            }
        } else if (existing == null) {
            editor.append(object, key, member.name(), editor.fromPatch(member.value(), true));
        } else {
            merge(editor, existing, member.value());
        }
    }
}
