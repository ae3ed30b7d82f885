package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.autosync.testing.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What writers of JUnit XML mean of which there are no real files ({@link TestToolsTest} has those), and what contradicts itself. */
class JUnitXmlDialectsTest {
    @TempDir
    Path folder;

    private final ResultSet results = new ResultSet();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gradle-merged-reruns | org.example.CartTest#adds() PASSED; org.example.CartTest#wobbles() PASSED x2",
        "gradle-retried | org.example.CartTest#wobbles() FAILED",
        "pytest-rerunfailures | tests.test_net#test_connects PASSED x3; tests.test_net#test_parses PASSED",
        "go-junit-report | example.org/cart#TestAdds PASSED; example.org/cart#TestSum/2_and_3 FAILED; example.org/cart#TestLater SKIPPED",
        "go-build-failed | example.org/cart#[build failed] FAILED",
        "dotnet | Cart.Tests.CartTest#Adds PASSED; Cart.Tests.CartTest#Sum(a: 1, b: 2) FAILED; Cart.Tests.CartTest#Later SKIPPED",
        "bazel | cart/cart_test#cart/cart_test FAILED",
        "nextest | cart::basic#adds PASSED; cart::basic#wobbles PASSED x2; cart::basic#rounds FAILED x2",
        "counts-skipped-unlisted | cart#adds PASSED",
    })
    void readsTheDialect(String sample, String expected) throws Exception {
        ReportPlaces.Reading reading = Written.read(new JUnitXmlReports(), folder, results, () -> copy(sample));

        assertThat(reading).isEqualTo(new ReportPlaces.Reading(1, 0, List.of()));
        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown).containsExactly(expected.split("; "));
    }

    @Test
    void hasARowForEachSample() throws Exception {
        String[] rows = JUnitXmlDialectsTest.class.getDeclaredMethod("readsTheDialect", String.class, String.class)
                .getAnnotation(CsvSource.class).value();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/junit-xml"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".xml"))
                    .map(name -> name.replace(".xml", "")))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(rows).map(row -> row.split(" ")[0]).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<testsuite tests='3'><testcase name='a' classname='T'/></testsuite>",
        "<testsuite name='A' tests='2' failures='0' errors='0' skipped='0'><testcase name='a' classname='T'/></testsuite>",
        "<testsuites tests='2'><testsuite tests='1'><testcase name='a' classname='T'/></testsuite></testsuites>",
        "<testsuites><testsuite tests='1'><testcase name='a' classname='T'/></testsuite><testsuite tests='1'/></testsuites>",
        "<testsuite tests='1' skipped='1'><testcase name='a' classname='T'/></testsuite>",
        "<testsuite tests='0'><testcase name='a' classname='T'/></testsuite>",
        "<testsuite tests='2'/>",
        "<testsuites><testsuite name='pytest' tests='2'><testcase name='a'/></testsuite><testsuite tests='2'><testcase name='b'/></testsuite></testsuites>",
        "<testsuite name='pytest' tests='2' timestamp='t' hostname='h'><testcase name='a'/></testsuite>",
        "<testsuites><testsuite name='pytest' tests='2' timestamp='t' hostname='h'/></testsuites>",
        "<testsuites tests='2'><testsuite name='pytest' tests='2' timestamp='t' hostname='h'><testcase name='a'/></testsuite></testsuites>",
        "<testsuites><testsuite name='pytest' tests='2' timestamp='t' hostname='h'><testcase name='a'/><testsuite tests='0'/></testsuite></testsuites>",
        "<testsuites><testsuite name='pytest' tests='1' timestamp='t' hostname='h'><testsuite tests='2'><testcase name='a'/></testsuite></testsuite></testsuites>",
        "<testsuite name='Mocha Tests' tests='2' timestamp='t'><testcase name='a'/></testsuite>",
        "<testsuite name='Root Suite' tests='2' timestamp='t'><testcase name='a'/></testsuite>",
        "<testsuites name='Mocha Tests' tests='2'><testsuite name='a' tests='2'><testcase name='a'/></testsuite></testsuites>",
        "<testsuites name='Mocha Tests' tests='3'><testsuite name='a' tests='2' timestamp='t'><testcase name='a'/></testsuite></testsuites>",
        "<testsuites name='Mocha Tests'><testsuite name='a' tests='2' timestamp='t'><testcase name='a'/></testsuite></testsuites>",
    })
    void callsNumbersThatItsCasesDoNotBearOutAContradiction(String report) throws Exception {
        ReportPlaces.Reading reading = Written.read(new JUnitXmlReports(), folder, results,
                () -> Files.writeString(folder.resolve("TEST-T.xml"), report));

        assertThat(reading.reports()).isZero();
        assertThat(reading.broken()).singleElement().asString().startsWith("TEST-T.xml contradicts itself: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<testsuite tests='1' failures='1'><testcase name='a' classname='T'/></testsuite>",
        "<testsuite tests='2' failures='2'><testcase name='a' classname='T'><flakyFailure/></testcase></testsuite>",
        "<testsuites failures='1'><testsuite tests='1'><testcase name='a' classname='T'/></testsuite></testsuites>",
        "<testsuite tests='9'><testcase name='a' classname='T'><failure/></testcase></testsuite>",
    })
    void keepsAFailureWhateverTheOtherNumbersSay(String report) throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"), report));

        assertThat(results.list()).extracting(TestResult::status).contains(TestResult.Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status='failed'", "status='FAILED'", "status='error'", "result='failure'", "status='run' result='failed'", "success='False'",
        "status='skipped' result='failed'"})
    void takesACaseWhoseAttributesSayThatItFailedAsFailed(String attributes) throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"),
                "<testsuite><testcase name='a' " + attributes + "/><testcase name='b' " + attributes + "><skipped/></testcase></testsuite>"));

        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown).containsExactly("a FAILED", "b FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status='disabled'", "status='notrun'", "result='skipped'", "result='suppressed'"})
    void takesACaseWhoseAttributesSayThatItDidNotRunAsSkipped(String attributes) throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"),
                "<testsuite><testcase name='a' " + attributes + "/><testcase name='b' " + attributes + "><failure/></testcase>"
                        + "<testcase name='c' status='run' result='completed' success='true'/></testsuite>"));

        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown).containsExactly("a SKIPPED", "b FAILED", "c PASSED");
    }

    @Test
    void excusesAFailureOnlyWhereItsWriterDoes() throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"), "<testsuite>"
                + "<testcase name='todo'><skipped type='todo'/><failure/></testcase><testcase name='skipped'><skipped type='skipped'/><failure/></testcase>"
                + "<testcase name='late'><failure/><skipped type='todo'/></testcase>"
                + "<testcase name='risky'><error type='PHPUnit\\Framework\\RiskyTestError'/></testcase><testcase name='other'><error type='RiskyTestError'/></testcase>"
                + "<testcase name='both'><error type='PHPUnit\\Framework\\RiskyTestError'/><failure/></testcase></testsuite>"));

        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown)
                .containsExactly("todo SKIPPED", "skipped FAILED", "late FAILED", "risky SKIPPED", "other FAILED", "both FAILED");
    }

    @Test
    void takesCasesOfOneNameForAttemptsOnlyInAPackageOfGoThatGotestsumReports() throws Exception {
        String cases = "<testcase name='a'><failure message='late'/></testcase><testcase name='b'><failure/></testcase><testcase name='a'/><testcase name='b'><failure/></testcase>";
        String go = "<properties><property name='go.version' value='go1.19'/></properties>";
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"), "<testsuites tests='9'><testsuite name='p' timestamp='t'>" + go + cases
                + "</testsuite><testsuite name='q' timestamp='t'>" + cases + "</testsuite><testsuite name='q' timestamp='t'>" + go
                + "<testcase name='a'/></testsuite><testsuite name='go-junit-report' hostname='h' errors='0' timestamp='t'>" + go + cases + "</testsuite></testsuites>"));
        Files.delete(folder.resolve("TEST-T.xml"));
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-S.xml"), "<testsuite name='surefire' tests='4'>" + go
                + cases + "</testsuite>"));

        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown).containsExactly("p#a PASSED x2", "p#b FAILED x2", "q#a FAILED", "q#b FAILED",
                "go-junit-report#a FAILED", "go-junit-report#b FAILED", "surefire#a FAILED", "surefire#b FAILED");
        assertThat(results.list().get(0).message()).isEqualTo("passed when repeated; before: late");
    }

    @Test
    void keepsAFailureOfATestOfGoThatIsOnlySkippedWhenRepeated() throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"), "<testsuites tests='2'><testsuite name='p' timestamp='t'>"
                + "<properties><property name='go.version'/></properties><testcase name='a'><failure message='late'/></testcase><testcase name='a'><skipped/></testcase>"
                + "</testsuite></testsuites>"));

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("p#a FAILED: late");
    }

    @Test
    void keepsAFailureOfAPackageOfGoWhoseReportBreaksOff() throws Exception {
        Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-T.xml"), "<testsuites tests='9'><testsuite name='p' timestamp='t'>"
                + "<properties><property name='go.version'/></properties><testcase name='a'><failure/></testcase><testcase "));

        assertThat(results.list()).extracting(JUnitXmlDialectsTest::shown).containsExactly("p#a FAILED");
    }

    @Test
    void boundsThePackagesOfGo() throws Exception {
        StringBuilder report = new StringBuilder("<testsuites tests='9'><testsuite name='p' timestamp='t'><properties><property name='go.version'/></properties>");
        for (int i = 0; i < 3 * ResultSet.MOST; i++) {
            report.append("<testcase name='").append(i).append("'/>");
        }
        InputStream in = new ByteArrayInputStream(report.toString().getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(ResultSet.TooManyResultsException.class).isThrownBy(() -> new JUnitXmlReports().read("r.xml", in, results));
        assertThat(in.available()).as("is not read").isGreaterThan(report.length() / 2);
    }

    private void copy(String sample) throws IOException {
        try (InputStream in = JUnitXmlDialectsTest.class.getResourceAsStream("/junit-xml/" + sample + ".xml")) {
            Files.copy(in, folder.resolve("TEST-sample.xml"));
        }
    }

    private static String shown(TestResult result) {
        return result.id() + " " + result.status() + (result.attempts() == 1 ? "" : " x" + result.attempts());
    }
}
