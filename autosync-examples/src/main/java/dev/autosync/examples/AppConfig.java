package dev.autosync.examples;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration file as people write them: its spacing and its spelling of numbers must survive a patch. */
final class AppConfig {
    static final String PATH = "config/app.json";

    static final String TEXT = """
            {
              "name"   : "demo",
              "limits" : { "requests": 1.50e3, "burst" :  20 ,  "timeoutSeconds": 30.0 },
              "mirrors": [ "https://one.example",
                           "https://two.example" ]
            }
            """;

    /** RFC 6902: checks a value, then changes one. */
    static final String OPERATIONS = """
            [{"op": "test", "path": "/name", "value": "demo"}, {"op": "replace", "path": "/limits/burst", "value": 25}]""";

    private static final Pattern BURST = Pattern.compile("(\"burst\"\\s*:\\s*)([0-9]+)");

    private AppConfig() {}

    /** The limit that the nights raise. */
    static int burst(String text) {
        Matcher burst = BURST.matcher(text);
        if (!burst.find()) {
            throw new IllegalArgumentException("no burst in " + text);
        }
        return Integer.parseInt(burst.group(2));
    }

    /** A patch that raises it. */
    static Proposal raise(int number, int from, int to) {
        String id = "burst-" + number;
        String json = "{\"id\": \"" + id + "\", \"format\": \"json-patch\", \"target\": \"" + PATH + "\", \"content\": [{\"op\": \"test\", \"path\": "
                + "\"/limits/burst\", \"value\": " + from + "}, {\"op\": \"replace\", \"path\": \"/limits/burst\", \"value\": " + to + "}]}";
        return new Proposal(id, json, files -> files.plus(SourceTree.of(Map.of(PATH,
                BURST.matcher(files.files().get(PATH)).replaceFirst("$1" + to)))));
    }

    /** What must be there afterwards: everything but two digits stays as it is. */
    static SourceTree patched(SourceTree files) {
        return files.plus(SourceTree.of(Map.of(PATH, TEXT.replace(":  20 ,", ":  25 ,"))));
    }
}
