package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.core.json.JsonNode;
import dev.autosync.spi.PatchPlan.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of json-patch/json-patch-tests; see NOTICE.md beside them. */
class JsonPatchVectorsTest {
    private static final Path SUITE = Path.of("src/test/resources/json-patch-tests");

    record Vector(String title, JsonNode record) {
        boolean disabled() {
            return record.get("disabled").map(JsonNode::bool).orElse(false);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    @Test
    void areComplete() throws IOException {
        assertThat(vectors()).hasSize(112);
        assertThat(vectors().stream().filter(v -> !v.disabled())).hasSize(108);
        assertThat(vectors().stream().filter(v -> !v.disabled() && v.record().get("error").isPresent())).hasSize(34);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void comeOutAsTheSuiteSays(Vector vector) {
        assumeThat(vector.disabled()).as("disabled by the suite").isFalse();
        String document = vector.record().get("doc").orElseThrow().raw();
        var plan = JsonPlans.jsonPatch(document, vector.record().get("patch").orElseThrow().raw());
        if (vector.record().get("error").isPresent()) {
            assertThat(plan.verdict()).as(plan.reason()).isIn(Verdict.CONFLICT, Verdict.REFUSED);
        } else {
            JsonNode result = JsonPlans.parse(JsonPlans.result(document, plan));
            assertThat(result.sameValue(vector.record().get("expected").orElseThrow())).as(result.raw()).isTrue();
        }
    }

    static List<Vector> vectors() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (String file : List.of("spec_tests.json", "tests.json")) {
            List<JsonNode> records = JsonPlans.parse(Files.readString(SUITE.resolve(file))).elements();
            for (int i = 0; i < records.size(); i++) {
                String comment = records.get(i).get("comment").map(JsonNode::text).orElse("");
                vectors.add(new Vector(file + " #" + i + " " + comment, records.get(i)));
            }
        }
        return vectors;
    }
}
