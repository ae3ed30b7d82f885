package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.util.Set;

/**
 * JSON Merge Patch (RFC 7396) on the text of a file: members that the patch does not name keep their bytes.
 *
 * <p>A member that is null is removed, an object is merged, everything else is put in place whole. A new member goes to its place where
 * the names of its object are in ascending order (three or more), else last. The format cannot say what it expects to find: give the patch
 * an expected checksum where the file may have moved on. White space inside the patch means nothing.
 *
 * <p>Comments, limits, cost and threads are those of {@link JsonPatchFormat}.
 */
public final class MergePatchFormat implements PatchFormat {

    /** The one for all patches. */
    public MergePatchFormat() {}

    @Override
    public String name() {
        return "merge-patch";
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
            JsonNode merge = JsonTarget.readPatch(patch, limits);
            JsonTarget target = JsonTarget.open(patch, tree, limits);
            merge(target.editor(), target.editor().root(), merge);
            return target.plan("");
        } catch (JsonPatchFailure e) {
            return e.plan(patch.target().orElse(""));
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
            } else {
                editor.footprint().reads(object, member.name());
            }
        } else if (existing == null) {
            editor.addMember(object, key, member.name(), editor.fromPatch(member.value(), true), JsonPlaceHint.NONE);
        } else {
            merge(editor, existing, member.value());
        }
    }
}
