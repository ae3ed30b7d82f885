package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are POSIX shell scripts")
class CommandSuiteTest {
    private static final String GREEN = "<testsuite><testcase name=\"a\" classname=\"T\"/><testcase name=\"b\" classname=\"T\"/></testsuite>";
    private static final String FAILING = "<testsuite><testcase name=\"a\" classname=\"T\"><failure message=\"1 != 2\"/></testcase></testsuite>";
    private static final String SKIPPED = "<testsuite><testcase name=\"a\" classname=\"T\"><skipped/></testcase></testsuite>";

    @TempDir
    Path workspace;

    @Test
    void isGreenWhenTheReportsAndTheExitCodeSaySo() throws Exception {
        TestRun run = run(reporting(GREEN, 0));

        assertThat(run.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(run.results()).extracting(TestResult::id).containsExactly("T#a", "T#b");
        assertThat(run.reason()).isEqualTo("2 tests in 1 reports, none failed");
    }

    @Test
    void isRedWhenAReportHasAFailureWhateverTheExitCodeSays() throws Exception {
        TestRun run = run(reporting(FAILING, 0));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.failures()).extracting(TestResult::message).containsExactly("1 != 2");
        assertThat(run.reason()).isEqualTo("1 of 1 tests failed: T#a");
    }

    @Test
    void isRedWhenTheExitCodeSaysSoWhateverTheReportsSay() throws Exception {
        TestRun run = run(reporting(GREEN, 1));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("Exit code 1 although every test passed");
        assertThat(run.results()).hasSize(2);
    }

    @Test
    void namesTheSeedsThatReportsAndItsOwnEnvironmentName() throws Exception {
        TestRun run = run(reporting("<testsuite><properties><property name=\"random.seed\" value=\"42&#10;\"/>"
                + "<property name=\"user\" value=\"x\"/></properties><testcase name=\"a\"/></testsuite>", 0).environment("ORDER_SEED", "7"));

        assertThat(run.seeds()).containsExactlyInAnyOrderEntriesOf(Map.of("random.seed", "42\\n", "ORDER_SEED", "7"));
    }

    @Test
    void hasNoTestsWhenThereIsNoReportOrOnlySkippedOnes() throws Exception {
        assertThat(run(reports("true"))).hasToString("NO_TESTS (0 tests, 0 failed): The run wrote no report in target/reports");
        assertThat(run(reporting(SKIPPED, 0)).verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(run(reporting("<testsuite/>", 0)).verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(run(reporting(SKIPPED, 1)).verdict()).isEqualTo(Verdict.RED);
    }

    @Test
    void isRedWithTheLastLinesWhenTheBuildBrokeBeforeAnyTest() throws Exception {
        TestRun run = run(reports("echo compiling; printf '\\033[31mA.java:3: error\\n' >&2; exit 1"));

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason())
                .isEqualTo("Exit code 1 before any test ran; the last lines: compiling | \\u001b[31mA.java:3: error");
        assertThat(run.output()).isEqualTo("compiling\n\\u001b[31mA.java:3: error\n");
    }

    @Test
    void isNotGreenOnReportsOfAnEarlierRun() throws Exception {
        oldReport(GREEN);

        TestRun run = run(reports("true"));
        assertThat(run.verdict()).isEqualTo(Verdict.STALE_REPORT);
        assertThat(run.results()).isEmpty();
        assertThat(run(reports("exit 1")).verdict()).isEqualTo(Verdict.RED);
        assertThat(workspace.resolve("target/reports/TEST-T.xml")).exists();
    }

    @Test
    void readsAnOldReportThatTheRunWroteAgain() throws Exception {
        oldReport(FAILING);

        assertThat(run(reporting(GREEN, 0)).verdict()).isEqualTo(Verdict.GREEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<testsuite><testcase name=", "", "no XML", "<testsuite tests=\"3\"><testcase name=\"a\" classname=\"T\"/></testsuite>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><testsuite><testcase name=\"&a;\"/></testsuite>"
    })
    void tellsABrokenReportFromARedOneWhateverTheExitCodeSays(String report) throws Exception {
        for (int exitCode : new int[] {0, 1}) {
            TestRun run = run(reporting(report, exitCode));

            assertThat(run.verdict()).isEqualTo(Verdict.BROKEN_REPORT);
            assertThat(run.reason()).startsWith("TEST-T.xml ");
        }
    }

    @Test
    void isNotGreenWhenOneOfManyReportsIsBroken() throws Exception {
        String both = "mkdir -p target/reports; printf '%s' '" + GREEN + "' > target/reports/a.xml; printf '%s' '";

        assertThat(run(reports(both + "<testsuite' > target/reports/b.xml")).verdict()).isEqualTo(Verdict.BROKEN_REPORT);
        assertThat(run(reports(both + FAILING + "<' > target/reports/b.xml")).verdict())
                .as("the test had failed before its report broke off").isEqualTo(Verdict.RED);
    }

    @Test
    void tellsACrashFromRedUnlessATestHasFailedByThen() throws Exception {
        for (String end : List.of("kill -SEGV $$", "sh -c 'kill -9 $$'", "exit 134")) {
            assertThat(run(reports(end)).verdict()).as(end).isEqualTo(Verdict.CRASHED);
            assertThat(run(suite(end)).verdict()).as(end).isEqualTo(Verdict.CRASHED);
            assertThat(run(writing(GREEN, end)).verdict()).as(end).isEqualTo(Verdict.CRASHED);
            assertThat(run(writing("<testsuite><testcase ", end)).verdict()).as(end).isEqualTo(Verdict.CRASHED);
            assertThat(run(writing(FAILING, end)).verdict()).as(end).isEqualTo(Verdict.RED);
        }
        assertThat(run(suite("exit 127")).verdict()).as("not found, says the shell").isEqualTo(Verdict.RED);
    }

    @Test
    void showsThatATestPassedOnlyWhenRepeated() throws Exception {
        TestRun run = run(reporting("<testsuite><testcase name=\"a\" classname=\"T\"><flakyFailure message=\"late\"/></testcase></testsuite>", 0));

        assertThat(run.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(run.results()).singleElement().satisfies(result -> {
            assertThat(result.attempts()).isEqualTo(2);
            assertThat(result.message()).isEqualTo("passed when repeated; before: late");
        });
    }

    @Test
    void letsTheExitCodeDecideWhereNoReportsAreNamed() throws Exception {
        assertThat(run(suite("true"))).hasToString(
                "GREEN (0 tests, 0 failed): Exit code 0; no reports are read, so the exit code alone decided");
        assertThat(run(suite("kill -9 $$"))).hasToString("CRASHED (0 tests, 0 failed): The command was ended by a signal that AutoSync had not sent: Exit code 137 (signal 9);"
                        + " it printed nothing");
    }

    @Test
    void isRedWhenTheTimeIsUpOrNothingIsPrinted() throws Exception {
        TestRun late = run(reports("sleep 60").timeout(Duration.ofMillis(300)));
        TestRun silent = run(suite("sleep 60").idleTimeout(Duration.ofMillis(300)));

        assertThat(late.verdict()).isEqualTo(Verdict.RED);
        assertThat(late.reason()).startsWith("The time was up");
        assertThat(silent.verdict()).isEqualTo(Verdict.RED);
        assertThat(silent.reason()).startsWith("The command printed nothing for too long");
    }

    @Test
    void blamesNobodyWhenTheCommandCannotBeStarted() throws Exception {
        TestRun run = run(new CommandSuite(List.of("no-such-program-of-autosync")).junitReports("target/reports"));
        TestRun nowhere = suite("true").run(TestContext.of(workspace.resolve("missing")));

        assertThat(run.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(run.reason()).startsWith("The command could not be started").contains("no-such-program-of-autosync");
        assertThat(nowhere.verdict()).isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void runsInTheWorkspaceWithTheVariablesItWasGiven() throws Exception {
        TestRun run = run(suite("pwd; echo $ADDED").environment("ADDED", "yes"));

        assertThat(run.output()).isEqualTo(workspace.toRealPath() + "\nyes\n");
    }

    @Test
    void refusesFoldersThatLeaveTheWorkspaceAndTimesThatAreNone() {
        CommandSuite suite = suite("true");

        assertThatIllegalArgumentException().isThrownBy(() -> suite.junitReports("../other"));
        assertThatIllegalArgumentException().isThrownBy(() -> suite.junitReports("a/../../b"));
        assertThatIllegalArgumentException().isThrownBy(() -> suite.junitReports("/tmp"));
        assertThatIllegalArgumentException().isThrownBy(() -> suite.timeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> suite.environment("A=B", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> suite.passEnvironment(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new CommandSuite(List.of()));
    }

    @Test
    void hasAFingerprintOfAllThatDecidesAndOfNoSecret() {
        CommandSuite suite = new CommandSuite(List.of("a", "b c")).environment("TOKEN", "s3cret").passEnvironment("X", "Y");

        assertThat(suite.fingerprint()).isEqualTo(new CommandSuite(List.of("a", "b c")).passEnvironment("Y").passEnvironment("X")
                .environment("TOKEN", "s3cret").fingerprint());
        assertThat(suite.fingerprint()).doesNotContain("s3cret").hasLineCount(1);
        assertThat(List.of(
                suite.fingerprint(), new CommandSuite(List.of("a", "b", "c")).fingerprint(),
                new CommandSuite(List.of("a\" \"b", "c")).fingerprint(), suite.environment("TOKEN", "other").fingerprint(),
                suite.junitReports("r").fingerprint(), suite.openTestReports("r").fingerprint(), suite.tapReports("r").fingerprint(),
                suite.timeout(Duration.ofSeconds(1)).fingerprint(),
                suite.idleTimeout(Duration.ofSeconds(1)).fingerprint(), suite.passEnvironment("Z").fingerprint()))
                .doesNotHaveDuplicates();
    }

    @Test
    void takesTapFromFilesAndNeverFromWhatIsPrinted() throws Exception {
        assertThat(run(suite("printf 'ok 1 - a\\n1..1\\n' > a.tap").tapReports(".")).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(run(suite("printf 'ok 1 - a\\n1..1\\n'").tapReports("taps")).verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(run(suite("printf 'not ok 1 - a\\n1..1\\n' > b.tap").tapReports(".")).verdict()).isEqualTo(Verdict.RED);
        assertThat(run(suite("printf 'ok 1 - a\\n1..2\\n' > b.tap").tapReports(".")).verdict()).isEqualTo(Verdict.BROKEN_REPORT);
    }

    @Test
    void needsEveryKindOfReportToAgree() throws Exception {
        CommandSuite both = writing(GREEN, "printf 'not ok 1 - c\\n1..1\\n' > target/reports/c.tap").tapReports("target/reports");

        assertThat(run(both).reason()).isEqualTo("1 of 3 tests failed: c#c");
    }

    private TestRun run(CommandSuite suite) throws InterruptedException {
        return suite.run(TestContext.of(workspace));
    }

    private static CommandSuite suite(String script) {
        return new CommandSuite(List.of("sh", "-c", script)).timeout(Duration.ofSeconds(30));
    }

    private static CommandSuite reports(String script) {
        return suite(script).junitReports("target/reports");
    }

    private static CommandSuite reporting(String xml, int exitCode) {
        return writing(xml, "exit " + exitCode);
    }

    private static CommandSuite writing(String xml, String end) {
        return reports("mkdir -p target/reports; printf '%s' '" + xml + "' > target/reports/TEST-T.xml; " + end);
    }

    private void oldReport(String xml) throws IOException {
        Files.writeString(Files.createDirectories(workspace.resolve("target/reports")).resolve("TEST-T.xml"), xml);
    }
}
