package dev.autosync.core.testing;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how often tests have failed of late, so that they can be run first. Lies in {@code .autosync/failures.json} and may be deleted at
 * any time. A failure counts 1, and a twentieth less with every later run.
 */
public final class FailureMemory {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMemory.class);
    private static final long MAX_BYTES = 8 << 20;
    private static final int MOST = 1_000;
    private static final double FADING = 0.95;
    private static final double FORGOTTEN = 0.01;

    private final Workspace workspace;
    private final FilePort files;

    /** The memory of a workspace. */
    public FailureMemory(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    /** How often each test has failed of late, by its id; empty if nothing is remembered, or it cannot be read. */
    public Map<String, Double> recall() {
        Map<String, Double> weights = new LinkedHashMap<>();
        try {
            FileImage image = files.read(file(), MAX_BYTES).orElse(null);
            if (image == null) {
                return Map.of();
            }
            JsonSection json = JsonSection.of(JsonText.parse(new String(image.bytes(), StandardCharsets.UTF_8), file().toString(),
                    ErrorCode.CONFIG_SYNTAX));
            for (JsonNode node : json.elements("tests")) {
                JsonSection test = JsonSection.of(node);
                double weight = Double.parseDouble(test.required("weight").raw());
                if (weights.size() < MOST && weight > 0 && weight < Double.POSITIVE_INFINITY) {
                    weights.put(test.requiredString("id"), weight);
                }
            }
        } catch (IOException | AutoSyncException | IllegalArgumentException e) {
            LOG.debug("Cannot use {}; tests are run in their usual order", file(), e);
            return Map.of();
        }
        return weights;
    }

    /**
     * Remembers what runs have said. Writes nothing if there is nothing to remember.
     *
     * @param runs in their order
     */
    public void note(List<TestRun> runs) throws IOException {
        Map<String, Double> weights = new LinkedHashMap<>(recall());
        boolean before = !weights.isEmpty();
        for (TestRun run : runs) {
            if (run.verdict().evidence()) {
                weights.replaceAll((id, weight) -> weight * FADING);
                run.failures().stream().map(TestResult::id).limit(MOST).forEach(id -> weights.merge(id, 1.0, Double::sum));
            }
        }
        weights.values().removeIf(weight -> weight < FORGOTTEN);
        if (before || !weights.isEmpty()) {
            List<Map.Entry<String, Double>> heaviest = weights.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST).toList();
            AtomicFile.write(files, file(), JsonOut.text(out -> out
                    .number("version", 1)
                    .objects("tests", heaviest, (json, test) -> json
                            .text("id", test.getKey())
                            .number("weight", Math.round(test.getValue() * 1000) / 1000.0))));
        }
    }

    private Path file() {
        return workspace.state("failures.json");
    }
}
