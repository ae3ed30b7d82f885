package dev.autosync.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of nst/JSONTestSuite; see NOTICE.md beside them. */
class JsonTestSuiteTest {
    private static final Path SUITE = Path.of("src/test/resources/json-test-suite/test_parsing");

    @Test
    void isComplete() throws IOException {
        assertThat(files("y_")).hasSize(95);
        assertThat(files("n_")).hasSize(188);
        assertThat(files("i_")).hasSize(35);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsWhatIsJson(Path file) throws IOException {
        JsonNode root = parse(file);
        assertThat(JsonText.parse(root.raw(), "again", ErrorCode.CONFIG_SYNTAX).raw()).isEqualTo(root.raw());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatIsNotJson(Path file) {
        assertThatThrownBy(() -> parse(file)).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_SYNTAX);
            assertThat(e.location()).isPresent();
        });
    }

    @ParameterizedTest
    @MethodSource("undefined")
    void doesNotCrashOnWhatMayGoEitherWay(Path file) throws IOException {
        try {
            assertThat(parse(file).raw()).isNotEmpty();
        } catch (AutoSyncException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_SYNTAX);
        }
    }

    static List<Path> valid() throws IOException {
        return files("y_");
    }

    static List<Path> invalid() throws IOException {
        return files("n_");
    }

    static List<Path> undefined() throws IOException {
        return files("i_");
    }

    private static List<Path> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(SUITE)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }

    private static JsonNode parse(Path file) throws IOException {
        String name = file.getFileName().toString();
        return JsonText.parse(JsonText.decode(Files.readAllBytes(file), name, ErrorCode.CONFIG_SYNTAX), name, ErrorCode.CONFIG_SYNTAX);
    }
}
