package dev.autosync.core.trend;

import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The vectors from outside; see NOTICE.md beside them. */
final class Vectors {
    private static final Path FILE = Path.of("src/test/resources/trends/reference-values.json");

    private Vectors() {}

    /** A series with gaps, and what is to come out. */
    record Vector(String name, int[] positions, double[] values, JsonNode expected) {
        double expected(String figure) {
            return Double.parseDouble(expected.get(figure).orElseThrow().raw());
        }

        boolean expects(String figure) {
            return expected.get(figure).isPresent();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static JsonNode section(String name) throws IOException {
        return JsonText.parse(Files.readString(FILE), FILE.toString(), ErrorCode.CONFIG_SYNTAX).get(name).orElseThrow();
    }

    static List<Vector> read(String section) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode node : section(section).elements()) {
            List<JsonNode> all = node.get("values").orElseThrow().elements();
            List<Integer> there = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).kind() == JsonNode.Kind.NUMBER) {
                    there.add(i);
                }
            }
            vectors.add(new Vector(node.get("name").orElseThrow().text(), there.stream().mapToInt(i -> i).toArray(),
                    there.stream().mapToDouble(i -> Double.parseDouble(all.get(i).raw())).toArray(), node.get("expected").orElseThrow()));
        }
        return vectors;
    }
}
