package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.lock.LockException;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.PathRefusedException;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureRedactionTest {
    private static final String SECRET = "ghs_abcdefgh";

    private final Redactor redactor = new Redactor();

    @BeforeEach
    void knowsTheSecret() {
        redactor.register(SECRET.toCharArray());
    }

    static Stream<AutoSyncException> failures() {
        IOException cause = new IOException("401 for " + SECRET);
        return Stream.of(
                new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot use " + SECRET, cause),
                new AutoSyncException(ErrorCode.CONFIG_SYNTAX, "Cannot read it", Location.of("a/" + SECRET, 7, "/" + SECRET), cause),
                new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + SECRET, cause),
                new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot use " + SECRET, cause),
                new SecretsException(ErrorCode.SECRET_NOT_FOUND, "Cannot use " + SECRET, cause),
                new LockException(dev.autosync.ErrorCode.WORKSPACE_BUSY, "Cannot use " + SECRET, null),
                new PathRefusedException("Cannot use " + SECRET));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void keepsTypeCodeAndTraceOfAFailureAndCoversItsTexts(AutoSyncException failure) {
        failure.addSuppressed(new IllegalStateException("and " + SECRET));

        AutoSyncException redacted = redactor.redact(failure);

        assertThat(redacted).isExactlyInstanceOf(failure.getClass());
        assertThat(redacted.code()).isEqualTo(failure.code());
        assertThat(redacted.retryable()).isEqualTo(failure.retryable());
        assertThat(redacted.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(redacted.getMessage()).isEqualTo(failure.getMessage().replace(SECRET, "***"));
        assertThat(printed(redacted)).doesNotContain(SECRET).contains("Suppressed: java.lang.IllegalStateException: and ***");
        if (failure.getCause() != null) {
            assertThat(printed(redacted)).contains("Caused by: java.io.IOException: 401 for ***");
        }
        assertThat(redacted.location().map(Location::toString)).isEqualTo(failure.location().map(place -> "a/***:7 (/***)"));
    }

    @Test
    void leavesAFailureThatShowsNothingTheSameObject() {
        AutoSyncException failure = new AutoSyncException(ErrorCode.INTERNAL, "odd", new IOException("disk"));
        failure.addSuppressed(new IllegalStateException());
        assertThat(redactor.redact(failure)).isSameAs(failure);
    }

    @Test
    void keepsTheCausesThatShowNothing() {
        IOException innocent = new IOException("disk");
        AutoSyncException redacted = redactor.redact(new AutoSyncException(ErrorCode.INTERNAL, SECRET, innocent));
        assertThat(redacted.getCause()).isSameAs(innocent);
    }

    @Test
    void copiesAFailureOfAForeignTypeAsOneOfOurs() {
        class Own extends AutoSyncException {
            private static final long serialVersionUID = 1L;

            Own() {
                super(ErrorCode.INTERNAL, "own " + SECRET);
            }

            @Override
            public boolean retryable() {
                return true;
            }
        }
        AutoSyncException redacted = redactor.redact(new Own());
        assertThat(redacted).hasToString("dev.autosync.AutoSyncException: own *** [AS-1901]");
        assertThat(redacted.retryable()).isTrue();
    }

    @Test
    void endsOnCausesThatLeadInCirclesAndOnMessagesThatThrow() {
        RuntimeException one = new RuntimeException("one " + SECRET);
        RuntimeException two = new RuntimeException("two " + SECRET, one);
        one.initCause(two);
        one.addSuppressed(two);
        two.addSuppressed(one);
        assertThat(printed(redactor.redact(one))).contains("two ***").doesNotContain(SECRET);

        Throwable broken = new RuntimeException(SECRET) {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }
        };
        assertThat(redactor.redact(broken)).isSameAs(broken);
    }

    private static String printed(Throwable thrown) {
        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed));
        return printed.toString();
    }
}
