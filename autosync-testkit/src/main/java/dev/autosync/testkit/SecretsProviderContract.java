package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SecretsProvider} must do.
 *
 * <p>Extended by authors of plugins: a subclass plants a secret where its provider looks, and is run by JUnit Jupiter. The rules:
 *
 * <ul>
 *   <li>It gives the secret that is there, to several threads at once too.
 *   <li>Each fetch gives a secret of its own: closing one harms no other, and closing the provider harms none.
 *   <li>A name that is not there is refused with {@link ErrorCode#SECRET_NOT_FOUND} and a message that holds the name. Whatever a name is,
 *       nothing but a {@link SecretsException} comes of it.
 *   <li>The secret is shown nowhere: not by {@code toString}, not in exceptions and their causes, not on {@code System.out} or
 *       {@code System.err}.
 *   <li>On an interrupted thread a fetch ends with an {@link InterruptedException}, and can be tried again.
 *   <li>Closing it twice is harmless; after that it fetches nothing.
 * </ul>
 *
 * <p>The standard streams are exchanged while a test runs, so these tests must not run beside others in one process.
 *
 * @since 0.1.0
 */
public abstract class SecretsProviderContract {
    private static final String CANARY = "canary-7Qk/2+9=zW%4";
    private static final int THREADS = 4;
    private static final int FETCHES = 10;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    /** For subclasses. */
    protected SecretsProviderContract() {}

    /**
     * A provider that finds a secret under {@link #name}.
     *
     * @param canary the secret's value, printable ASCII without blanks; to be planted where the provider looks
     * @return a new provider; the contract closes it
     * @throws Exception if the secret could not be planted
     */
    protected abstract SecretsProvider open(String canary) throws Exception;

    /**
     * The name of the secret that is there.
     *
     * @return what stands in a reference behind the provider's name and a slash
     */
    protected abstract String name();

    /**
     * A name under which there is no secret, though there could be one.
     *
     * @return a name of the same form
     */
    protected abstract String missingName();

    @BeforeEach
    void trapTheStandardStreams() {
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(trap);
        System.setErr(trap);
    }

    @AfterEach
    void releaseTheStandardStreams() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void fetchesTheSecretThatIsThere() throws Exception {
        try (SecretsProvider provider = open(CANARY)) {
            assertFetches(provider);
        }
    }

    @Test
    void givesEachFetchASecretOfItsOwn() throws Exception {
        try (SecretsProvider provider = open(CANARY)) {
            try (Secret kept = provider.fetch(name())) {
                Secret closed = provider.fetch(name());
                assertNotSame(kept, closed);
                closed.close();
                assertSecret(kept);
                assertFetches(provider);
                provider.close();
                assertSecret(kept);
            }
        }
    }

    @Test
    void refusesANameThatIsNotThereAndSaysWhich() throws Exception {
        try (SecretsProvider provider = open(CANARY)) {
            SecretsException refused = assertThrows(SecretsException.class, () -> provider.fetch(missingName()).close());
            assertEquals(ErrorCode.SECRET_NOT_FOUND, refused.code());
            assertTrue(refused.getMessage().contains(missingName()), () -> "names the secret: " + refused.getMessage());
            assertShowsNothing(trace(refused));
            assertFetches(provider);
        }
    }

    @Test
    void refusesAnyOtherNameWithItsOwnException() throws Exception {
        try (SecretsProvider provider = open(CANARY)) {
            for (String other : List.of("", " ", "\0", "a\nb", "../..", "/", "x".repeat(10_000), name() + "\0", name() + "/x")) {
                SecretsException refused = assertThrows(SecretsException.class, () -> provider.fetch(other).close());
                assertShowsNothing(trace(refused));
            }
            assertFetches(provider);
        }
    }

    @Test
    void showsTheSecretNowhere() throws Exception {
        SecretsProvider provider = open(CANARY);
        try (provider; Secret secret = provider.fetch(name())) {
            assertSecret(secret);
            assertShowsNothing(provider + " " + secret);
        }
        assertShowsNothing(provider.toString());
        assertShowsNothing(printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void endsWithAnInterruptedExceptionOnAnInterruptedThread() throws Exception {
        try (SecretsProvider provider = open(CANARY)) {
            Thread.currentThread().interrupt();
            try {
                assertThrows(InterruptedException.class, () -> provider.fetch(name()).close());
            } finally {
                Thread.interrupted();
            }
            assertFetches(provider);
        }
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SecretsProvider provider = open(CANARY)) {
            Callable<Integer> fetches = () -> {
                for (int i = 0; i < FETCHES; i++) {
                    assertFetches(provider);
                }
                return FETCHES;
            };
            for (Future<Integer> done : threads.invokeAll(Collections.nCopies(THREADS, fetches))) {
                assertEquals(FETCHES, assertDoesNotThrow(() -> done.get()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isClosedOnceAndThenFetchesNothing() throws Exception {
        SecretsProvider provider = open(CANARY);
        assertFetches(provider);
        provider.close();
        provider.close();
        RuntimeException refused = assertThrows(RuntimeException.class, () -> provider.fetch(name()).close());
        assertShowsNothing(trace(refused));
    }

    private void assertFetches(SecretsProvider provider) throws InterruptedException {
        try (Secret secret = provider.fetch(name())) {
            assertSecret(secret);
        }
    }

    private static void assertSecret(Secret secret) {
        assertEquals(CANARY, String.valueOf(assertDoesNotThrow(secret::reveal)));
    }

    private static void assertShowsNothing(String text) {
        assertFalse(text.contains(CANARY), "the secret is shown");
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
