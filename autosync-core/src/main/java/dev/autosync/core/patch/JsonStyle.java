package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a file is written: what new text in it should look like where no neighbour shows it.
 *
 * <p>Read once from the file as it was. A container is <em>spread</em> if its first value starts a line. Threads: immutable.
 */
final class JsonStyle {
    private final String lineEnd;
    private final String unit;
    private final String colon;
    private final String comma;
    private final Votes colons = new Votes();
    private final Votes commas = new Votes();
    private final Votes objectPaddings = new Votes();
    private final Votes arrayPaddings = new Votes();
    private final int[] spread = new int[4];
    private final int[] inline = new int[4];

    JsonStyle(String text, JsonNode root) {
        lineEnd = JsonGaps.lineEnd(text);
        unit = JsonGaps.unit(text, JsonGaps.indent(text.substring(0, root.start())));
        read(text, root);
        comma = commas.most(colons.most(" ").endsWith(" ") ? ", " : ",");
        colon = colons.most(comma.equals(",") ? ":" : ": ");
    }

    /** What a file has most often. */
    private static final class Votes {
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        void add(String gap) {
            if (!JsonGaps.hasBreak(gap)) {
                counts.merge(gap, 1, Integer::sum);
            }
        }

        String most(String otherwise) {
            return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(otherwise);
        }
    }

    String lineEnd() {
        return lineEnd;
    }

    /** One step of indent. */
    String unit() {
        return unit;
    }

    /** What stands between a name and its value. */
    String colon() {
        return colon;
    }

    /** What stands between two values on one line. */
    String comma() {
        return comma;
    }

    /** What stands inside the brackets of a container on one line. */
    String padding(JsonNode.Kind kind) {
        return (kind == JsonNode.Kind.OBJECT ? objectPaddings : arrayPaddings).most("");
    }

    /** Whether containers like this one are mostly spread in the file, empty ones aside. */
    boolean spreads(JsonNode value) {
        return spread[group(value)] >= inline[group(value)];
    }

    /** Objects and arrays, with containers in them or without: files treat the four differently. */
    static int group(JsonNode container) {
        boolean flat = children(container).noneMatch(JsonNode::isContainer);
        return (container.kind() == JsonNode.Kind.OBJECT ? 0 : 2) + (flat ? 0 : 1);
    }

    static boolean isEmpty(JsonNode container) {
        return container.members().isEmpty() && container.elements().isEmpty();
    }

    static Stream<JsonNode> children(JsonNode container) {
        return container.kind() == JsonNode.Kind.OBJECT
                ? container.members().stream().map(JsonNode.Member::value)
                : container.elements().stream();
    }

    /* Answers whether the value goes over a line break. */
    private boolean read(String text, JsonNode value) {
        if (!value.isContainer() || isEmpty(value)) {
            return false;
        }
        boolean breaks = false;
        int at = value.start() + 1;
        String first = null;
        List<JsonNode> children = children(value).toList();
        for (int i = 0; i < children.size(); i++) {
            int start = children.get(i).start();
            if (value.kind() == JsonNode.Kind.OBJECT) {
                JsonNode.Member member = value.members().get(i);
                start = member.start();
                colons.add(text.substring(member.end(), member.value().start()));
            }
            String gap = text.substring(at, start);
            if (i == 0) {
                first = gap;
            } else {
                commas.add(gap);
            }
            breaks |= JsonGaps.hasBreak(gap);
            breaks |= read(text, children.get(i));
            at = children.get(i).end();
        }
        breaks |= JsonGaps.hasBreak(text, at, value.end());
        count(value, first == null ? "" : first, breaks);
        return breaks;
    }

    private void count(JsonNode value, String first, boolean breaks) {
        if (JsonGaps.hasBreak(first)) {
            spread[group(value)]++;
        } else if (!breaks) {
            inline[group(value)]++;
            (value.kind() == JsonNode.Kind.OBJECT ? objectPaddings : arrayPaddings).add(first);
        }
    }
}
