package dev.autosync.bench.diff;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One case of the list that AutoSync's own tests run.
 *
 * @param row its number; a row may have several
 * @param tree the files of the workspace, one character for each byte; a name that ends in an asterisk is that of an executable file
 * @param links where the symbolic links of the workspace lead
 * @param beside files that belong to somebody else, by paths from the folder above the workspace, which is called ws
 * @param after the files of the workspace afterwards, if they may change
 */
record DiffRow(int row, Map<String, String> tree, Map<String, String> links, Map<String, String> beside, byte[] patch, DiffTool.Said expected,
        Optional<Map<String, String>> after) {

    /** All rows but those that ask for what other tools do not offer. */
    static List<DiffRow> all() throws IOException {
        try (InputStream in = Objects.requireNonNull(DiffRow.class.getResourceAsStream("cases.json"), "cases.json")) {
            JsonNode list = JsonText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "cases.json", ErrorCode.CONFIG_SYNTAX);
            List<DiffRow> rows = new ArrayList<>();
            for (JsonNode node : list.get("cases").orElseThrow().elements()) {
                if (node.get("options").isEmpty()) {
                    rows.add(read(node));
                }
            }
            return rows;
        }
    }

    private static DiffRow read(JsonNode node) {
        DiffTool.Said expected = switch (node.get("verdict").orElseThrow().text()) {
            case "EDITS" -> DiffTool.Said.APPLIED;
            case "ALREADY_APPLIED" -> DiffTool.Said.ALREADY_APPLIED;
            case "AMBIGUOUS" -> DiffTool.Said.AMBIGUOUS;
            default -> DiffTool.Said.FAILED;
        };
        return new DiffRow(Integer.parseInt(node.get("row").orElseThrow().raw()), texts(node.get("tree")), texts(node.get("links")),
                texts(node.get("beside")), node.get("patch").orElseThrow().text().getBytes(StandardCharsets.ISO_8859_1), expected,
                node.get("after").map(after -> texts(Optional.of(after))));
    }

    private static Map<String, String> texts(Optional<JsonNode> object) {
        Map<String, String> texts = new TreeMap<>();
        object.ifPresent(node -> node.members().forEach(member -> texts.put(member.name(), member.value().text())));
        return texts;
    }
}
