package dev.autosync.examples.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/connectors.md} shows is code of this module, and the laws are those of the contract. */
class ConnectorsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "connectors.md");
    private static final Path CONTRACT = Path.of("..", "..", "autosync-testkit/src/main/java/dev/autosync/testkit/ConnectorContract.java");

    @Test
    void showsTheCodeOfTheDropBoxAndNothingElse() throws IOException {
        List<String> blocks = found("(?s)```java\n(.*?)```", Files.readString(PAGE));
        String sources = sources();
        assertThat(blocks).hasSizeGreaterThan(5).allSatisfy(block -> assertThat(sources).contains(flat(block)));
    }

    @Test
    void hasTheLawsOfTheContractInTheirOrder() throws IOException {
        List<String> laws = found("(?m)^\\| \\d+ \\| (.*) \\|$", Files.readString(PAGE)).stream().map(law -> law.replace("`", "")).toList();
        String contract = Files.readString(CONTRACT).replaceAll("\\{@(?:link|code) (?:Connector#)?([^}]*)}", "$1").replaceAll("\\s+\\* ", " ");
        String[] items = contract.substring(contract.indexOf("<ol>"), contract.indexOf("</ol>")).split("<li>");
        assertThat(laws).hasSize(19).isEqualTo(Arrays.stream(items).skip(1).map(item -> item.replaceAll("\\s+", " ").strip()).toList());
    }

    /** All code of this module, in which the indentation of a piece does not matter. */
    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                all.append(flat(Files.readString(file))).append('\n');
            }
            return all.toString();
        }
    }

    private static String flat(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
    }
}
