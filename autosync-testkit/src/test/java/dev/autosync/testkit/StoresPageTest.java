package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The plugin that docs/stores.md shows is the one that is tested here. */
class StoresPageTest {
    private static final Pattern SHOWN = Pattern.compile("<!-- from (\\S+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void showsThePluginAsItIsTested() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        Matcher shown = SHOWN.matcher(Files.readString(root.resolve("docs/stores.md")));
        List<String> files = new ArrayList<>();
        while (shown.find()) {
            String source = Files.readString(root.resolve(shown.group(1)));
            assertEquals(withoutImports(source), shown.group(2), shown.group(1));
            files.add(shown.group(1));
        }
        assertEquals(3, files.size(), files.toString());
    }

    private static String withoutImports(String source) {
        return source.substring(source.indexOf("\n\n", source.lastIndexOf("\nimport ")) + 2);
    }
}
