package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.publish.CiRun;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Kind;
import dev.autosync.spi.CheckResult;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of a connector, ready to be made.
 *
 * @param name what messages call it
 * @param code makes the call; null if it returns nothing
 */
record ConnectorCall(String name, Code code) {

    /** Code that returns something, or null. */
    interface Code {
        @Nullable Object run() throws Exception;
    }

    @Nullable Object run() throws Exception {
        return code.run();
    }

    /** Whether a result says that all went well. What a source, a plan or a mark returns has no other meaning. */
    static boolean isSuccess(@Nullable Object result) {
        if (result instanceof CheckResult check) {
            return check.isOk();
        }
        if (result instanceof PublicationOutcome outcome) {
            return outcome.kind() == Kind.APPLIED || outcome.kind() == Kind.UNCHANGED;
        }
        return !(result instanceof CiRun run) || run.state() != CiRun.State.UNKNOWN;
    }

    /** Makes the call on a thread that is interrupted, and fails if the interrupt is lost or the call goes on. */
    void runInterrupted(long seconds) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            try {
                code.run();
            } catch (Throwable e) {
                thrown.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted() || thrown.get() instanceof InterruptedException);
        }, "interrupted " + name);
        thread.setDaemon(true);
        thread.start();
        thread.join(TimeUnit.SECONDS.toMillis(seconds));
        assertFalse(thread.isAlive(), () -> name + " ends soon on an interrupted thread");
        assertTrue(interrupted.get(), () -> name + " has lost the interrupt, and ended with " + thrown.get());
    }
}
