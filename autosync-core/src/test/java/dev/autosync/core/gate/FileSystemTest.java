package dev.autosync.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.io.Workspace;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole batch on whatever file system the folder for temporary files lies, or {@code -Dautosync.folder} names: one that folds names or keeps no
 * permissions is to make no other difference. docs/crash-safety.md says how to try.
 */
class FileSystemTest {
    private static final String RENAME = """
            diff --git a/README.txt b/readme.txt
            similarity index 100%
            rename from README.txt
            rename to readme.txt
            """;

    private static final String SCRIPT = """
            diff --git a/run.sh b/run.sh
            new file mode 100755
            --- /dev/null
            +++ b/run.sh
            @@ -0,0 +1 @@
            +true
            """;

    @TempDir
    Path temporary;

    private Path workspace;

    @BeforeEach
    void layOut() throws IOException {
        String named = System.getProperty("autosync.folder");
        workspace = Files.createTempDirectory(named == null ? temporary : Path.of(named), "batch");
        Files.writeString(workspace.resolve("README.txt"), "text\n");
        Files.writeString(workspace.resolve("plain"), "plain\n");
    }

    @AfterEach
    void tidy() throws IOException {
        try (Stream<Path> all = Files.walk(workspace)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static List<Isolation> isolations() {
        return List.of(Isolation.inPlace(), Isolation.candidates(2));
    }

    private BatchReport run(Isolation isolation, String forbidden) throws InterruptedException {
        TestSuite suite = context -> {
            boolean red = names(context.workspace()).contains(forbidden);
            return TestRun.of(red ? Verdict.RED : Verdict.GREEN, "asked", List.of(TestResult.of("t",
                    red ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        };
        return PatchRunner.builder(workspace).tests(suite).isolation(isolation).build().run(PatchBatch.of(List.of(
                Patch.unifiedDiff("rename", RENAME),
                Patch.unifiedDiff("script", SCRIPT),
                Patch.write("write", "plain", "changed\n".getBytes(StandardCharsets.UTF_8)),
                Patch.write("bad", "bad", "bad\n".getBytes(StandardCharsets.UTF_8)))));
    }

    /** As the folder spells them. */
    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".autosync")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("isolations")
    void landsARenameInCaseAloneAndAScript(Isolation isolation) throws Exception {
        BatchReport report = run(isolation, "none");

        assertThat(report.outcomes()).extracting(PatchOutcome::kind).containsOnly(Kind.APPLIED);
        assertThat(names(workspace)).containsExactly("bad", "plain", "readme.txt", "run.sh");
        assertThat(workspace.resolve("plain")).hasContent("changed");
        if (Workspace.at(workspace).keepsModes()) {
            assertThat(workspace.resolve("run.sh")).isExecutable();
        }
    }

    @ParameterizedTest
    @MethodSource("isolations")
    void takesOutTheOneThatIsBadAndKeepsTheRest(Isolation isolation) throws Exception {
        BatchReport report = run(isolation, "bad");

        assertThat(report.outcomes(Kind.BLAMED)).as("%s", report).extracting(outcome -> outcome.patch().id()).containsExactly("bad");
        assertThat(names(workspace)).containsExactly("plain", "readme.txt", "run.sh");
    }

    @ParameterizedTest
    @MethodSource("isolations")
    void spellsNamesAsBeforeWhereTheRenameIsBad(Isolation isolation) throws Exception {
        BatchReport report = run(isolation, "readme.txt");

        assertThat(report.outcomes(Kind.BLAMED)).as("%s", report).extracting(outcome -> outcome.patch().id()).containsExactly("rename");
        assertThat(names(workspace)).containsExactly("README.txt", "bad", "plain", "run.sh");
    }

    @ParameterizedTest
    @MethodSource("isolations")
    void refusesToWriteOneFileUnderTwoSpellingsWhereTheyAreOne(Isolation isolation) throws Exception {
        TestSuite green = context -> TestRun.of(Verdict.GREEN, "asked", List.of(TestResult.of("t", TestResult.Status.PASSED, Duration.ZERO, "")),
                Duration.ZERO);
        BatchReport report = PatchRunner.builder(workspace).tests(green).isolation(isolation).build()
                .run(PatchBatch.of(List.of(Patch.write("new", "readme.txt", "new\n".getBytes(StandardCharsets.UTF_8)))));

        boolean folds = Workspace.at(workspace).spelling().folding();
        assertThat(report.outcomes()).as("%s", report).extracting(PatchOutcome::kind).containsExactly(folds ? Kind.REFUSED : Kind.APPLIED);
        assertThat(names(workspace)).isEqualTo(folds ? List.of("README.txt", "plain") : List.of("README.txt", "plain", "readme.txt"));
        assertThat(workspace.resolve("README.txt")).hasContent("text");
    }
}
