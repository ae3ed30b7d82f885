package dev.autosync.bench.culprit.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.bench.WorkFolder;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildSuiteTest {
    private static final String CODE = "public class Sum { public static int of(int a, int b) { return a + b; } }";
    private static final String TESTS = """
            import org.junit.jupiter.api.Assertions;
            import org.junit.jupiter.api.Test;
            class SumTest {
                @Test void adds() { Assertions.assertEquals(3, Sum.of(1, 2)); }
                @Test void adds0() throws Exception {
                    Assertions.assertEquals(0, Sum.of(0, 0));
                    Assertions.assertTrue(java.nio.file.Files.exists(java.nio.file.Path.of("src/main/java/Sum.java")));
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void eachRunTestsTheTreeThatIsThere() throws IOException, InterruptedException {
        Path tree = tree("tree", CODE);
        Path other = tree("other", CODE.replace("a + b", "a * b"));
        try (ChildSuite suite = new ChildSuite(folder, libraries())) {
            assertThat(suite.run(TestContext.of(tree))).matches(TestRun::green).extracting(run -> run.results().size()).isEqualTo(2);

            TestRun red = suite.run(TestContext.of(other));
            assertThat(red.verdict()).isEqualTo(Verdict.RED);
            assertThat(red.failures()).singleElement().satisfies(test -> assertThat(test.id()).contains("adds()"));

            List<String> failed = red.failures().stream().map(TestResult::id).toList();
            assertThat(suite.run(TestContext.of(tree).only(failed)).results()).singleElement()
                    .satisfies(test -> assertThat(test.status()).isEqualTo(TestResult.Status.PASSED));

            tree("tree", CODE.replace("int of", "int add"));
            assertThat(suite.run(TestContext.of(tree))).satisfies(run -> {
                assertThat(run.verdict()).isEqualTo(Verdict.RED);
                assertThat(run.results()).isEmpty();
                assertThat(run.reason()).contains("SumTest.java");
            });

            tree("tree", CODE.replace("return a", "System.exit(0); return a"));
            assertThat(suite.run(TestContext.of(tree)).verdict()).isEqualTo(Verdict.RED);
            tree("tree", CODE);
            assertThat(suite.run(TestContext.of(tree)).verdict()).isEqualTo(Verdict.GREEN);
        }
    }

    private Path tree(String name, String code) throws IOException {
        Path tree = folder.resolve(name);
        Files.createDirectories(tree.resolve("src/main/java"));
        Files.createDirectories(tree.resolve("src/test/java"));
        Files.writeString(tree.resolve("src/main/java/Sum.java"), code);
        Files.writeString(tree.resolve("src/test/java/SumTest.java"), TESTS);
        return tree;
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(WorkFolder.home().resolveSibling("autosync-examples").resolve("target/main-job/lib"))) {
            return jars.toList();
        }
    }
}
