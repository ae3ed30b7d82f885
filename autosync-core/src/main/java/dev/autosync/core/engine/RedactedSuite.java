package dev.autosync.core.engine;

import dev.autosync.core.secrets.Redactor;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A suite whose words hold no secret: tests may print what their environment holds.
 *
 * <p>A test whose id held one is known outside by an id that names no test. Where it is asked for, all tests are run.
 *
 * @param suite the suite
 * @param redactor takes secrets out of a text
 */
record RedactedSuite(TestSuite suite, Redactor redactor) implements TestSuite {

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        TestRun run;
        try {
            run = suite.run(context.only().stream().anyMatch(id -> id.contains(Redactor.COVER)) ? context.only(Set.of()) : context);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            Throwable clean = redactor.redact(e);
            if (clean == e) {
                throw e;
            }
            throw new IllegalStateException(clean.toString(), clean);
        }
        Map<String, String> seeds = new TreeMap<>();
        run.seeds().forEach((name, seed) -> seeds.put(redactor.redact(name), redactor.redact(seed)));
        TestRun clean = TestRun.of(run.verdict(), redactor.redact(run.reason()), run.results().stream().map(this::redacted).toList(), run.duration())
                .output(redactor.redact(run.output())).seeds(seeds);
        return run.complete() ? clean : clean.incomplete();
    }

    private TestResult redacted(TestResult result) {
        return TestResult.of(redactor.redact(result.id()), result.status(), result.duration(), redactor.redact(result.message()))
                .withAttempts(result.attempts());
    }

    @Override
    public boolean concurrent() {
        return suite.concurrent();
    }

    @Override
    public boolean selective() {
        return suite.selective();
    }

    @Override
    public String fingerprint() {
        return suite.fingerprint();
    }
}
