package dev.autosync.bench.jsonpatch;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file and a patch.
 *
 * @param document the file
 * @param patch the patch
 * @param operations how many operations it has
 */
public record PatchWork(byte[] document, byte[] patch, int operations) {
    private static final int MEGABYTE = 1_000_000;

    /** The case of a name: {@code replace-object-N}, {@code add-array-N} or {@code one-op-1mb}. */
    public static PatchWork of(String name) {
        if (name.equals("one-op-1mb")) {
            return oneInAMegabyte();
        }
        int count = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
        return name.startsWith("replace-object-") ? replaceInObject(count) : addToArray(count);
    }

    /* As many members as operations; each replaces a value one level down. */
    private static PatchWork replaceInObject(int count) {
        return of(count, "{" + list(count, i -> "\"k" + i + "\":{\"v\":" + i + "}") + "}",
                "[" + list(count, i -> "{\"op\":\"replace\",\"path\":\"/k" + i + "/v\",\"value\":" + (i + 1) + "}") + "]");
    }

    /* As many elements as operations; each puts one in front of all. */
    private static PatchWork addToArray(int count) {
        return of(count, "[" + list(count, String::valueOf) + "]",
                "[" + list(count, i -> "{\"op\":\"add\",\"path\":\"/0\",\"value\":" + i + "}") + "]");
    }

    /* Written by hand, as configuration is: over lines and indented. */
    private static PatchWork oneInAMegabyte() {
        StringBuilder json = new StringBuilder("{\n");
        int keys = 0;
        while (json.length() < MEGABYTE) {
            json.append(keys == 0 ? "" : ",\n").append("  \"key").append(keys).append("\": {\n    \"name\": \"value ").append(keys)
                    .append("\",\n    \"on\": true,\n    \"v\": ").append(keys).append("\n  }");
            keys++;
        }
        return of(1, json.append("\n}\n").toString(), "[{\"op\":\"replace\",\"path\":\"/key" + keys / 2 + "/v\",\"value\":-1}]");
    }

    private static PatchWork of(int operations, String document, String patch) {
        return new PatchWork(document.getBytes(StandardCharsets.UTF_8), patch.getBytes(StandardCharsets.UTF_8), operations);
    }

    private static String list(int count, java.util.function.IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }
}
