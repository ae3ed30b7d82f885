package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.secrets.Redactor;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactedSuiteTest {
    private static final String SECRET = "s3cret-of-the-test";

    @TempDir
    Path workspace;

    private final Redactor redactor = new Redactor();
    private final TestSuite suite = TestSuite.checks("s").check("logs in with " + SECRET, context -> {
        throw new AssertionError("refused");
    }).check("adds", context -> { });
    private final TestSuite redacted = new RedactedSuite(suite, redactor);

    @BeforeEach
    void register() {
        redactor.register(SECRET.toCharArray());
    }

    @Test
    void runsAllTestsWhereOneIsAskedForByAnIdThatHidesASecret() throws Exception {
        String id = redacted.run(TestContext.of(workspace)).failures().get(0).id();
        TestRun run = redacted.run(TestContext.of(workspace).only(Set.of(id)));

        assertThat(id).isEqualTo("s#logs in with ***");
        assertThat(run.results()).extracting(TestResult::id).containsExactly(id, "s#adds");
        assertThat(run.failures()).extracting(TestResult::id).containsExactly(id);
        assertThat(suite.run(TestContext.of(workspace).only(Set.of(id))).results()).as("what the suite itself makes of that id").isEmpty();
    }

    @Test
    void runsWhatIsAskedForWhereNothingIsHidden() throws Exception {
        assertThat(redacted.run(TestContext.of(workspace).only(List.of("s#adds"))).results()).extracting(TestResult::id).containsExactly("s#adds");
    }
}
