package dev.autosync.core.trend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.trend.FlakyTest;
import dev.autosync.trend.TrendAnalyzer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlakySearchTest {
    private final History history = new History();

    @Test
    void findsATestThatFailedAndPassedOnOneContentInOneCycle() {
        history.run("a", "t").run("a").run("a").green();

        assertThat(flaky()).singleElement().satisfies(test -> {
            assertThat(test.id()).isEqualTo("t");
            assertThat(test.runs()).isEqualTo(3);
            assertThat(test.failures()).isEqualTo(1);
            assertThat(test.failureRate01()).isEqualTo(0.4);
            assertThat(test.evidence()).containsExactly(1L, 2L, 3L);
        });
    }

    @Test
    void findsItAcrossCyclesAndOnSeveralContents() {
        history.run("a", "t").green().run("b").green().run("a").green().run("b", "t").run("c", "t").green();

        assertThat(flaky()).singleElement().satisfies(test -> {
            assertThat(test.runs()).isEqualTo(4);
            assertThat(test.failures()).isEqualTo(2);
            assertThat(test.evidence()).containsExactly(1L, 3L, 5L, 7L);
        });
    }

    @Test
    void doesNotBlameATestForAPatchThatWasTakenOutAgain() {
        history.run("before").run("with-bad-patch", "t").run("before").green();

        assertThat(flaky()).isEmpty();
    }

    @Test
    void callsABugThatCameAndWentNoFlakyTest() {
        history.run("v1").green().run("v2", "t").green().run("v2", "t").green().run("v3").green();

        assertThat(flaky()).isEmpty();
    }

    @Test
    void callsATestThatAlwaysFailsNoFlakyTest() {
        for (int i = 0; i < 10; i++) {
            history.run("a", "t").green();
        }
        assertThat(flaky()).isEmpty();
    }

    @Test
    void takesNoEvidenceFromARunOfUnknownContent() {
        history.run("", "t").run("").green();

        assertThat(flaky()).isEmpty();
    }

    @Test
    void takesNoEvidenceFromARunThatJudgesNoTest() {
        history.run("a", "t").run("not_run", "a", 10, List.of(), List.of()).run("no_tests", "a", 10, List.of(), List.of())
                .run("stale_report", "a", 10, List.of(), List.of()).run("b").run("not_run", "b", 10, List.of("t"), List.of()).green();

        assertThat(flaky()).isEmpty();
    }

    @Test
    void takesASkippedTestForNeitherPassedNorFailed() {
        history.run("a", "t").run("green", "a", 10, List.of(), List.of("t")).green();
        assertThat(flaky()).isEmpty();

        history.run("a").green();
        assertThat(flaky()).singleElement().satisfies(test -> assertThat(test.evidence()).containsExactly(1L, 4L));
    }

    @Test
    void takesNoPassFromARunOfAnotherNumberOfTests() {
        history.run("a", "t").run("green", "a", 9, List.of(), List.of()).green();

        assertThat(flaky()).isEmpty();
    }

    @Test
    void takesNoPassFromARunWhoseListsAreCut() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            many.add("x" + i);
        }
        history.run("red", "a", 500, List.of("t"), List.of()).run("red", "a", 500, many, List.of())
                .run("green", "a", 500, List.of(), many).green();

        // The failures that were listed are facts all the same; the only complete run is the first, in which those tests passed.
        assertThat(flaky()).extracting(FlakyTest::id).doesNotContain("t").contains("x0").hasSize(200);
        assertThat(flaky()).allSatisfy(test -> assertThat(test.evidence()).containsExactly(1L, 2L));
    }

    @Test
    void ordersByRateOfFailureAndThenById() {
        history.run("a", "rare", "often", "also").run("a", "often", "also").run("a").run("a").green();

        assertThat(flaky()).extracting(FlakyTest::id).containsExactly("also", "often", "rare");
    }

    @Test
    void doesNotReadWhatCannotBeRead() {
        history.run("a", "t").event("test-run", "r", Map.of("tests", 10.0, "failed", 0.0), "{\"verdict\":\"green\",\"content\":7}").green();

        assertThat(flaky()).isEmpty();
    }

    private List<FlakyTest> flaky() {
        return TrendAnalyzer.standard().analyze(history.store).flakyTests();
    }
}
