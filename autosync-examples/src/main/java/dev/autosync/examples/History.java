package dev.autosync.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the JSON store holds, read as anybody can read it: one event a line. */
final class History {
    private static final Pattern KIND = Pattern.compile("\"kind\":\"([^\"]*)\"");

    private History() {}

    /** How many events there are of each kind. */
    static Map<String, Integer> kinds(Path store) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher kind = KIND.matcher(line);
                    if (kind.find()) {
                        kinds.merge(kind.group(1), 1, Integer::sum);
                    }
                }
            }
        }
        return kinds;
    }

    static String summary(Map<String, Integer> kinds) {
        return kinds.entrySet().stream().map(kind -> kind.getValue() + " " + kind.getKey()).collect(Collectors.joining(", "));
    }
}
