package dev.autosync.lock;

import dev.autosync.retry.Deadline;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Who waits gets it, at once when it is free. The first figure is how many had to wait beyond all reason. */
public class WaitingStress {

    /** Waiters look for themselves every now and then; that has to be off to see a wake-up that was lost. */
    @JCStressTest
    @Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "both have counted, nobody was forgotten")
    @State
    public static class ForOneKey {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;
        private int forgotten;

        private void count() {
            Deadline deadline = Patience.deadline();
            try (Hold hold = Taking.take(locks, "key", deadline)) {
                forgotten += Patience.isTried(deadline) ? 1 : 0;
                count++;
            }
        }

        @Actor
        public void one() {
            count();
        }

        @Actor
        public void other() {
            count();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r1 = forgotten;
            result.r2 = count;
            result.r3 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "both have counted, neither waited for the other for ever")
    @State
    public static class ForTheSameKeysInOppositeOrder {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;
        private volatile int deadlocks;

        private void count(String first, String second) {
            Deadline deadline = Patience.deadline();
            try (Hold hold = Taking.takeAll(locks, List.of(first, second), deadline)) {
                count++;
            } catch (LockException busy) {
                Patience.isTried(deadline);
                deadlocks = 1;
            }
        }

        @Actor
        public void one() {
            count("a", "b");
        }

        @Actor
        public void other() {
            count("b", "a");
        }

        @Arbiter
        public void after(III_Result result) {
            result.r1 = deadlocks;
            result.r2 = count;
            result.r3 = locks.size();
        }
    }
}
