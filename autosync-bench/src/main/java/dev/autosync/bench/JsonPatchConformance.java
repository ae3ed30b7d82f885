package dev.autosync.bench;

import dev.autosync.bench.jsonpatch.Conformance;
import dev.autosync.bench.jsonpatch.JsonPatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How many of the known cases of JSON Patch and JSON Merge Patch come out right, for AutoSync and four libraries. */
final class JsonPatchConformance implements Bench {
    private static final String NAME = "jsonpatch-conformance";
    private static final Path SUITES = Path.of(System.getProperty("autosync.bench.home", "."), "..", "autosync-core/src/test/resources");

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException {
        Conformance conformance = new Conformance(SUITES);
        for (String suite : List.of("json-patch-tests", "rfc7396", "edge")) {
            for (JsonPatcher patcher : JsonPatcher.values()) {
                Map<String, Boolean> cases = conformance.of(suite, patcher);
                List<String> wrong = cases.entrySet().stream().filter(entry -> !entry.getValue()).map(Map.Entry::getKey).toList();
                if (!wrong.isEmpty()) {
                    boolean none = suite.equals("rfc7396") && patcher == JsonPatcher.ZJSONPATCH;
                    System.err.println(NAME + ": " + suite + " " + patcher.who() + ": " + (none ? "has no merge patch" : "wrong: " + wrong));
                }
                figures.accept(new Figure(NAME, suite, patcher.who(), "passed", cases.size() - wrong.size(), Figure.COUNT));
                figures.accept(new Figure(NAME, suite, patcher.who(), "failed", wrong.size(), Figure.COUNT));
            }
        }
    }
}
