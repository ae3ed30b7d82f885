package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSelection;
import dev.autosync.testing.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are POSIX shell scripts")
class TestSelectionTest {
    @TempDir
    Path workspace;

    @Test
    void namesMethodsAndWholeClassesToMaven() {
        assertThat(TestSelection.maven().arguments(List.of("a.B#x", "a.B#y", "a.C#z(int)[1]", "a.D$In#{}", "a.E", "a.F#x", "a.F#says no")).orElseThrow())
                .containsExactly("-Dtest=a.B#x+y,a.C#z,a.D$In,a.E,a.F", "-Dsurefire.failIfNoSpecifiedTests=false");
    }

    @Test
    void namesMethodsAndWholeClassesToGradle() {
        assertThat(TestSelection.gradle().arguments(List.of("a.B#y()", "a.B#x", "a.C#[1] 5")).orElseThrow())
                .containsExactly("--tests", "a.B.x", "--tests", "a.B.y", "--tests", "a.C");
    }

    @Test
    void namesAWholeClassWhereTheNumberOfAnInvocationIsPartOfTheMethodsName() {
        assertThat(TestSelection.gradle().arguments(List.of("a.B#sums[1]", "a.C#x")).orElseThrow()).containsExactly("--tests", "a.B", "--tests", "a.C.x");
        assertThat(TestSelection.maven().arguments(List.of("a.B#sums[1 q]", "a.B#x")).orElseThrow()).startsWith("-Dtest=a.B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classMethod", "initializationError", "executionError"})
    void namesAWholeClassThatCouldNotBeSetUp(String method) {
        assertThat(TestSelection.gradle().arguments(List.of("a.B#" + method, "a.B#x")).orElseThrow()).containsExactly("--tests", "a.B");
        assertThat(TestSelection.maven().arguments(List.of("a.B#" + method)).orElseThrow()).startsWith("-Dtest=a.B");
    }

    @Test
    void fillsTemplatesForEachTestOrForAllAtATime() {
        List<String> ids = List.of("pkg.T#a", "pkg.T#b", "pkg.T#a");

        assertThat(TestSelection.template("--only", "{class}.{method}").arguments(ids).orElseThrow())
                .containsExactly("--only", "pkg.T.a", "--only", "pkg.T.b");
        assertThat(TestSelection.template("-k", "{method: or }").arguments(ids).orElseThrow()).containsExactly("-k", "a or b");
        assertThat(TestSelection.template("-run", "^({method:|})$").arguments(ids).orElseThrow()).containsExactly("-run", "^(a|b)$");
        assertThat(TestSelection.template("-run", "^{method:$|^}$").arguments(List.of("p#TestA", "p#TestSum/2_and_3")).orElseThrow())
                .containsExactly("-run", "^TestA$|^TestSum/2_and_3$");
        assertThat(TestSelection.template("{class}").arguments(ids).orElseThrow()).containsExactly("pkg.T");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dx#y", "--init-script=evil#y", "a b#c", "a*#c", "a?#c", "!a#c", "a,b#c", "%regex[x]#c", "a\nb#c", "a\u0000#c", "$(touch x)#c", "`x`#c",
        "../../etc/x#c", "a/b#c", "é#c", "#c", "a..b#c", "a|b#c", "a;b#c", ".a#c", "\u202ea#c", "@file#c"})
    void runsAllWhenAClassIsNone(String id) {
        assertThat(TestSelection.maven().arguments(List.of("a.B#x", id))).isEmpty();
        assertThat(TestSelection.gradle().arguments(List.of("a.B#x", id))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#-c", "a#--option", "a#b c", "a#b*", "a#b|c", "a#b\n", "a#", "a", "a#$(x)", "a#../b", "a#/etc", "a#b..c", "a#é", "a#b'", "a#b\"", "a#b\\",
        "a#b\u0000", "a#@b", "a#{id}", "a#b$"})
    void runsAllWhenAMethodIsNotSafeInATemplate(String id) {
        assertThat(TestSelection.template("-k", "{method: or }").arguments(List.of("a#x", id))).isEmpty();
        assertThat(TestSelection.template("{method}").arguments(List.of(id))).isEmpty();
    }

    @Test
    void refusesTemplatesWithoutPlaceholdersOrWithBothKinds() {
        assertThatIllegalArgumentException().isThrownBy(() -> TestSelection.template());
        assertThatIllegalArgumentException().isThrownBy(() -> TestSelection.template("-k", "{name}"));
        assertThatIllegalArgumentException().isThrownBy(() -> TestSelection.template("{class}", "{method:,}"));
        assertThatIllegalArgumentException().isThrownBy(() -> TestSelection.template("{class}", "{name}"));
        assertThat(TestSelection.template("^x{2}{class}$").arguments(List.of("T"))).as("braces of another kind").contains(List.of("^x{2}T$"));
    }

    @Test
    void putsTheArgumentsBehindTheCommandOnlyWhenTestsAreAskedFor() throws Exception {
        CommandSuite suite = reporting("T.a").selection(TestSelection.gradle());

        assertThat(suite.selective()).isTrue();
        assertThat(reporting("T.a").selective()).isFalse();
        assertThat(new CommandSuite(List.of("true")).selection(TestSelection.gradle()).selective()).as("without reports tests have no names").isFalse();
        assertThat(suite.fingerprint()).isEqualTo(reporting("T.a").fingerprint());
        assertThat(suite.run(TestContext.of(workspace)).output()).isEqualTo("[]\n");
        assertThat(only(suite, "T#a").output()).isEqualTo("[--tests][T.a]\n");
        assertThat(only(reporting("T.a"), "T#a").output()).isEqualTo("[]\n");
    }

    @Test
    void runsAllWhenTooManyTestsAreAskedFor() throws Exception {
        CommandSuite suite = reporting("T.a").selection(TestSelection.gradle());

        assertThat(only(suite, IntStream.range(0, 201).mapToObj(i -> "T#a" + i).toArray(String[]::new)).output()).isEqualTo("[]\n");
        assertThat(only(suite, IntStream.range(0, 100).mapToObj(i -> "T#a" + "x".repeat(200) + i).toArray(String[]::new)).output()).isEqualTo("[]\n");
        assertThat(only(suite, IntStream.range(0, 200).mapToObj(i -> "T#a" + i).toArray(String[]::new)).output()).startsWith("[--tests][T.a0]");
    }

    @Test
    void isNotGreenWhenATestThatWasAskedForIsNotReported() throws Exception {
        CommandSuite suite = reporting("T.a").selection(TestSelection.gradle());

        assertThat(only(suite, "T#a").verdict()).isEqualTo(Verdict.GREEN);
        assertThat(only(suite, "T#b")).hasToString("NO_TESTS (1 tests, 0 failed): The run says nothing of 1 of the 1 tests that were asked for: T#b");
        assertThat(only(suite, "T#a", "T#b").verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(only(suite, "T#b", "no class").verdict()).as("of all tests, since one cannot be named").isEqualTo(Verdict.NO_TESTS);
        assertThat(only(suite, "T").verdict()).as("a class, of which its tests are reported").isEqualTo(Verdict.GREEN);
    }

    @Test
    void isNotRedWhenTheCommandDoesNotKnowTheTestAndIsWhenATestFailsOrTheTimeIsUp() throws Exception {
        CommandSuite unknown = script("echo No tests found; exit 1").selection(TestSelection.gradle());
        CommandSuite late = script("sleep 60").timeout(Duration.ofMillis(300)).selection(TestSelection.gradle());
        Files.writeString(workspace.resolve("report"), "<testsuite><testcase classname=\"T\" name=\"other\"><failure/></testcase></testsuite>");
        CommandSuite failing = script("mkdir -p r; cat report > r/TEST-T.xml; exit 1").selection(TestSelection.gradle());

        assertThat(only(unknown, "T#a").verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(only(unknown, "T#a").reason()).contains("T#a; Exit code 1").endsWith("No tests found");
        assertThat(unknown.run(TestContext.of(workspace)).verdict()).as("of all tests").isEqualTo(Verdict.RED);
        assertThat(only(late, "T#a").verdict()).isEqualTo(Verdict.RED);
        assertThat(only(failing, "T#a").verdict()).isEqualTo(Verdict.RED);
    }

    @Test
    void putsTheArgumentsForFailFastBehindTheCommandOnlyWhenARunMayEndEarly() throws Exception {
        CommandSuite suite = reporting("T.a").selection(TestSelection.gradle()).failFast("-x", "--now");
        TestContext early = TestContext.of(workspace).failFast();

        assertThat(suite.run(early).output()).isEqualTo("[-x][--now]\n");
        assertThat(suite.run(early.only(List.of("T#a"))).output()).isEqualTo("[-x][--now][--tests][T.a]\n");
        assertThat(suite.run(TestContext.of(workspace)).output()).isEqualTo("[]\n");
        assertThat(reporting("T.a").run(early).output()).isEqualTo("[]\n");
        assertThat(suite.fingerprint()).isEqualTo(reporting("T.a").fingerprint());
        assertThatIllegalArgumentException().isThrownBy(() -> suite.failFast("\u0000"));
    }

    @Test
    void runsAgainWithoutArgumentsForFailFastThatTheCommandDoesNotKnow() throws Exception {
        CommandSuite strict = script("[ $# = 0 ] || { echo unknown option $1; exit 2; }; mkdir -p r; echo '<testsuite><testcase name=\"a\"/></testsuite>' > r/T.xml")
                .failFast("-x");
        CommandSuite failing = script("mkdir -p r; echo run >> runs; echo '<testsuite><testcase name=\"a\"><failure/></testcase></testsuite>' > r/T.xml; exit 1")
                .failFast("-x");

        CommandSuite selecting = script("[ \"$1\" = -x ] && exit 2; mkdir -p r; echo '<testsuite><testcase classname=\"T\" name=\"a\"/></testsuite>' > r/T.xml")
                .selection(TestSelection.gradle()).failFast("-x");

        assertThat(strict.run(TestContext.of(workspace).failFast()).verdict()).isEqualTo(Verdict.GREEN);
        assertThat(selecting.run(TestContext.of(workspace).failFast().only(List.of("T#a"))).verdict()).isEqualTo(Verdict.GREEN);
        TestRun early = failing.run(TestContext.of(workspace).failFast());
        assertThat(early.verdict()).isEqualTo(Verdict.RED);
        assertThat(early.complete()).as("others may not have run").isFalse();
        assertThat(workspace.resolve("runs")).as("a test has failed: no second run").hasContent("run\n");
    }

    private TestRun only(CommandSuite suite, String... ids) throws InterruptedException {
        return suite.run(TestContext.of(workspace).only(List.of(ids)));
    }

    /** Prints its arguments and reports that a test has passed. */
    private CommandSuite reporting(String test) {
        String[] parts = test.split("\\.");
        return script("for a in \"$@\"; do printf '[%s]' \"$a\"; done; [ $# = 0 ] && printf '[]'; echo; mkdir -p r; echo '<testsuite><testcase classname=\""
                + parts[0] + "\" name=\"" + parts[1] + "\"/></testsuite>' > r/TEST-T.xml");
    }

    private static CommandSuite script(String text) {
        return new CommandSuite(List.of("sh", "-c", text, "sh")).timeout(Duration.ofSeconds(30)).junitReports("r");
    }
}
