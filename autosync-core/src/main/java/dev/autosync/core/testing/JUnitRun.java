package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestResult.Status;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One run of a {@link JUnitPlatformSuite}: compile, load, find, run, forget. The work is done on a daemon thread, so that the
 * caller can leave it.
 */
final class JUnitRun {
    private static final long GRACE_MILLIS = 1_000;

    private final JUnitPlatformSuite suite;
    private final TestContext context;
    private final ResultSet results = new ResultSet();
    private final PlatformRun platform;
    private final AtomicReference<SuiteClassLoader> open = new AtomicReference<>();
    private final long begun = System.nanoTime();

    JUnitRun(JUnitPlatformSuite suite, TestContext context) {
        this.suite = suite;
        this.context = context;
        this.platform = new PlatformRun(results, context);
    }

    TestRun within(Duration timeout) throws InterruptedException {
        FutureTask<TestRun> work = new FutureTask<>(this::work);
        Thread worker = new Thread(null, work, "autosync-junit", 0, false);
        worker.setDaemon(true);
        worker.start();
        try {
            // In milliseconds, rounded up: a duration of centuries fits.
            TestRun run = work.get(Math.max(1, millis(timeout)), TimeUnit.MILLISECONDS);
            worker.join(GRACE_MILLIS); // it has only to end itself
            return run;
        } catch (TimeoutException e) {
            List<String> unfinished = platform.running();
            note(unfinished);
            List<TestResult> soFar = results.list(); // not later: what an interrupted test says is no evidence
            stop(worker);
            return timedOut(timeout, soFar, unfinished, worker.isAlive());
        } catch (InterruptedException e) {
            stop(worker);
            throw e;
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private void note(List<String> unfinished) {
        try {
            unfinished.forEach(id -> results.add(id, Status.FAILED, Duration.ZERO, "did not end in time"));
        } catch (ResultSet.TooManyResultsException e) {
            // The run is red all the same.
        }
    }

    private TestRun work() throws IOException {
        Path sources = suite.sources();
        Path classes = suite.classes();
        if (sources != null && classes != null) {
            Optional<TestRun> broken = compile(Origin.rebased(context, sources), Origin.rebased(context, classes), classes.isAbsolute());
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        List<Path> roots = suite.roots(context).stream().filter(Files::isDirectory).toList();
        if (roots.isEmpty()) {
            return of(Verdict.NO_TESTS, "There is no folder of test classes: " + suite.roots(context));
        }
        try (SuiteClassLoader loader = SuiteClassLoader.of(suite.entries(context), PlatformRun.parentLoader())) {
            open.set(loader);
            Thread.currentThread().setContextClassLoader(loader);
            BrokenClasses.addTo(results, loader, roots);
            platform.execute(loader, roots);
        } catch (PlatformRun.NoEngineException e) {
            return of(Verdict.NOT_RUN, "The JUnit Platform has no engine (" + e.getMessage()
                    + "). Add the dependency org.junit.jupiter:junit-jupiter-engine, or put the engine on the suite's class path");
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
        TestRun run = ResultVerdict.of(results.list(), (context.only().isEmpty() ? "No test" : "None of the tests that were asked for") + " was found in "
                + suite.roots(context), context.only(), platform.endedEarly(), Durations.since(begun)).seeds(results.seeds());
        if (platform.endedEarly()) {
            run = run.incomplete();
        }
        return results.tooMany() && run.verdict() != Verdict.RED ? of(Verdict.BROKEN_REPORT, "The run has more than " + ResultSet.MOST
                + " results; nobody knows what the others say") : run;
    }

    private Optional<TestRun> compile(Path sources, Path classes, boolean anywhere) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return Optional.of(of(Verdict.NOT_RUN, "This Java has no compiler. Run on a JDK, or name folders of compiled classes"));
        }
        if (!Files.isDirectory(sources)) {
            return Optional.of(of(Verdict.NOT_RUN, "There is no folder of sources: " + sources));
        }
        Files.createDirectories(classes);
        if (classes.startsWith(sources) || sources.startsWith(classes)
                || !anywhere && !classes.toRealPath().startsWith(context.workspace().toRealPath())) {
            return Optional.of(of(Verdict.NOT_RUN, "Classes cannot be written to " + classes
                    + ": it is not apart from the sources, or leads out of the workspace"));
        }
        List<Path> path = new ArrayList<>(suite.entries(context));
        path.addAll(HostClassPath.of(PlatformRun.parentLoader()));
        return new SourceCompiler(compiler, sources, classes, path).compile()
                .map(error -> of(Verdict.RED, "The sources do not compile: " + error));
    }

    private TestRun timedOut(Duration timeout, List<TestResult> soFar, List<String> unfinished, boolean abandoned) {
        String reason = "The time was up after " + timeout + (unfinished.isEmpty() ? "" : " in " + unfinished.get(0))
                + (abandoned ? "; it did not end when interrupted and was abandoned" : "");
        return TestRun.of(Verdict.RED, Untrusted.line(reason, 1_000), soFar, Durations.since(begun)).seeds(results.seeds()).incomplete();
    }

    /** What is thrown past the platform: files that cannot be read, a launcher that does not fit, an exhausted heap. */
    private TestRun failed(Throwable thrown) {
        boolean environment = thrown instanceof IOException || thrown instanceof LinkageError;
        return of(environment ? Verdict.NOT_RUN : Verdict.RED,
                "The tests could not be run to their end: " + Failures.message(thrown)).incomplete();
    }

    private TestRun of(Verdict verdict, String reason) {
        return TestRun.of(verdict, Untrusted.line(reason, 1_000), results.list(), Durations.since(begun)).seeds(results.seeds());
    }

    /** Ends a run early: no further test begins, the one that runs is interrupted, its classes can load no others. */
    private void stop(Thread worker) throws InterruptedException {
        platform.cancel();
        worker.interrupt();
        try {
            worker.join(GRACE_MILLIS);
        } finally {
            SuiteClassLoader loader = open.get();
            if (loader != null && worker.isAlive()) {
                close(loader);
            }
        }
    }

    private static void close(SuiteClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            // Nothing was written through it; what stays open is freed with it.
        }
    }

    private static long millis(Duration timeout) {
        try {
            return timeout.plusNanos(999_999).toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
