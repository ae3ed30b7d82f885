package dev.autosync.lock;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** One key excludes, no other does, and nothing is left of a key that was given back. */
public class ExclusionStress {

    @JCStressTest
    @Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "both have counted twice, one after the other, and the key is gone")
    @State
    public static class OneKey {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;

        private void count() {
            for (int i = 0; i < 2; i++) {
                try (Hold hold = Taking.take(locks, "key")) {
                    count++;
                }
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
        public void after(II_Result result) {
            result.r1 = count;
            result.r2 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = Expect.ACCEPTABLE, desc = "one has it")
    @State
    public static class TryAndKeep {
        private final KeyedLocks locks = new KeyedLocks();

        @Actor
        public void one(III_Result result) {
            result.r1 = locks.tryAcquire("key").isPresent() ? 1 : 0;
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = locks.tryAcquire("key").isPresent() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = {"1, 0, 0", "0, 1, 0", "1, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "at least one had it, and the key is gone")
    @State
    public static class TryAndClose {
        private final KeyedLocks locks = new KeyedLocks();
        private volatile int inside;

        private int attempt() {
            return locks.tryAcquire("key").map(hold -> {
                inside++;
                int seen = inside;
                inside--;
                hold.close();
                return seen;
            }).orElse(0);
        }

        @Actor
        public void one(III_Result result) {
            result.r1 = attempt();
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = attempt();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "each has its own")
    @State
    public static class TwoKeysOfOneHash {
        private final KeyedLocks locks = new KeyedLocks();

        @Actor
        public void one(III_Result result) {
            result.r1 = locks.tryAcquire("Aa").isPresent() ? 1 : 0;
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = locks.tryAcquire("BB").isPresent() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "the outer hold has excluded until its end")
    @State
    public static class TakenTwice {
        private final KeyedLocks locks = new KeyedLocks();
        private int count;

        @Actor
        public void nested() {
            try (Hold outer = Taking.take(locks, "key")) {
                Taking.take(locks, "key").close();
                count++;
            }
        }

        @Actor
        public void plain() {
            try (Hold hold = Taking.take(locks, "key")) {
                count++;
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = count;
            result.r2 = locks.size();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1, 2, 0", expect = Expect.ACCEPTABLE, desc = "each token is higher than the one before it")
    @State
    public static class Tokens {
        private final KeyedLocks locks = new KeyedLocks();
        private long last;
        private int grants;

        private int rises() {
            try (Hold hold = Taking.take(locks, "key")) {
                long token = hold.token().value();
                int rises = token > last ? 1 : 0;
                last = token;
                grants++;
                return rises;
            }
        }

        @Actor
        public void one(IIII_Result result) {
            result.r1 = rises();
        }

        @Actor
        public void other(IIII_Result result) {
            result.r2 = rises();
        }

        @Arbiter
        public void after(IIII_Result result) {
            result.r3 = grants;
            result.r4 = locks.size();
        }
    }
}
