package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapReportsTest {
    @TempDir
    Path folder;

    private final ResultSet results = new ResultSet();

    @Test
    void readsLinesDirectivesAndBlocks() throws Exception {
        ReportPlaces.Reading reading = read("""
                TAP version 14
                1..7
                ok 1 - adds # time=12.5ms
                not ok 2 - rounds
                  ---
                  message: 'off by one'
                  duration_ms: 1500.25
                  at: ok 3 - never
                  ...
                # a comment
                what is no line of TAP
                ok 3 - later # SKIP not yet
                not ok 4 - known # TODO issue 7
                ok 5 escapes \\# and \\\\ # todo it works
                ok
                not ok 7
                """);

        assertThat(reading).isEqualTo(new ReportPlaces.Reading(1, 0, List.of()));
        assertThat(results.list()).extracting(TestResult::toString).containsExactly("cart#adds PASSED",
                "cart#rounds FAILED: message: 'off by one'\\nat: ok 3 - never", "cart#later SKIPPED: not yet", "cart#known SKIPPED: todo: issue 7",
                "cart#escapes # and \\ PASSED: it works", "cart#test 6 PASSED", "cart#test 7 FAILED");
        assertThat(results.list().get(1).duration()).isEqualTo(Duration.ofNanos(1_500_250_000));
    }

    @Test
    void readsSubtestsBeforeAndBehindTheirLine() throws Exception {
        ReportPlaces.Reading reading = read("""
                TAP version 13
                # Subtest: cart
                    ok 1 - adds
                    # Subtest: sums
                        not ok 1 - rounds
                        1..1
                    not ok 2 - sums
                    1..2
                not ok 1 - cart
                ok 2 - buffered {
                    1..1
                    ok 1 - inside
                }
                # Subtest: excused
                    not ok 1 - fails
                    1..1
                not ok 3 - excused # TODO later
                    # Subtest: skipped
                    1..0 # SKIP no network
                ok 4 - skipped # SKIP no network
                1..4
                """);

        assertThat(reading.broken()).isEmpty();
        assertThat(results.list()).extracting(TestResult::toString).containsExactly("cart#cart > adds PASSED",
                "cart#cart > sums > rounds FAILED", "cart#cart > sums FAILED", "cart#cart FAILED", "cart#buffered > inside PASSED",
                "cart#excused > fails SKIPPED: todo: ", "cart#excused SKIPPED: todo: later", "cart#skipped SKIPPED: no network");
    }

    @Test
    void namesASubtestByTheCommentOfItsOwnDepthAndNoLaterOne() throws Exception {
        ReportPlaces.Reading reading = read("""
                TAP version 13
                # Subtest: alone
                ok 1 - alone
                    # Subtest: inside of itself
                    ok 1 - a
                    1..1
                ok 2 - inside of itself
                # Subtest: cart
                    # Subtest: adds
                    ok 1 - adds
                    # Subtest: sums
                        # Subtest: rounds
                        ok 1 - rounds
                        1..1
                    ok 2 - sums
                    1..2
                ok 3 - cart
                1..3
                """);

        assertThat(reading.broken()).isEmpty();
        assertThat(results.list()).extracting(TestResult::id)
                .containsExactly("cart#alone", "cart#inside of itself > a", "cart#cart > adds", "cart#cart > sums > rounds");
    }

    @Test
    void namesASubtestThatIsTheFirstThingInAnotherAsPerlWritesIt() throws Exception {
        read("    # Subtest: x\n        # Subtest: y\n        ok 1 - in\n        1..1\n    ok 1 - y\n        # Subtest: z\n        not ok 1 - in\n"
                + "        1..1\n    not ok 2 - z\n    1..2\nnot ok 1 - x\n1..1\n");

        assertThat(results.list()).extracting(TestResult::toString).contains("cart#x > y > in PASSED", "cart#x > z > in FAILED");
    }

    @Test
    void doesNotLetALineExcuseTheFailureOfItsSubtest() throws Exception {
        read("# Subtest: a\n    not ok 1 - b\n    1..1\nok 1 - a\n1..1\n");

        assertThat(results.list()).extracting(TestResult::status).containsExactly(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /app#todos works", "renders #todo-list", "is written in C#todo", "a line\u0085of two"})
    void excusesNoFailureWhoseDescriptionOnlyLooksLikeADirective(String description) throws Exception {
        assertThat(read("1..1\nnot ok 1 - " + description + "\n").broken()).isEmpty();

        assertThat(results.list()).extracting(TestResult::status).containsExactly(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# TODO", "a #todo", "a # TODO: later", "a # Todo (issue 7)"})
    void excusesAFailureThatIsStillToBeDone(String description) throws Exception {
        read("1..1\nnot ok 1 - " + description + "\n");

        assertThat(results.list()).extracting(TestResult::status).containsExactly(Status.SKIPPED);
    }

    @Test
    void takesAPlanOfNothingAsSkipped() throws Exception {
        assertThat(read("1..0 # SKIP no database\n").broken()).isEmpty();
        assertThat(results.list()).extracting(TestResult::toString).containsExactly("cart SKIPPED: no database");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | no plan",
        "'no TAP at all' | no plan",
        "'ok 1 - a' | no plan",
        "'1..3;ok 1;ok 2' | plans 3 tests and has 2",
        "'1..1;ok 1;ok 2' | plans 1 tests and has 2",
        "'1..2;ok 1;ok 1' | comes twice",
        "'1..2;ok 1;ok 5' | plans 2 tests",
        "'1..1;1..1;ok 1' | two plans",
        "'1..1;ok 1;Bail out! the database is gone' | given up: Bail out! the database is gone",
        "'1..1;    1..1;    Bail out!;ok 1' | given up",
        "'1..1;    ok 1 - b;ok 1 - a' | has no plan",
        "'1..1;    1..2;    ok 1 - b;ok 1 - a' | plans 2 tests and has 1",
        "'1..1;ok 1;    1..1;    ok 1 - b' | without a line",
        "'    ok 1 - b;    1..1;1..1;ok 1 - a' | without a line",
        "'1..1;ok 1;  ---;  message: cut off' | does not end",
        "'1..99999999999;ok 1' | more than 100000",
        "'TAP version 15;1..1;ok 1' | known are 12 to 14",
    })
    void callsAReportBrokenThatIsNotWholeOrContradictsItself(String lines, String reason) throws Exception {
        ReportPlaces.Reading reading = read(lines.replace(';', '\n'));

        assertThat(reading.reports()).isZero();
        assertThat(reading.broken()).singleElement().asString().startsWith("cart.tap ").contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1..9\nnot ok 1 - a", "not ok 1 - a\nBail out!", "1..1\n    not ok 1 - a\n    Bail out!",
        "    not ok 1 - a\n    1..1\n1..0", "    not ok 1 - a\n    1..1"})
    void keepsAFailureOfAReportThatIsNotWhole(String text) throws Exception {
        read(text);

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("cart#a FAILED");
    }

    @Test
    void boundsLinesAndNeutralisesThem() throws Exception {
        read("1..1\nnot ok 1 - a\u001b[2J\u202e" + "x".repeat(100_000) + "\n  ---\n" + "  y\n".repeat(100_000) + "  ...\n");

        TestResult result = results.list().get(0);
        assertThat(result.id()).startsWith("cart#a\\u001b[2J\\u202exxx").hasSize(1_000);
        assertThat(result.message()).startsWith("y\\ny").hasSize(2_000);
    }

    @Test
    void takesNoLineFarToTheRightForASubtest() throws Exception {
        assertThat(read("1..1\nok 1\n" + " ".repeat(4_000) + "not ok 1\n").broken()).isEmpty();
        assertThat(results.list()).hasSize(1);
    }

    @Test
    void hasNoMoreThanSoManyTests() throws Exception {
        assertThat(read("ok\n".repeat(ResultSet.MOST + 1)).broken()).singleElement().asString().contains("more than 100000 tests");
    }

    @Test
    void hasNoMoreThanSoManyTestsInSubtestsTogether() throws Exception {
        String subtest = "    ok\n".repeat(60_000) + "    1..60000\nok\n";

        assertThat(read(subtest + subtest + "1..2\n").broken()).singleElement().asString().contains("more than 100000 tests");
    }

    private ReportPlaces.Reading read(String text) throws IOException {
        return Written.read(new TapReports(), folder, results, () -> Files.writeString(folder.resolve("cart.tap"), text));
    }
}
