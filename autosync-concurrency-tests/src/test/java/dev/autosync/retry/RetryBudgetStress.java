package dev.autosync.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A budget gives out what it has and no more, and loses nothing of what comes back. The last figure is what is left. */
public class RetryBudgetStress {

    @JCStressTest
    @Outcome(id = {"1, 0, 0", "0, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "one has taken the last")
    @State
    public static class TheLast {
        private final RetryBudget budget = RetryBudget.of(1, 0);

        @Actor
        public void one(III_Result result) {
            result.r1 = budget.take() ? 1 : 0;
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = budget.take() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = budget.available();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "both were counted")
    @State
    public static class TwoOfThree {
        private final RetryBudget budget = RetryBudget.of(3, 0);

        @Actor
        public void one(III_Result result) {
            result.r1 = budget.take() ? 1 : 0;
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = budget.take() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = budget.available();
        }
    }

    @JCStressTest
    @Outcome(id = "0, 0, 2", expect = Expect.ACCEPTABLE, desc = "both successes have given back")
    @State
    public static class TwoGivenBack {
        private final RetryBudget budget = RetryBudget.of(3, 1);

        public TwoGivenBack() {
            for (int i = 0; i < 3; i++) {
                budget.take();
            }
        }

        @Actor
        public void one() {
            budget.succeeded();
        }

        @Actor
        public void other() {
            budget.succeeded();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = budget.available();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "one taken, one given back")
    @State
    public static class TakenAndGivenBack {
        private final RetryBudget budget = RetryBudget.of(3, 1);

        public TakenAndGivenBack() {
            budget.take();
        }

        @Actor
        public void caller(III_Result result) {
            result.r1 = budget.take() ? 1 : 0;
        }

        @Actor
        public void successful() {
            budget.succeeded();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = budget.available();
        }
    }
}
