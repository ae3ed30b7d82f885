package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests are run first: those that failed of late, and those of what is changed. */
class LikelyFailuresTest {
    @TempDir
    Path folder;

    private FailureMemory memory;

    @BeforeEach
    void openMemory() {
        Workspace workspace = Workspace.at(folder);
        workspace.createState();
        memory = new FailureMemory(workspace, new RealFiles(folder));
    }

    private static TestRun run(Verdict verdict, String... failures) {
        return TestRun.of(verdict, "", Stream.of(failures).map(id -> TestResult.of(id, Status.FAILED, Duration.ZERO, "")).toList(), Duration.ZERO);
    }

    @Test
    void putsAChangedTestFirstThenThatOfAChangedClassThenWhatFailedLessOften() {
        List<String> tests = List.of("a.OtherTest#x", "a.PriceTest#adds", "a.CartTest#sums", "a.OldTest#fails");

        assertThat(LikelyFailures.of(tests, Map.of("a.OldTest#fails", 0.5), List.of("src/main/java/a/Price.java", "src/test/java/a/CartTest.java")))
                .containsExactly("a.CartTest#sums", "a.PriceTest#adds", "a.OldTest#fails");
    }

    @Test
    void knowsTheNamesOfOtherWorlds() {
        List<String> tests = List.of("tests.test_price#test_adds", "PriceIT", "src/price.spec", "a.Shop$PriceTests#x", "a.Prices#x");

        assertThat(LikelyFailures.of(tests, Map.of(), List.of("lib/price.py"))).containsExactlyInAnyOrder("tests.test_price#test_adds", "PriceIT",
                "a.Shop$PriceTests#x");
    }

    @Test
    void namesAtMostTwoHundred() {
        List<String> tests = IntStream.range(0, 1_000).mapToObj(i -> "PriceTest#t" + i).toList();

        assertThat(LikelyFailures.of(tests, Map.of(), List.of("Price.java"))).hasSize(200);
    }

    @Test
    void remembersFailuresAndForgetsThemSlowly() throws Exception {
        memory.note(List.of(run(Verdict.RED, "a", "b"), run(Verdict.RED, "a")));
        Map<String, Double> fresh = memory.recall();
        assertThat(fresh.get("a")).isGreaterThan(fresh.get("b"));

        memory.note(IntStream.range(0, 20).mapToObj(i -> run(Verdict.GREEN)).toList());
        assertThat(memory.recall().get("a")).isBetween(0.1, fresh.get("a") / 2);

        memory.note(IntStream.range(0, 200).mapToObj(i -> run(Verdict.GREEN)).toList());
        assertThat(memory.recall()).isEmpty();
    }

    @Test
    void takesACrashForNoFailure() throws Exception {
        memory.note(List.of(run(Verdict.CRASHED, "a")));

        assertThat(memory.recall()).isEmpty();
        assertThat(folder.resolve(".autosync/failures.json")).doesNotExist();
    }

    @Test
    void keepsToAThousandTests() throws Exception {
        memory.note(List.of(run(Verdict.RED, IntStream.range(0, 900).mapToObj(i -> "a" + i).toArray(String[]::new)),
                run(Verdict.RED, IntStream.range(0, 900).mapToObj(i -> "b" + i).toArray(String[]::new))));

        assertThat(memory.recall()).hasSize(1_000).containsKey("b0");
    }

    @Test
    void goesOnWithoutAMemoryThatIsDamaged() throws Exception {
        Files.writeString(folder.resolve(".autosync/failures.json"), "{\"version\": 1, \"tests\": [{\"id\": 7}]}");

        assertThat(memory.recall()).isEmpty();
        memory.note(List.of(run(Verdict.RED, "a")));
        assertThat(memory.recall()).containsOnlyKeys("a");
    }
}
