package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autosync.spi.Store;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each faulty store is caught by the rule that is meant for it. That a store without fault passes them all is {@link FileStoreTest}'s. */
class FaultyStoresTest {
    private static final int TRIES = 6;

    @TempDir
    Path temp;

    @Test
    void anAppendLostAtCloseIsCaught() {
        assertCaught("1.5", contract(FaultyStores.LosesTheLastAppendAtClose::new));
    }

    @Test
    void anotherOrderWithinAnAppendIsCaught() {
        assertCaught("1.2", contract(FaultyStores::sortsABatchByTime));
    }

    @Test
    void aGrantForgottenAtCloseIsCaught() {
        assertCaught("2.8", contract(FaultyStores.ForgetsItsGrants::new));
    }

    @Test
    void aCheckOfTheTokenThatIsNotOneStepWithTheWriteIsCaught() {
        assertCaughtInTheEnd("2.11", contract(FaultyStores.ChecksTheTokenBeforeItLocks::new));
    }

    @Test
    void anUntilThatIsIgnoredIsCaught() {
        assertCaught("3.1", contract(FaultyStores.IgnoresUntil::new));
    }

    @Test
    void aLatestEventTooManyIsCaught() {
        assertCaught("3.2", contract(FaultyStores.GivesOneTooManyOfTheLatest::new));
    }

    @Test
    void textInAnotherFormIsCaught() {
        assertCaught("4.1", contract(FaultyStores::normalisesText));
    }

    @Test
    void aNumberWithFewerBitsIsCaught() {
        assertCaught("4.4", contract(FaultyStores::passesNumbersThroughFloat));
    }

    @Test
    void anEventThatCountsTwiceWhenTheClockGoesBackIsCaught() {
        assertCaught("5.3", contract(FaultyStores.CountsTwiceWhenTheClockGoesBack::new));
    }

    @Test
    void aRollupLostWithTheEventsThatWereRemovedIsCaught() {
        assertCaught("6.3", contract(FaultyStores.LosesTheRollupsOfRemovedEvents::new));
    }

    @Test
    void aLastEventThatIsRemovedIsCaught() {
        assertCaught("6.5", contract(FaultyStores.RemovesTheLastEvent::new));
    }

    @Test
    void anAppendLostToACompactionIsCaught() {
        assertCaughtInTheEnd("6.14", contract(FaultyStores.CompactsWhatItReadBeforeItLocked::new));
    }

    @Test
    void halfAnAppendAfterAKillIsCaught() {
        assertCaughtInTheEnd("7.1", new WritesEachEventOnItsOwn());
    }

    @Test
    void halfACompactionAfterAKillIsCaught() {
        assertCaughtInTheEnd("7.2", new RewritesItsFileInPlace());
    }

    @Test
    void damageThatIsReadInSilenceIsCaught() {
        assertCaught("8.2", contract(FaultyStores::comparesNoChecksum));
    }

    private void assertCaught(String number, StoreContract contract) {
        contract.directory = temp;
        Method rule = rule(number);
        RuleBreach.assertFails(contract, broken -> StoreContractRules.check(rule, broken));
    }

    /** Kills may fall where nothing is at stake, and threads get out of each other's way, so that a fault is not caught the first time. */
    private void assertCaughtInTheEnd(String number, StoreContract contract) {
        Method rule = rule(number);
        RuleBreach.assertFails(contract, broken -> {
            for (int i = 0; i < TRIES; i++) {
                broken.directory = Files.createDirectory(temp.resolve("try-" + i));
                StoreContractRules.check(rule, broken);
            }
        });
    }

    private static Method rule(String number) {
        List<Method> rules = StoreContractRules.all().filter(rule -> rule.getAnnotation(StoreRule.class).value().equals(number)).toList();
        assertEquals(1, rules.size(), () -> "rule " + number);
        return rules.get(0);
    }

    private static StoreContract contract(Function<Path, Store> stores) {
        return new StoreContract() {
            @Override
            protected Store open(Path directory) {
                return stores.apply(directory);
            }
        };
    }

    /** Has a name by which another process finds it. */
    static final class WritesEachEventOnItsOwn extends StoreContract {
        @Override
        protected Store open(Path directory) {
            return new FaultyStores.WritesEachEventOnItsOwn(directory);
        }
    }

    /** Has a name by which another process finds it. */
    static final class RewritesItsFileInPlace extends StoreContract {
        @Override
        protected Store open(Path directory) {
            return FaultyStores.rewritesItsFileInPlace(directory);
        }
    }
}
