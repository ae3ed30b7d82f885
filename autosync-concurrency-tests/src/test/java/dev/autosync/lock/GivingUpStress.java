package dev.autosync.lock;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Who gives up waiting has counted nothing and leaves nothing behind. The first figure is what is missing in the count. */
public class GivingUpStress {

    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing is missing, nothing is left")
    @State
    public static class AtTheDeadline {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;
        private int expected;

        @Actor
        public void holder() {
            try (Hold hold = Taking.take(locks, "key")) {
                count++;
            }
        }

        @Actor
        public void impatient() {
            try (Hold hold = Taking.take(locks, "key", Patience.expired())) {
                count++;
                expected = 1;
            } catch (LockException busy) {
                expected = 0;
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = expected + 1 - count;
            result.r2 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "nothing is missing, nothing is left")
    @State
    public static class ByAnInterrupt {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;
        private int expected;

        @Actor
        public void holder() {
            try (Hold hold = Taking.take(locks, "key")) {
                count++;
            }
        }

        @Actor
        public void interrupted() {
            Thread.currentThread().interrupt();
            try (Hold hold = locks.acquire("key")) {
                count++;
                expected = 1;
            } catch (InterruptedException e) {
                expected = 0;
            } finally {
                Thread.interrupted();
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = expected + 1 - count;
            result.r2 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "the first key was given back with the second")
    @State
    public static class AtTheSecondKey {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;
        private int expected;

        @Actor
        public void holder() {
            try (Hold hold = Taking.take(locks, "b")) {
                count++;
            }
        }

        @Actor
        public void impatient() {
            try (Hold hold = Taking.takeAll(locks, List.of("a", "b"), Patience.expired())) {
                count++;
                expected = 1;
            } catch (LockException busy) {
                expected = 0;
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = expected + 1 - count;
            result.r2 = locks.size();
        }
    }
}
