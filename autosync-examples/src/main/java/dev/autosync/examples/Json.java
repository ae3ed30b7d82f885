package dev.autosync.examples;

import java.util.Collection;
import java.util.stream.Collectors;

/** Just enough to write the configuration of a workspace. */
final class Json {
    private Json() {}

    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }

    static String strings(Collection<String> texts) {
        return texts.stream().map(Json::string).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The patches of a file, as {@code autosync/patches/*.json} wants them. */
    static String patches(Collection<String> patches) {
        return patches.stream().collect(Collectors.joining(",\n    ", "{\n  \"version\": 1,\n  \"patches\": [\n    ", "\n  ]\n}\n"));
    }
}
