package dev.autosync.core.patch;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One case of the list of unified diffs, which the bench runs on other tools as well.
 *
 * @param row its number in the list; variants share it
 * @param tree files before; here and in {@code after} a name that ends in an asterisk is that of an executable file
 * @param says a part of the reason or note; empty if there must be no note
 * @param after files after; those before where nothing may change
 * @param sha256 of the first file after, if the list states it
 */
record DiffCase(int row, String title, Map<String, String> tree, List<String> links, Map<String, String> options, byte[] patch,
        PatchPlan.Verdict verdict, String says, Map<String, String> after, Optional<String> sha256) {
    private static final Path FILE = Path.of("src/test/resources/unified-diff/cases.json");

    static List<DiffCase> all() throws IOException {
        JsonNode list = JsonText.parse(Files.readString(FILE), FILE.toString(), ErrorCode.CONFIG_SYNTAX);
        return list.get("cases").orElseThrow().elements().stream().map(DiffCase::read).toList();
    }

    private static DiffCase read(JsonNode node) {
        Map<String, String> tree = texts(node.get("tree"));
        return new DiffCase(Integer.parseInt(node.get("row").orElseThrow().raw()), text(node, "title"), tree,
                List.copyOf(texts(node.get("links")).keySet()), texts(node.get("options")),
                text(node, "patch").getBytes(StandardCharsets.ISO_8859_1), PatchPlan.Verdict.valueOf(text(node, "verdict")),
                node.get("says").map(JsonNode::text).orElse(""), node.get("after").map(after -> texts(Optional.of(after))).orElse(tree),
                node.get("sha256").map(JsonNode::text));
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).orElseThrow().text();
    }

    private static Map<String, String> texts(Optional<JsonNode> object) {
        Map<String, String> texts = new TreeMap<>();
        object.ifPresent(node -> node.members().forEach(member -> texts.put(member.name(), member.value().text())));
        return texts;
    }

    MapTree mapTree() {
        MapTree files = new MapTree();
        tree.forEach((name, text) -> {
            boolean executable = name.endsWith("*");
            FileContent content = FileContent.of(text.getBytes(StandardCharsets.ISO_8859_1)).executable(executable);
            files.content(executable ? name.substring(0, name.length() - 1) : name, Optional.of(content));
        });
        links.forEach(files::link);
        return files;
    }

    Patch asPatch() {
        Patch.Builder builder = Patch.builder("p", "unified-diff").content(patch);
        options.forEach(builder::option);
        return builder.build();
    }

    /** A plan, also where the tree refuses a path. */
    static PatchPlan plan(PatchFormat format, Patch patch, MapTree tree) {
        try {
            return format.plan(patch, tree, PatchLimits.ofDefaults());
        } catch (PathRefusedException e) {
            return PatchPlan.refused(ErrorCode.PATCH_PATH_REFUSED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "row " + row + ": " + title;
    }
}
