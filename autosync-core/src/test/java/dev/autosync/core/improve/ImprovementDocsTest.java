package dev.autosync.core.improve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.ImprovementRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/improvements.md} shows code that is compiled and tested, and has a row for every rule. */
class ImprovementDocsTest {
    private static final Path EXAMPLE = Path.of("src", "test", "java", "org", "example", "rules");

    @Test
    void showsTheExampleAsItIsCompiled() throws IOException {
        String test = Files.readString(EXAMPLE.resolve("TooManyRetriesTest.java"));
        assertThat(page()).contains("```java\n" + Files.readString(EXAMPLE.resolve("TooManyRetries.java")) + "```")
                .contains("```java\n" + test.substring(test.indexOf("class ")) + "```");
    }

    @Test
    void hasARowForEveryBuiltInRule() throws IOException {
        String page = page();
        assertThat(BuiltInRules.all()).extracting(ImprovementRule::name)
                .allSatisfy(name -> assertThat(page).containsPattern("(?m)^\\| `" + Pattern.quote(name) + "(:<[a-z]+>)?` \\|"));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "improvements.md"));
    }
}
