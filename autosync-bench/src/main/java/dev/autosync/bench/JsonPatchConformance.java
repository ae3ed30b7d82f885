package dev.autosync.bench;

import dev.autosync.bench.jsonpatch.Conformance;
import dev.autosync.bench.jsonpatch.JsonPatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many of the known cases of JSON Patch and JSON Merge Patch come out right, for AutoSync and four libraries. */
final class JsonPatchConformance implements Bench {
    private static final String NAME = "jsonpatch-conformance";
    private static final Path SUITES = Path.of(System.getProperty("autosync.bench.home", "."), "..", "autosync-core/src/test/resources");

    private static final int COPIES = 50;
    private static final int WARM_UP = 300;
    private static final int TRIALS = 101;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException {
        refuseCopyBomb(figures);
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

    /** Each operation copies the document into itself: all of them would make 2 to the power of 50 values of one. */
    private static void refuseCopyBomb(Consumer<Figure> figures) {
        byte[] document = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] bomb = IntStream.range(0, COPIES).mapToObj(i -> "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/c" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8);
        // Or the first call would load the libraries beside it as well.
        Objects.requireNonNull(JsonPatcher.AUTOSYNC);
        double cold = millisToRefuse(document, bomb, true);
        for (int i = 0; i < WARM_UP; i++) {
            millisToRefuse(document, bomb, false);
        }
        double[] warm = IntStream.range(0, TRIALS).mapToDouble(i -> millisToRefuse(document, bomb, false)).sorted().toArray();
        figures.accept(new Figure(NAME, "copy-bomb", "autosync", "cold", cold, "ms"));
        figures.accept(new Figure(NAME, "copy-bomb", "autosync", "warm", warm[TRIALS / 2], "ms"));
    }

    private static double millisToRefuse(byte[] document, byte[] bomb, boolean says) {
        long begun = System.nanoTime();
        try {
            JsonPatcher.AUTOSYNC.apply(document, bomb);
        } catch (Exception e) {
            double millis = (System.nanoTime() - begun) / 1e6;
            if (String.valueOf(e.getMessage()).contains("growth limit")) {
                if (says) {
                    System.err.println(NAME + ": copy-bomb: " + e.getMessage());
                }
                return millis;
            }
            throw new IllegalStateException("the copy bomb was refused for another reason", e);
        }
        throw new IllegalStateException("the copy bomb was not refused");
    }
}
