package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs tiny projects, which talk to these tests through system properties. */
class JUnitPlatformSuiteTest {
    private static final String PROBE = "autosync.probe";

    @TempDir
    Path workspace;

    private final JUnitPlatformSuite suite = new JUnitPlatformSuite().compile(Path.of("src"), Path.of("out"))
            .timeout(Duration.ofSeconds(60));

    @BeforeEach
    void createSource() throws IOException {
        Files.createDirectories(workspace.resolve("src/org/example"));
    }

    @AfterEach
    void clearProbe() {
        System.getProperties().remove(PROBE);
    }

    @Test
    void testsTheCopyWhenItsPathsNameTheWorkspaceThatItIsACopyOf() throws Exception {
        source("CopyTest", "import org.junit.jupiter.api.*; class CopyTest { @Test void fails() { Assertions.fail(); } }");
        Path copy = Files.createDirectories(workspace.resolve(".autosync/candidates/1/src/org/example")).resolve("../../..").normalize();
        Files.writeString(copy.resolve("src/org/example/CopyTest.java"), """
                package org.example;
                import org.junit.jupiter.api.*;
                class CopyTest { @Test void passes() { } }
                """);
        JUnitPlatformSuite absolute = new JUnitPlatformSuite().compile(workspace.resolve("src"), workspace.resolve("out"));

        assertThat(ids(absolute.run(TestContext.ofCopy(copy, workspace)))).containsExactly("org.example.CopyTest#passes");
        assertThat(workspace.resolve("out")).doesNotExist();
        assertThat(ids(absolute.run(TestContext.of(workspace)))).containsExactly("org.example.CopyTest#fails");
    }

    @Test
    void isGreenWhenEveryTestPasses() throws Exception {
        source("Sum", "class Sum { static int of(int a, int b) { return a + b; } }");
        source("SumTest", """
                import org.junit.jupiter.api.*;
                import org.junit.jupiter.params.ParameterizedTest;
                import org.junit.jupiter.params.provider.ValueSource;
                class SumTest {
                    @Test void adds() { Assertions.assertEquals(3, Sum.of(1, 2)); }
                    @Test void adds(TestInfo info) { }
                    @ParameterizedTest @ValueSource(ints = {1, 2}) void takesNothing(int n) { Assertions.assertEquals(n, Sum.of(n, 0)); }
                    @TestFactory java.util.List<DynamicNode> more() {
                        return java.util.List.of(DynamicContainer.dynamicContainer("c", java.util.List.of(
                                DynamicTest.dynamicTest("a", () -> { }), DynamicTest.dynamicTest("b", () -> { }))));
                    }
                    @Nested class Inner { @Test void too() { } }
                }
                """);
        TestRun run = run();

        assertThat(run.reason()).isEqualTo("7 tests, none failed");
        assertThat(run.verdict()).isEqualTo(Verdict.GREEN);
        assertThat(ids(run)).containsExactlyInAnyOrder("org.example.SumTest#adds", "org.example.SumTest#adds(org.junit.jupiter.api.TestInfo)",
                "org.example.SumTest#takesNothing(int)[1]", "org.example.SumTest#takesNothing(int)[2]",
                "org.example.SumTest#more[1][1]", "org.example.SumTest#more[1][2]", "org.example.SumTest$Inner#too");
        assertThat(ids(run())).as("the same ids again").isEqualTo(ids(run));
        assertThat(workers()).isEmpty();
    }

    @Test
    void isRedWhenATestOrAClassFailsAndSaysWhatDidNotRun() throws Exception {
        source("ATest", """
                import org.junit.jupiter.api.*;
                class ATest {
                    @Test void fails() { Assertions.fail("\\u001b[31mbad"); }
                    @Test @Disabled("later") void waits() { }
                    @Test void assumes() { Assumptions.abort("no network"); }
                }
                """);
        source("BTest", """
                import org.junit.jupiter.api.*;
                class BTest {
                    @BeforeAll static void setUp() { throw new IllegalStateException("no database"); }
                    @Test void never() { }
                }
                """);
        TestRun run = run();

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("2 of 5 tests failed: ");
        assertThat(run.results()).extracting(TestResult::toString).containsExactlyInAnyOrder(
                "org.example.ATest#fails FAILED: org.opentest4j.AssertionFailedError: \\u001b[31mbad",
                "org.example.ATest#waits SKIPPED: later",
                "org.example.ATest#assumes SKIPPED: org.opentest4j.TestAbortedException: no network",
                "org.example.BTest FAILED: java.lang.IllegalStateException: no database",
                "org.example.BTest#never SKIPPED: did not run, since org.example.BTest failed");
    }

    @Test
    void isRedAndNamesFileAndLineWhenTheSourcesDoNotCompile() throws Exception {
        source("ATest", "class ATest { @org.junit.jupiter.api.Test void x() { } }");
        assertThat(run().green()).isTrue();
        source("ATest", "class ATest {\n int x = \"text\";\n int y = z; }");
        TestRun run = run();

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).startsWith("The sources do not compile: " + Path.of("org", "example", "ATest.java") + ":2: ")
                .endsWith("(and 1 more errors)");
        assertThat(run.results()).isEmpty();
    }

    @Test
    void forgetsTheClassesOfSourcesThatAreGoneAndNothingElse() throws Exception {
        source("ATest", "class ATest { @org.junit.jupiter.api.Test void x() { } }");
        source("BTest", "class BTest { @org.junit.jupiter.api.Test void x() { } }");
        Path resource = Files.writeString(Files.createDirectories(workspace.resolve("out")).resolve("data.txt"), "kept");
        assertThat(ids(run())).hasSize(2);
        Files.delete(workspace.resolve("src/org/example/BTest.java"));

        assertThat(ids(run())).containsExactly("org.example.ATest#x");
        assertThat(resource).hasContent("kept");
        Files.delete(workspace.resolve("src/org/example/ATest.java"));
        assertThat(run().verdict()).isEqualTo(Verdict.NO_TESTS);
    }

    @Test
    void hasNoTestsWhenThereAreNoneOrAllAreSkipped() throws Exception {
        source("Sum", "class Sum { }");
        assertThat(run().verdict()).isEqualTo(Verdict.NO_TESTS);
        source("ATest", "@org.junit.jupiter.api.Disabled class ATest { @org.junit.jupiter.api.Test void x() { } }");
        assertThat(run()).hasToString("NO_TESTS (1 tests, 0 failed): All 1 tests were skipped");
        assertThat(new JUnitPlatformSuite().testClasses(Path.of("nowhere")).run(context()).verdict()).isEqualTo(Verdict.NO_TESTS);
    }

    @Test
    void isRedWhenTheTimeIsUpAndLetsNoFurtherTestBegin() throws Exception {
        source("ATest", """
                import org.junit.jupiter.api.*;
                @TestMethodOrder(MethodOrderer.MethodName.class)
                class ATest {
                    @Test void a() { }
                    @Test void b() throws Exception {
                        if (System.getProperties().get("autosync.probe") == null) {
                            new java.util.concurrent.CountDownLatch(1).await();
                        }
                    }
                    @Test void c() { System.getProperties().put("autosync.probe", "ran"); }
                }
                """);
        System.getProperties().put(PROBE, "do not wait");
        assertThat(run().green()).as("compiled, so that the time below is for the tests alone").isTrue();
        clearProbe();
        TestRun run = new JUnitPlatformSuite().testClasses(Path.of("out")).timeout(Duration.ofSeconds(2)).run(context());

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.reason()).isEqualTo("The time was up after PT2S in org.example.ATest#b");
        assertThat(run.results()).extracting(TestResult::toString)
                .containsExactly("org.example.ATest#a PASSED", "org.example.ATest#b FAILED: did not end in time");
        assertThat(run.duration()).isLessThan(Duration.ofSeconds(4));
        assertThat(workers()).isEmpty();
        assertThat(System.getProperties().get(PROBE)).isNull();
    }

    @Test
    void endsTheTestsWhenTheCallerIsInterrupted() throws Exception {
        source("ATest", """
                class ATest {
                    @org.junit.jupiter.api.Test void waits() throws Exception {
                        ((java.util.concurrent.CountDownLatch) System.getProperties().get("autosync.probe")).countDown();
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
                """);
        CountDownLatch begun = new CountDownLatch(1);
        System.getProperties().put(PROBE, begun);
        FutureTask<TestRun> run = new FutureTask<>(this::run);
        Thread caller = new Thread(run);
        caller.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> run.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(workers()).isEmpty();
    }

    @Test
    void loadsTheClassesAnewForEachRunAndClosesTheLoader() throws Exception {
        source("ATest", """
                class ATest {
                    @org.junit.jupiter.api.Test void tells() {
                        System.getProperties().put("autosync.probe", Thread.currentThread().getContextClassLoader());
                    }
                }
                """);
        assertThat(run().green()).isTrue();
        URLClassLoader first = (URLClassLoader) System.getProperties().get(PROBE);
        assertThat(run().green()).isTrue();
        URLClassLoader second = (URLClassLoader) System.getProperties().get(PROBE);

        assertThat(second).isNotSameAs(first);
        assertThat(first.findResource("org/example/ATest.class")).as("found by a loader that is closed").isNull();
        assertThat(Thread.currentThread().getContextClassLoader()).isNotSameAs(second);
    }

    @Test
    void isRedWhenAClassCannotBeLoadedWhichThePlatformWouldPassOver() throws Exception {
        source("ATest", "class ATest { @org.junit.jupiter.api.Test void x() { } }");
        source("BTest", "class BTest { @org.junit.jupiter.api.Test void x() { } static Gone helper(Gone gone) { return gone; } }");
        source("CTest", "class CTest extends Gone { @org.junit.jupiter.api.Test void x() { } }");
        source("Gone", "class Gone { }");
        assertThat(run().green()).isTrue();
        Files.delete(workspace.resolve("out/org/example/Gone.class"));
        TestRun run = new JUnitPlatformSuite().testClasses(Path.of("out")).run(context());

        assertThat(run.verdict()).isEqualTo(Verdict.RED);
        assertThat(run.failures()).extracting(TestResult::id).containsExactly("org.example.BTest", "org.example.CTest");
        assertThat(run.failures()).extracting(TestResult::message)
                .allSatisfy(message -> assertThat(message).startsWith("The class cannot be loaded: ").contains("org/example/Gone"));
    }

    @Test
    void testsTheClassesOfTheTreeAndNotThoseOfThisProcess() throws Exception {
        Path source = Files.createDirectories(workspace.resolve("src/dev/autosync/core/testing")).resolve("Durations.java");
        Files.writeString(source, """
                package dev.autosync.core.testing;
                class Durations {
                    @org.junit.jupiter.api.Test void isOfTheTree() { }
                }
                """);

        assertThat(ids(run())).containsExactly("dev.autosync.core.testing.Durations#isOfTheTree");
    }

    @Test
    void takesSettingsOfThePlatformFromTheSuiteAlone() throws Exception {
        source("ATest", """
                class ATest {
                    @org.junit.jupiter.api.Test @org.junit.jupiter.api.Disabled void runsAllTheSame() { }
                }
                """);
        assertThat(run().verdict()).isEqualTo(Verdict.NO_TESTS);
        Files.writeString(workspace.resolve("out/junit-platform.properties"), "junit.jupiter.conditions.deactivate=*\n");

        assertThat(run().verdict()).isEqualTo(Verdict.GREEN);
    }

    @Test
    void blamesNobodyWhenTheLauncherIsMissing() throws Exception {
        // The engine's classes in a loader that knows no JUnit. The platform's loader as a parent would know it, on the module path.
        URL[] classes = {location(TestSuite.class), location(JUnitPlatformSuite.class)};
        try (URLClassLoader isolated = new URLClassLoader(classes, null)) {
            Object lonely = isolated.loadClass(JUnitPlatformSuite.class.getName()).getConstructor().newInstance();
            Class<?> contextType = isolated.loadClass(TestContext.class.getName());
            Object run = lonely.getClass().getMethod("run", contextType)
                    .invoke(lonely, contextType.getMethod("of", Path.class).invoke(null, workspace));

            assertThat(run).asString().startsWith("NOT_RUN").contains("org.junit.platform:junit-platform-launcher");
        }
    }

    @Test
    void blamesNobodyWhenThereAreNoSources() throws Exception {
        TestRun run = new JUnitPlatformSuite().compile(Path.of("nowhere"), Path.of("out")).run(context());

        assertThat(run.verdict()).isEqualTo(Verdict.NOT_RUN);
        assertThat(run.reason()).startsWith("There is no folder of sources");
    }

    @Test
    void refusesFoldersThatLeaveTheWorkspaceOrMixSourcesAndClasses() {
        JUnitPlatformSuite empty = new JUnitPlatformSuite();

        assertThatIllegalArgumentException().isThrownBy(() -> empty.testClasses(Path.of("../x")));
        assertThatIllegalArgumentException().isThrownBy(() -> empty.classPath(Path.of("a/../../x")));
        assertThatIllegalArgumentException().isThrownBy(() -> empty.compile(Path.of("src"), Path.of("src/out")));
        assertThatIllegalArgumentException().isThrownBy(() -> empty.compile(Path.of("src"), Path.of(".")));
        assertThatIllegalArgumentException().isThrownBy(() -> empty.compile(Path.of("src"), Path.of("src/../src")));
        assertThatIllegalArgumentException().isThrownBy(() -> empty.timeout(Duration.ofSeconds(-1)));
    }

    @Test
    void runsOnlyTheTestsThatAreWanted() throws Exception {
        kinds();
        List<String> all = ids(run());

        assertThat(suite.selective()).isTrue();
        for (String id : all) {
            assertThat(ids(only(id))).as(id).contains(id).hasSizeLessThan(all.size());
        }
        assertThat(ids(only("org.example.ATest#a"))).containsExactly("org.example.ATest#a");
        assertThat(ids(only("org.example.ATest#n(int)[1]"))).containsExactlyInAnyOrder("org.example.ATest#n(int)[1]", "org.example.ATest#n(int)[2]");
        assertThat(ids(only("org.example.ATest"))).as("a class, which could not be set up once").containsExactlyInAnyOrder("org.example.ATest#a",
                "org.example.ATest#a(org.junit.jupiter.api.TestInfo)", "org.example.ATest#n(int)[1]", "org.example.ATest#n(int)[2]",
                "org.example.ATest#more[1]", "org.example.ATest$Inner#too");
        assertThat(only("org.example.ATest#gone").verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(only("org.example.ATest#a", "org.example.ATest#gone").verdict()).isEqualTo(Verdict.NO_TESTS);
        assertThat(only("org.example.ATest#a", "org.example.BTest#b").verdict()).isEqualTo(Verdict.GREEN);
    }

    @Test
    void runsTheLikeliestClassesFirstAndEveryTestOnce() throws Exception {
        kinds();
        List<String> all = ids(run());
        for (String id : all) {
            System.getProperties().put(PROBE, new StringBuffer());
            TestRun run = suite.run(context().first(List.of("org.example.Gone#x", id)));

            assertThat(ids(run)).as(id).containsExactlyInAnyOrderElementsOf(all);
            String type = id.substring(0, "org.example.ATest".length());
            assertThat(ids(run).get(0)).startsWith(type);
            assertThat(run.verdict()).isEqualTo(Verdict.GREEN);
            assertThat(System.getProperties().get(PROBE).toString().chars().sorted().mapToObj(c -> "" + (char) c)).as("no class is set up twice")
                    .containsExactly("A", "B");
        }
    }

    private void kinds() throws IOException {
        source("ATest", """
                import org.junit.jupiter.api.*;
                import org.junit.jupiter.params.ParameterizedTest;
                import org.junit.jupiter.params.provider.ValueSource;
                class ATest {
                    @BeforeAll static void setUp() { if (System.getProperties().get("autosync.probe") instanceof StringBuffer b) b.append("A"); }
                    @Test void a() { }
                    @Test void a(TestInfo info) { }
                    @ParameterizedTest @ValueSource(ints = {1, 2}) void n(int n) { }
                    @TestFactory java.util.List<DynamicNode> more() { return java.util.List.of(DynamicTest.dynamicTest("a", () -> { })); }
                    @Nested class Inner { @Test void too() { } }
                }
                """);
        source("BTest", """
                class BTest {
                    @org.junit.jupiter.api.BeforeAll static void setUp() {
                        if (System.getProperties().get("autosync.probe") instanceof StringBuffer b) b.append("B");
                    }
                    @org.junit.jupiter.api.Test void b() { }
                    @org.junit.jupiter.api.Test void c() { }
                }
                """);
    }

    @Test
    void endsAtTheFirstFailureWhenAskedAndDoesNotMentionWhatDidNotRun() throws Exception {
        String type = """
                import org.junit.jupiter.api.*;
                @TestMethodOrder(MethodOrderer.MethodName.class)
                class %s {
                    @Test @Disabled("by its author") void a() { }
                    @Test void b() { Assertions.fail(); }
                    @Test void c() { Assertions.fail(); }
                }
                """;
        source("ATest", type.formatted("ATest"));
        source("BTest", type.formatted("BTest"));
        TestRun early = suite.run(context().first(List.of("org.example.BTest#c")).failFast());

        assertThat(early.verdict()).isEqualTo(Verdict.RED);
        assertThat(early.reason()).isEqualTo("1 of 2 tests failed: org.example.BTest#b; the run ended at the first failure");
        assertThat(early.results()).extracting(TestResult::toString)
                .satisfiesExactly(result -> assertThat(result).isEqualTo("org.example.BTest#a SKIPPED: by its author"),
                        result -> assertThat(result).startsWith("org.example.BTest#b FAILED"));
        assertThat(run().failures()).as("without being asked").hasSize(4);
    }

    @Test
    void losesNoFailureThatThrowsWhenItIsAskedWhatItIs() throws Exception {
        source("ATest", """
                import org.junit.jupiter.api.*;
                class ATest {
                    static class Shy extends RuntimeException {
                        @Override public String toString() { throw new AssertionError("do not ask"); }
                    }
                    @Test void passes() { }
                    @Test void fails() { throw new Shy(); }
                }
                """);

        assertThat(run().failures()).extracting(TestResult::toString).containsExactly("org.example.ATest#fails FAILED: org.example.ATest$Shy");
    }

    @Test
    void isNotGreenWhenThereAreMoreResultsThanAreKept() throws Exception {
        source("ATest", """
                import org.junit.jupiter.api.*;
                class ATest {
                    @TestFactory java.util.stream.Stream<DynamicTest> many() {
                        return java.util.stream.IntStream.rangeClosed(0, 100_000).mapToObj(i -> DynamicTest.dynamicTest("n", () -> {
                            if (i == 100_000) {
                                Assertions.fail();
                            }
                        }));
                    }
                }
                """);
        TestRun run = run();

        assertThat(run.verdict()).isEqualTo(Verdict.BROKEN_REPORT);
        assertThat(run.reason()).contains("more than 100000 results");
    }

    private TestRun only(String... ids) throws InterruptedException {
        return suite.run(context().only(List.of(ids)));
    }

    private void source(String name, String text) throws IOException {
        Files.writeString(workspace.resolve("src/org/example/" + name + ".java"), "package org.example; " + text);
    }

    private TestRun run() throws InterruptedException {
        return suite.run(context());
    }

    private TestContext context() {
        return TestContext.of(workspace);
    }

    private static List<String> ids(TestRun run) {
        return run.results().stream().map(TestResult::id).toList();
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("autosync-junit"))
                .filter(Thread::isAlive).toList();
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
