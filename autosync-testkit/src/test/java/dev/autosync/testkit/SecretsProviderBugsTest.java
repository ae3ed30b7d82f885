package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Secrets providers that break a rule fail at that rule. */
class SecretsProviderBugsTest {

    @Test
    void aProviderThatKeepsEveryRulePasses() {
        assertDoesNotThrow(() -> contract(MapSecrets::new).givesEachFetchASecretOfItsOwn());
    }

    @Test
    void aSecretThatWasChangedOnTheWayFails() {
        assertFails(SecretsProviderContract::fetchesTheSecretThatIsThere, secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) throws InterruptedException {
                char[] chars = super.fetch(name).reveal();
                chars[0] = '?';
                return Secret.of(chars);
            }
        });
    }

    @Test
    void oneSecretForAllFetchesFails() {
        assertFails(SecretsProviderContract::givesEachFetchASecretOfItsOwn, secrets -> new MapSecrets(secrets) {
            private final List<Secret> given = new ArrayList<>();

            @Override
            public Secret fetch(String name) throws InterruptedException {
                if (given.isEmpty()) {
                    given.add(super.fetch(name));
                }
                return given.get(0);
            }
        });
    }

    @Test
    void aProviderThatWipesWhatItGaveWhenItIsClosedFails() {
        assertFails(SecretsProviderContract::givesEachFetchASecretOfItsOwn, secrets -> new MapSecrets(secrets) {
            private final List<Secret> given = new ArrayList<>();

            @Override
            public Secret fetch(String name) throws InterruptedException {
                Secret secret = super.fetch(name);
                given.add(secret);
                return secret;
            }

            @Override
            public void close() {
                super.close();
                given.forEach(Secret::close);
            }
        });
    }

    @Test
    void aMissingSecretThatIsEmptyOrNamelessFails() {
        assertFails(SecretsProviderContract::refusesANameThatIsNotThereAndSaysWhich, secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) throws InterruptedException {
                return secrets.containsKey(name) ? super.fetch(name) : Secret.of(" ".toCharArray());
            }
        });
        assertFails(SecretsProviderContract::refusesANameThatIsNotThereAndSaysWhich, refusing(
                name -> new SecretsException(ErrorCode.SECRET_NOT_FOUND, "it is not there", null)));
        assertFails(SecretsProviderContract::refusesANameThatIsNotThereAndSaysWhich, refusing(
                name -> new SecretsException(ErrorCode.SECRET_UNUSABLE, name + " is not there", null)));
    }

    @Test
    void anExceptionThatShowsTheSecretsThereAreFails() {
        assertFails(SecretsProviderContract::refusesANameThatIsNotThereAndSaysWhich, secrets -> refusing(name ->
                new SecretsException(ErrorCode.SECRET_NOT_FOUND, name + " is not there", new IllegalStateException("only " + secrets)))
                .apply(secrets));
    }

    @Test
    void anotherExceptionForAnOddNameFails() {
        assertFails(SecretsProviderContract::refusesAnyOtherNameWithItsOwnException, secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) throws InterruptedException {
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("name is empty");
                }
                return super.fetch(name);
            }
        });
    }

    @Test
    void aProviderThatPrintsOrShowsTheSecretFails() {
        assertFails(SecretsProviderContract::showsTheSecretNowhere, secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) throws InterruptedException {
                System.err.println("found " + secrets.get(name));
                return super.fetch(name);
            }
        });
        assertFails(SecretsProviderContract::showsTheSecretNowhere, secrets -> new MapSecrets(secrets) {
            @Override
            public String toString() {
                return "MapSecrets" + secrets;
            }
        });
    }

    @Test
    void aProviderThatIgnoresAnInterruptFails() {
        assertFails(SecretsProviderContract::endsWithAnInterruptedExceptionOnAnInterruptedThread, secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) {
                return Secret.of(secrets.get(name).toCharArray());
            }
        });
    }

    @Test
    void aProviderForOneThreadFails() {
        assertFails(SecretsProviderContract::servesSeveralThreadsAtOnce, secrets -> new MapSecrets(secrets) {
            private final Thread owner = Thread.currentThread();

            @Override
            public Secret fetch(String name) throws InterruptedException {
                if (Thread.currentThread() != owner) {
                    throw new IllegalStateException("another thread");
                }
                return super.fetch(name);
            }
        });
    }

    @Test
    void aProviderThatCannotBeClosedTwiceOrFetchesWhenClosedFails() {
        assertFails(SecretsProviderContract::isClosedOnceAndThenFetchesNothing, secrets -> new MapSecrets(secrets) {
            @Override
            public void close() {
                // Forgets that it is closed.
            }
        });
        assertFails(SecretsProviderContract::isClosedOnceAndThenFetchesNothing, secrets -> new MapSecrets(secrets) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new AssertionError("closed twice");
                }
                closed = true;
                super.close();
            }
        });
    }

    private static Function<Map<String, String>, SecretsProvider> refusing(Function<String, SecretsException> refusal) {
        return secrets -> new MapSecrets(secrets) {
            @Override
            public Secret fetch(String name) throws InterruptedException {
                if (!secrets.containsKey(name)) {
                    throw refusal.apply(name);
                }
                return super.fetch(name);
            }
        };
    }

    private static void assertFails(ThrowingConsumer<SecretsProviderContract> rule, Function<Map<String, String>, SecretsProvider> bug) {
        SecretsProviderContract contract = contract(bug);
        contract.trapTheStandardStreams();
        try {
            Throwable thrown = assertThrows(Throwable.class, () -> rule.accept(contract));
            assertInstanceOf(AssertionError.class, thrown);
        } finally {
            contract.releaseTheStandardStreams();
        }
    }

    private static SecretsProviderContract contract(Function<Map<String, String>, SecretsProvider> provider) {
        return new SecretsProviderContract() {
            @Override
            protected SecretsProvider open(String canary) {
                return provider.apply(Map.of("token", canary));
            }

            @Override
            protected String name() {
                return "token";
            }

            @Override
            protected String missingName() {
                return "tokens";
            }
        };
    }
}
