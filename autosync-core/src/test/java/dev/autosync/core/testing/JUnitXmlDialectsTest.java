package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.testing.TestResult;
import java.io.IOException;
import java.io.InputStream;
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

/** What the writers of JUnit XML mean, and that none of them contradicts itself. */
class JUnitXmlDialectsTest {
    @TempDir
    Path folder;

    private final ResultSet results = new ResultSet();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "surefire-rerun | org.example.CartTest#adds PASSED; org.example.CartTest#wobbles PASSED x3",
        "surefire-rerun-failed | org.example.CartTest#adds PASSED; org.example.CartTest#rounds FAILED x3",
        "gradle | org.example.CartTest#adds() PASSED; org.example.CartTest#rounds() FAILED; org.example.CartTest#later() SKIPPED",
        "gradle-merged-reruns | org.example.CartTest#adds() PASSED; org.example.CartTest#wobbles() PASSED x2",
        "gradle-retried | org.example.CartTest#wobbles() FAILED",
        "pytest | tests.test_cart.TestCart#test_adds PASSED; tests.test_cart#test_sum[1-2] FAILED; tests.test_cart#test_later SKIPPED; "
                + "tests.test_cart#test_known SKIPPED; tests.test_cart#test_closes FAILED",
        "pytest-subtests | tests.test_cart#test_each PASSED",
        "pytest-rerunfailures | tests.test_net#test_connects PASSED x3; tests.test_net#test_parses PASSED",
        "jest-junit | cart adds#cart adds PASSED; cart todo#cart todo PASSED; cart rounds#cart rounds FAILED; cart later#cart later SKIPPED",
        "mocha-junit-grep | adds#cart adds PASSED",
        "mocha-xunit | cart#adds PASSED; cart#later SKIPPED; cart#rounds FAILED",
        "go-junit-report | example.org/cart#TestAdds PASSED; example.org/cart#TestSum/2_and_3 FAILED; example.org/cart#TestLater SKIPPED",
        "go-build-failed | example.org/cart#[build failed] FAILED",
        "phpunit-nested | CartTest#testAdds PASSED; CartTest#testLater SKIPPED; CartTest#testSum with data set #0 PASSED; "
                + "CartTest#testSum with data set #1 FAILED",
        "dotnet | Cart.Tests.CartTest#Adds PASSED; Cart.Tests.CartTest#Sum(a: 1, b: 2) FAILED; Cart.Tests.CartTest#Later SKIPPED",
        "bazel | cart/cart_test#cart/cart_test FAILED",
        "nextest | cart::basic#adds PASSED; cart::basic#wobbles PASSED x2; cart::basic#rounds FAILED x2",
        "googletest | Cart#Adds PASSED; Cart#DISABLED_Later SKIPPED; Cart#Rounds FAILED",
        "node-test | test#alone PASSED; test#adds PASSED; test#rounds FAILED; test#later SKIPPED",
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

    private void copy(String sample) throws IOException {
        try (InputStream in = JUnitXmlDialectsTest.class.getResourceAsStream("/junit-xml/" + sample + ".xml")) {
            Files.copy(in, folder.resolve("TEST-sample.xml"));
        }
    }

    private static String shown(TestResult result) {
        return result.id() + " " + result.status() + (result.attempts() == 1 ? "" : " x" + result.attempts());
    }
}
