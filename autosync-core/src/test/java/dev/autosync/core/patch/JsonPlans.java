package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Plans patches of one file that is only in memory. */
final class JsonPlans {
    static final String FILE = "a/b.json";

    private JsonPlans() {}

    static FileTree tree(String document) {
        return tree(document.getBytes(StandardCharsets.UTF_8));
    }

    static FileTree tree(byte[] document) {
        Map<String, FileContent> files = Map.of(FILE, FileContent.of(document));
        return path -> Optional.ofNullable(files.get(path));
    }

    static PatchPlan jsonPatch(String document, String operations) {
        return new JsonPatchFormat().plan(Patch.jsonPatch("p", FILE, operations), tree(document), PatchLimits.ofDefaults());
    }

    static PatchPlan mergePatch(String document, String patch) {
        return new MergePatchFormat().plan(Patch.mergePatch("p", FILE, patch), tree(document), PatchLimits.ofDefaults());
    }

    /** The file after the plan; fails if the plan is no edit and does not say that there is nothing to do. */
    static String result(String document, PatchPlan plan) {
        if (plan.verdict() == PatchPlan.Verdict.ALREADY_APPLIED) {
            return document;
        }
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(PatchPlan.Verdict.EDITS);
        assertThat(plan.edits()).hasSize(1);
        assertThat(plan.edits().get(0).path()).isEqualTo(FILE);
        assertThat(plan.edits().get(0).before()).contains(FileContent.of(document));
        return new String(plan.edits().get(0).after().orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    static String patched(String document, String operations) {
        return result(document, jsonPatch(document, operations));
    }

    static String merged(String document, String patch) {
        return result(document, mergePatch(document, patch));
    }

    static JsonNode parse(String text) {
        return JsonText.parse(text, "test", ErrorCode.CONFIG_SYNTAX);
    }

    /** A word of the verdict for tables: {@code conflict}, {@code malformed} or {@code limit}, or the result. */
    static String outcome(String document, PatchPlan plan) {
        return switch (plan.verdict()) {
            case CONFLICT -> "conflict";
            case REFUSED -> plan.code().orElseThrow() == ErrorCode.PATCH_LIMIT ? "limit" : "malformed";
            default -> result(document, plan);
        };
    }
}
