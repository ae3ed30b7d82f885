package dev.autosync.lock;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A read sees one write whole or not at all; writes exclude each other, nested ones too. */
public class ReadMostlyStress {

    @JCStressTest
    @Outcome(id = {"0, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "both fields of the write or neither")
    @State
    public static class OneWrite {
        private final ReadMostlyLock lock = new ReadMostlyLock();
        private int left;
        private int right;

        @Actor
        public void writer() {
            lock.write(() -> {
                left = 1;
                right = 1;
                return 0;
            });
        }

        @Actor
        public void reader(II_Result result) {
            int seen = lock.read(() -> {
                int first = left;
                linger();
                return first << 1 | right;
            });
            result.r1 = seen >> 1;
            result.r2 = seen & 1;
        }
    }

    @JCStressTest
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "neither write was lost, and each read its own")
    @State
    public static class NestedWrites {
        private final ReadMostlyLock lock = new ReadMostlyLock();
        private int writes;
        private int seen;

        private void write() {
            lock.write(() -> {
                int before = lock.read(() -> writes);
                lock.write(() -> ++writes);
                seen += lock.read(() -> writes) == before + 1 ? 1 : 0;
                return 0;
            });
        }

        @Actor
        public void one() {
            write();
        }

        @Actor
        public void other() {
            write();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = writes;
            result.r2 = seen;
        }
    }

    @JCStressTest
    @Outcome(id = {"0, 0", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "what is thrown over half a write is dropped")
    @State
    public static class FailingReads {
        private final ReadMostlyLock lock = new ReadMostlyLock();
        private int left;
        private int right;

        @Actor
        public void writer() {
            lock.write(() -> {
                left = 1;
                right = 1;
                return 0;
            });
        }

        @Actor
        public void reader(II_Result result) {
            try {
                result.r1 = lock.read(() -> {
                    int seen = left;
                    linger();
                    if (seen != right) {
                        throw new IllegalStateException();
                    }
                    return seen;
                });
            } catch (IllegalStateException e) {
                result.r2 = 1;
            }
        }
    }

    /** Makes half a read last long enough for a write to come in between. */
    private static void linger() {
        for (int i = 0; i < 20; i++) {
            Thread.onSpinWait();
        }
    }
}
