package dev.autosync.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of docs/reporters.md is the code of this package, which is compiled and keeps the contract. */
class DocumentedReporterTest {
    @ParameterizedTest
    @ValueSource(strings = {"CsvReporter", "CsvReporterFactory", "CsvReporterTest"})
    void theDocumentationShowsWhatIsCompiledHere(String type) throws IOException {
        List<String> blocks = Pattern.compile("(?ms)^```java\n(.*?)^```").matcher(Files.readString(Path.of("..", "docs", "reporters.md")))
                .results().map(block -> block.group(1)).toList();
        List<String> found = blocks.stream().filter(block -> block.contains("class " + type + " ")).toList();

        assertEquals(1, found.size(), "the documentation shows " + type);
        String source = Files.readString(Path.of("src/test/java/dev/autosync/testkit/example", type + ".java"));
        assertTrue(source.startsWith("package "), source);
        assertEquals(source.substring(source.indexOf(";\n\n") + 3), found.get(0));
    }
}
