package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.function.Executable;

/** A rule of a contract, as one that something breaks. */
interface RuleBreach<C> {
    void check(C contract) throws Exception;

    @SafeVarargs
    static <C> void assertFails(C contract, RuleBreach<C>... rules) {
        for (RuleBreach<C> rule : rules) {
            Executable check = () -> rule.check(contract);
            Throwable thrown = assertThrows(Throwable.class, check);
            // What fails on another thread arrives wrapped.
            assertInstanceOf(AssertionError.class, thrown instanceof ExecutionException e ? e.getCause() : thrown);
        }
    }
}
