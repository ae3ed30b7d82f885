package dev.autosync.examples;

import java.util.Map;

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

    private AppConfig() {}

    /** What must be there afterwards: everything but two digits stays as it is. */
    static SourceTree patched(SourceTree files) {
        return files.plus(SourceTree.of(Map.of(PATH, TEXT.replace(":  20 ,", ":  25 ,"))));
    }
}
