package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;

class JUnitXmlReportsTest {
    @TempDir
    Path folder;

    private final ResultSet results = new ResultSet();

    @Test
    void readsWhatSurefireWrites() throws Exception {
        ReportPlaces.Reading reading = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="org.example.CartTest" time="0.12"
                    tests="5" errors="1" skipped="1" failures="1" flakes="1">
                  <properties><property name="java.version" value="17"/></properties>
                  <testcase name="adds" classname="org.example.CartTest" time="0.012"/>
                  <testcase name="sum(int, int)[2]" classname="org.example.CartTest" time="1,234.5"/>
                  <testcase name="rounds" classname="org.example.CartTest" time="0.001">
                    <failure message="expected: &lt;1&gt; but was: &lt;2&gt;" type="org.opentest4j.AssertionFailedError"><![CDATA[
                org.opentest4j.AssertionFailedError: expected: <1> but was: <2>
                    at org.example.CartTest.rounds(CartTest.java:9)]]></failure>
                    <rerunFailure message="again" type="org.opentest4j.AssertionFailedError"><stackTrace>trace</stackTrace></rerunFailure>
                    <system-out><![CDATA[<failure message="printed"/>]]></system-out>
                  </testcase>
                  <testcase name="connects" classname="org.example.CartTest" time="0">
                    <error type="java.io.IOException">java.io.IOException
                    at somewhere</error>
                  </testcase>
                  <testcase name="later" classname="org.example.CartTest" time="0"><skipped message="not yet"/></testcase>
                  <testcase name="wobbles" classname="org.example.CartTest" time="0.5">
                    <flakyFailure message="timed out" type="java.lang.AssertionError"><stackTrace>trace</stackTrace></flakyFailure>
                  </testcase>
                </testsuite>
                """);

        assertThat(reading).isEqualTo(new ReportPlaces.Reading(1, 0, List.of()));
        assertThat(results.list()).extracting(TestResult::id).containsExactly("org.example.CartTest#adds",
                "org.example.CartTest#sum(int, int)[2]", "org.example.CartTest#rounds", "org.example.CartTest#connects",
                "org.example.CartTest#later", "org.example.CartTest#wobbles");
        assertThat(results.list()).extracting(TestResult::status).containsExactly(Status.PASSED, Status.PASSED, Status.FAILED,
                Status.FAILED, Status.SKIPPED, Status.PASSED);
        assertThat(results.list()).extracting(TestResult::duration).startsWith(Duration.ofMillis(12), Duration.ofMillis(1_234_500));
        assertThat(results.list()).extracting(TestResult::message).containsExactly("", "",
                "org.opentest4j.AssertionFailedError: expected: <1> but was: <2>",
                "java.io.IOException\\n    at somewhere", "not yet",
                "passed when repeated; before: java.lang.AssertionError: timed out");
    }

    @ParameterizedTest
    @CsvSource({"0.012,12000000", "12.5,12500000000", "1.123456789,1123456789", "1.1234567891,1123456789", ".5,500000000", "5,5000000000",
        "1e2,100000000000", "-1.0,0", "x.5,0", "1.x,0", "'1,234.5',1234500000000", "999999999.0,0"})
    void readsTimesAsTheyAreWritten(String time, long nanos) throws Exception {
        read("<testsuite name='s'><testcase name='a' time='" + time + "'/></testsuite>");

        assertThat(results.list().get(0).duration()).isEqualTo(Duration.ofNanos(nanos));
    }

    @Test
    void readsSuitesInSuitesAndNamesCasesWithoutAClassAfterTheirSuite() throws Exception {
        read("""
                <testsuites><testsuite name="outer"><testsuite name="inner"><testcase name="works"/></testsuite></testsuite></testsuites>
                """);

        assertThat(results.list()).extracting(TestResult::id).containsExactly("inner#works");
    }

    @Test
    void takesAClassThatCouldNotBeSetUpAsFailed() throws Exception {
        read("""
                <testsuite name="A" tests="1" errors="1"><testcase name="" classname="A"><error message="no database"/></testcase></testsuite>
                """);

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("A FAILED: no database");
    }

    @Test
    void believesTheCountOfFailuresWhenNoCaseShowsThem() throws Exception {
        read("<testsuite name='A' failures='1'><testcase name='x' classname='A'/></testsuite>");
        read("<testsuite name='B'><error message='setup'/><testcase name='x' classname='B'/></testsuite>");

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("A#x PASSED",
                "A FAILED: The suite failed outside its test cases", "B#x PASSED",
                "B FAILED: The suite failed outside its test cases");
    }

    @Test
    void saysOneThingAboutAnIdThatComesTwice() throws Exception {
        read("<testsuite><testcase name='x' classname='A' time='1'><failure message='bad'/></testcase></testsuite>");
        read("<testsuite><testcase name='x' classname='A' time='2'/></testsuite>");

        assertThat(results.list()).singleElement().satisfies(result -> {
            assertThat(result).hasToString("A#x FAILED: bad");
            assertThat(result.duration()).isEqualTo(Duration.ofSeconds(3));
        });
    }

    @Test
    void losesNoFailureOfACaseThatHoldsAnother() throws Exception {
        read("<testsuite><testcase name='a'><failure message='bad'/><testcase name='b'/></testcase></testsuite>");

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("a FAILED: bad", "b PASSED");
    }

    @Test
    void takesACaseThatFailedWhenRepeatedAsFailed() throws Exception {
        read("<testsuite><testcase name='a'><rerunFailure message='bad'/></testcase></testsuite>");

        assertThat(results.list()).extracting(TestResult::toString).containsExactly("a FAILED: failed when repeated");
    }

    @Test
    void readsNoMoreOfAllReportsTogetherThanIsAllowed() throws Exception {
        ReportPlaces.Before before = ReportPlaces.NONE.and(new JUnitXmlReports(), ".").before(folder);
        for (String name : List.of("1.xml", "2.xml", "3.xml", "4.xml")) {
            write(name, "<testsuite><testcase name='" + name + "'/></testsuite>");
        }
        ReportPlaces.Reading reading = before.read(results, 100);

        assertThat(reading.reports()).isEqualTo(2);
        assertThat(reading.broken()).singleElement().asString().isEqualTo("3.xml cannot be read: with the others larger than 1024 MiB");
    }

    @Test
    void refusesElementsTooDeepInOneAnother() throws Exception {
        assertThat(read("<testsuite>" + "<a>".repeat(100_000)).broken()).singleElement().asString().contains("depth");
    }

    @Test
    void neutralisesAndCutsWhatTestsSay() throws Exception {
        read("<testsuite><testcase name='a&#10;b' classname='A'><failure message='x&#9;\u202E" + "y".repeat(5_000) + "'/></testcase></testsuite>");

        TestResult result = results.list().get(0);
        assertThat(result.id()).isEqualTo("A#a\\nb");
        assertThat(result.message()).startsWith("x\\t\\u202eyyy").hasSize(2_000);
    }

    @Test
    void readsControlCharactersThatXmlForbidsAndNothingElseThatItForbids() throws Exception {
        ReportPlaces.Reading reading = read("<testsuite><testcase name='a\u001b[31m'><failure message='\u0001\u0000\t'/></testcase></testsuite>");

        assertThat(reading.broken()).isEmpty();
        assertThat(results.list()).extracting(TestResult::toString).containsExactly("a?[31m FAILED: ?? ");
        assertThat(read("<testsuite><testcase name='a'/></testsuite>\u0000\u0000").broken()).as("what a crash has left").hasSize(1);
        assertThat(read("<testsuite><testcase name='a'/>\u0000").broken()).hasSize(1);
        assertThat(read("<testsuite><test\u0001case name='a'/></testsuite>").broken()).hasSize(1);
        assertThat(read("<testsuite><testcase name='a'><\u0001x <failure/> \u0001></testcase></testsuite>").broken()).as("no instruction comes to be").hasSize(1);
        assertThat(read("<testsuite><testcase name='b'><failure><![CDATA[<\u001b[31mdiv>]]></failure></testcase></testsuite>").broken()).isEmpty();
    }

    @Test
    void readsUtf16AsItIs() throws Exception {
        ReportPlaces.Reading reading = Written.read(new JUnitXmlReports(), folder, results, () -> Files.writeString(folder.resolve("TEST-x.xml"),
                "<?xml version='1.0' encoding='UTF-16'?><testsuite><testcase name='\u0101'/></testsuite>", StandardCharsets.UTF_16));

        assertThat(reading.broken()).isEmpty();
        assertThat(results.list()).extracting(TestResult::id).containsExactly("\u0101");
    }

    @Test
    void leavesOtherXmlAlone() throws Exception {
        ReportPlaces.Reading reading = read("<failsafe-summary><testcase name='x' classname='A'/></failsafe-summary>");

        assertThat(reading).isEqualTo(new ReportPlaces.Reading(0, 0, List.of()));
        assertThat(results.list()).isEmpty();
    }

    @Test
    void namesAReportThatEndsTooEarlyAndKeepsTheOthers() throws Exception {
        ReportPlaces.Reading reading = Written.read(new JUnitXmlReports(), folder, results, () -> {
            write("TEST-a.xml", "<testsuite><testcase name='x' classname='A'/></testsuite>");
            write("TEST-b.xml", "<testsuite>\n<testcase name='x' classname='B'/>\n<testcase name='y' cla");
            write("TEST-c.xml", "");
        });

        assertThat(reading.reports()).isEqualTo(1);
        assertThat(reading.broken()).hasSize(2);
        assertThat(reading.broken().get(0)).startsWith("TEST-b.xml is no well-formed report, line 3: ");
        assertThat(reading.broken().get(1)).startsWith("TEST-c.xml");
    }

    @Test
    void refusesADocumentTypeAndSoReadsNoOtherFile() throws Exception {
        Path secret = write("secret.txt", "s3cret");
        ReportPlaces.Reading reading = read("<!DOCTYPE testsuite [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>"
                + "<testsuite><testcase name='x' classname='A'><failure>&x;</failure></testcase></testsuite>");

        assertThat(reading.broken()).singleElement().asString().contains("DOCTYPE").doesNotContain("s3cret");
        assertThat(results.list()).isEmpty();
    }

    @Test
    void refusesEntitiesThatGrowWithoutBound() throws Exception {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE l [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l").append(i).append(" '").append(("&l" + (i - 1) + ";").repeat(10)).append("'>");
        }
        long begun = System.nanoTime();
        ReportPlaces.Reading reading = read(laughs + "]><testsuite><testcase name='&l29;'/></testsuite>");

        assertThat(reading.broken()).hasSize(1);
        assertThat(Durations.since(begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void refusesAReportThatIsTooLarge() throws Exception {
        ReportPlaces.Reading reading = Written.read(new JUnitXmlReports(), folder, results, () -> {
            Path file = write("TEST-large.xml", "<testsuite><!--");
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                byte[] block = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
                large.seek(large.length());
                for (int i = 0; i < 65; i++) {
                    large.write(block);
                }
            }
        });

        assertThat(reading.broken()).singleElement().asString().contains("larger than 64 MiB");
    }

    @Test
    void refusesMoreCasesThanAnySuiteHas() throws Exception {
        ReportPlaces.Reading reading = read("<testsuite>" + "<testcase name='x'/>".repeat(ResultSet.MOST + 1) + "</testsuite>");

        assertThat(reading.broken()).singleElement().asString().contains("more than 100000 test cases");
    }

    @Test
    void readsALongReportOfAnHonestSuite() throws Exception {
        StringBuilder text = new StringBuilder("<testsuite name='A'>");
        for (int i = 0; i < 20_000; i++) {
            text.append("<testcase classname='A' name='n").append(i).append("'><system-out>&lt;&amp;&gt; a line</system-out></testcase>");
        }
        ReportPlaces.Reading reading = read(text + "</testsuite>");

        assertThat(reading.broken()).isEmpty();
        assertThat(results.list()).hasSize(20_000);
    }

    private ReportPlaces.Reading read(String text) throws IOException {
        return Written.read(new JUnitXmlReports(), folder, results, () -> write("TEST-x.xml", text));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
