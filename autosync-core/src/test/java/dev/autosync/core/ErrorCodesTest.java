package dev.autosync.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code is raised by something, and explained in {@code docs/errors.md}. */
class ErrorCodesTest {
    private static final Path DOCS = Path.of("..", "docs", "errors.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void isRaisedForReal(ErrorCode code) throws Exception {
        Provocations.Raised raised = new Provocations(folder).raise(code);

        assertThat(raised.code()).as(raised.message()).isEqualTo(code.name());
        assertThat(raised.message()).isNotBlank().doesNotContain("\n").hasSizeLessThan(1000);
        if (Boolean.getBoolean("autosync.showErrors")) {
            System.out.println(code.id() + " " + raised.message());
        }
    }

    @Test
    void everyCodeHasAHeadingInItsPlace() throws IOException {
        List<String> headings = Pattern.compile("^## (.*)$", Pattern.MULTILINE).matcher(Files.readString(DOCS)).results()
                .map(heading -> heading.group(1)).toList();

        assertThat(headings).containsExactlyElementsOf(
                Arrays.stream(ErrorCode.values()).map(code -> code.id() + " " + code.name()).toList());
    }

    @Test
    void everyHeadingSaysWhatHappenedAndWhatToDo() throws IOException {
        for (String section : Files.readString(DOCS).split("(?m)^## ")) {
            if (section.startsWith("AS-")) {
                String id = section.substring(0, 7);
                assertThat(section).as(id).contains("**What happened.**", "**What to do.**", "\n```text\n");
            }
        }
    }

    @Test
    void everyCodeThatDocumentsMentionExists() throws IOException {
        Set<String> known = Arrays.stream(ErrorCode.values()).map(ErrorCode::id).collect(Collectors.toSet());
        assertThat(Pattern.compile("AS-\\d+").matcher(Files.readString(DOCS)).results().map(MatchResult::group))
                .allMatch(known::contains);
    }

    @Test
    void numbersAreUniqueAndGroupedByTheirSubject() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates().isSorted();
        assertThat(new AutoSyncException(ErrorCode.INTERNAL, "x")).hasMessage("x [AS-1901]");
    }
}
