package dev.autosync.core.engine;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.util.function.UnaryOperator;

/**
 * A suite whose words hold no secret: tests may print what their environment holds.
 *
 * @param suite the suite
 * @param redact takes secrets out of a text
 */
record RedactedSuite(TestSuite suite, UnaryOperator<String> redact) implements TestSuite {

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        TestRun run = suite.run(context);
        return TestRun.of(run.verdict(), redact.apply(run.reason()), run.results().stream().map(this::redacted).toList(), run.duration())
                .output(redact.apply(run.output()));
    }

    private TestResult redacted(TestResult result) {
        return TestResult.of(redact.apply(result.id()), result.status(), result.duration(), redact.apply(result.message()));
    }

    @Override
    public String fingerprint() {
        return suite.fingerprint();
    }
}
