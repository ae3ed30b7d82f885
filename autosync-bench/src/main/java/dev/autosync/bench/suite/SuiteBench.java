package dev.autosync.bench.suite;

import dev.autosync.bench.Bench;
import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.testing.CommandSuite;
import dev.autosync.core.testing.JUnitXmlReports;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What a command suite costs beyond its command, and how fast its reports are read. */
public final class SuiteBench implements Bench {
    static final String NAME = "suite";

    private static final int TESTS = 10_000;
    private static final String PARSE = "parse-" + TESTS;

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            overhead(folder.resolve("workspace"), quick ? 5 : 100, quick ? 50 : 1_000, figures);
        }
        parse(quick ? 10 : 200, quick ? 20 : 400, figures);
    }

    private static void overhead(Path workspace, int warmUps, int rounds, Consumer<Figure> figures) throws IOException, InterruptedException {
        Files.createDirectories(workspace.resolve("reports"));
        Files.writeString(workspace.resolve("report"), "<testsuite tests='1'><testcase name='passes' classname='T' time='0.1'/></testsuite>");
        List<String> command = List.of("cp", "report", "reports/TEST-T.xml");
        CommandSuite suite = new CommandSuite(command).junitReports("reports");
        TestContext context = TestContext.of(workspace);
        Samples bare = new Samples();
        Samples autosync = new Samples();
        for (int i = -warmUps; i < rounds; i++) {
            long begun = System.nanoTime();
            runBare(command, workspace);
            if (i >= 0) {
                bare.addNanosSince(begun);
            }
            begun = System.nanoTime();
            TestRun run = suite.run(context);
            if (i >= 0) {
                autosync.addNanosSince(begun);
            }
            if (!run.green() || run.results().size() != 1) {
                throw new IllegalStateException("The run did not do what is measured: " + run);
            }
        }
        report("overhead", "bare", bare, figures);
        report("overhead", "autosync", autosync, figures);
    }

    private static void runBare(List<String> command, Path workspace) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The command ended with " + process.exitValue());
        }
    }

    private static void report(String caseName, String who, Samples samples, Consumer<Figure> figures) {
        System.err.printf("%s: %s %s: min %.3f ms, median %.3f ms of %d%n", NAME, caseName, who, samples.min(), samples.median(), samples.size());
        figures.accept(new Figure(NAME, caseName, who, "ms", samples.median(), "ms"));
    }

    private static void parse(int warmUps, int rounds, Consumer<Figure> figures) throws IOException {
        byte[] report = LongReport.of(TESTS).getBytes(StandardCharsets.UTF_8);
        if (!shown(JUnitXmlReports.results(new ByteArrayInputStream(report))).equals(shown(DomReader.results(report)))) {
            throw new IllegalStateException("The two readers do not read the same");
        }
        Samples dom = new Samples();
        Samples autosync = new Samples();
        for (int i = -warmUps; i < rounds; i++) {
            long begun = System.nanoTime();
            int read = DomReader.results(report).size();
            if (i >= 0) {
                dom.addNanosSince(begun);
            }
            begun = System.nanoTime();
            read += JUnitXmlReports.results(new ByteArrayInputStream(report)).size();
            if (i >= 0) {
                autosync.addNanosSince(begun);
            }
            if (read != 2 * TESTS) {
                throw new IllegalStateException("Not all tests were read");
            }
        }
        speed("dom", dom, figures);
        speed("autosync", autosync, figures);
    }

    private static List<String> shown(List<TestResult> results) {
        return results.stream().map(result -> result.id() + " " + result.status() + " " + result.duration()).toList();
    }

    private static void speed(String who, Samples samples, Consumer<Figure> figures) {
        System.err.printf("%s: %s %s: min %.3f ms, median %.3f ms of %d%n", NAME, PARSE, who, samples.min(), samples.median(), samples.size());
        figures.accept(new Figure(NAME, PARSE, who, "tests_per_second", TESTS / samples.median() * 1_000, "tests/s"));
    }
}
