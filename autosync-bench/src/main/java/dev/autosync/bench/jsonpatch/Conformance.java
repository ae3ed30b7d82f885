package dev.autosync.bench.jsonpatch;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a library makes of documents and patches whose right results are known.
 *
 * <p>An error is an exception of any type; running out of memory or stack is none.
 */
public final class Conformance {
    private final Path suites;

    /**
     * The suites of a folder.
     *
     * @param suites holds {@code json-patch-tests}, {@code rfc7396} and {@code json-patch-edge}
     */
    public Conformance(Path suites) {
        this.suites = suites;
    }

    /**
     * The cases of a suite, by name, with whether each came out right.
     *
     * @param suite {@code json-patch-tests}, {@code rfc7396} or {@code edge}
     * @param patcher who is looked at
     * @return an entry for each case, in order
     * @throws IOException if a suite cannot be read
     */
    public Map<String, Boolean> of(String suite, JsonPatcher patcher) throws IOException {
        Map<String, Boolean> right = new TreeMap<>();
        switch (suite) {
            case "json-patch-tests" -> {
                for (String file : List.of("spec_tests.json", "tests.json")) {
                    List<JsonNode> records = read("json-patch-tests/" + file);
                    for (int i = 0; i < records.size(); i++) {
                        JsonNode record = records.get(i);
                        if (record.get("disabled").isEmpty()) {
                            right.put(String.format("%s #%02d", file, i), isRight(patcher, record.get("doc").orElseThrow().raw(),
                                    record.get("patch").orElseThrow().raw(), record.get("expected").map(JsonNode::raw).orElse(""), false));
                        }
                    }
                }
            }
            case "rfc7396" -> {
                for (JsonNode record : read("rfc7396/appendix_a.json")) {
                    right.put(String.format("%2s", record.get("case").orElseThrow().raw()), isMerged(patcher, record));
                }
            }
            case "edge" -> {
                for (JsonNode record : read("json-patch-edge/edge_tests.json")) {
                    boolean good = isRight(patcher, text(record.get("doc").orElseThrow()), text(record.get("patch").orElseThrow()),
                            record.get("expected").map(JsonNode::text).orElse(""), record.get("spelled").isPresent());
                    right.merge(String.format("row %2s", record.get("row").orElseThrow().raw()), good, Boolean::logicalAnd);
                }
            }
            default -> throw new IllegalArgumentException("there is no suite " + suite);
        }
        return right;
    }

    /* No expected text: an error is right. */
    private static boolean isRight(JsonPatcher patcher, String document, String patch, String expected, boolean spelled) {
        String result;
        try {
            result = new String(patcher.apply(utf8(document), utf8(patch)), StandardCharsets.UTF_8);
        } catch (OutOfMemoryError | StackOverflowError e) {
            return false;
        } catch (Exception e) {
            return expected.isEmpty();
        }
        return !expected.isEmpty() && isSame(result, expected, spelled);
    }

    private static boolean isMerged(JsonPatcher patcher, JsonNode record) {
        try {
            byte[] result = patcher.merge(utf8(record.get("original").orElseThrow().raw()), utf8(record.get("patch").orElseThrow().raw()));
            return isSame(new String(result, StandardCharsets.UTF_8), record.get("result").orElseThrow().raw(), false);
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean isSame(String result, String expected, boolean spelled) {
        if (result.startsWith("\uFEFF") != expected.startsWith("\uFEFF")) {
            return false;
        }
        JsonNode found;
        try {
            found = parse(result);
        } catch (RuntimeException e) {
            return false;
        }
        JsonNode wanted = parse(expected);
        boolean alike = found.tape().isSpelledLike(found.index(), wanted.tape(), wanted.index());
        return alike || !spelled && found.duplicate().isEmpty() && wanted.duplicate().isEmpty() && found.sameValue(wanted);
    }

    private static String text(JsonNode parts) {
        if (parts.kind() == JsonNode.Kind.STRING) {
            return parts.text();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts.elements()) {
            text.append(part.kind() == JsonNode.Kind.STRING ? part.text()
                    : part.elements().get(0).text().repeat(Integer.parseInt(part.elements().get(1).raw())));
        }
        return text.toString();
    }

    private List<JsonNode> read(String file) throws IOException {
        return parse(Files.readString(suites.resolve(file))).elements();
    }

    private static JsonNode parse(String text) {
        return JsonText.parse(text, "suite", ErrorCode.INTERNAL);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
