package dev.autosync.core.improve;

import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.testkit.ImprovementRuleContract;
import dev.autosync.trend.Trend.Movement;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The built-in rules keep the contract that rules of plugins must keep. */
class BuiltInRulesContractTest {

    /** A rule by its name, and its trouble. */
    private abstract static class Contract extends ImprovementRuleContract {
        private final String name;
        private final List<ImprovementContext> troubles;

        Contract(String name, ImprovementContext... troubles) {
            this.name = name;
            this.troubles = List.of(troubles);
        }

        @Override
        protected ImprovementRule rule() {
            return BuiltInRules.all().stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
        }

        @Override
        protected List<ImprovementContext> troubles() {
            return troubles;
        }
    }

    @Nested
    class Batches extends Contract {
        Batches() {
            super("batch-size", Troubles.batches(3));
        }
    }

    @Nested
    class BuildOutput extends Contract {
        BuildOutput() {
            super("build-output-in-snapshots", Troubles.filesChangeUnderTheTests(9));
        }
    }

    @Nested
    class Locking extends Contract {
        Locking() {
            super("clumsy-locking", Troubles.longWaits(9, 10, 0.5));
        }
    }

    @Nested
    class Culprits extends Contract {
        Culprits() {
            super("culprits-in-one-place", Troubles.culprits(5, 2));
        }
    }

    @Nested
    class Failures extends Contract {
        Failures() {
            super("failing-cycles", Troubles.failures("AS-1303", 4));
        }
    }

    @Nested
    class Flaky extends Contract {
        Flaky() {
            super("flaky-tests", Troubles.flakyTest(2, 5));
        }
    }

    @Nested
    class Store extends Contract {
        Store() {
            super("json-store-has-grown", Troubles.grownStore(), Troubles.slowerStore(1));
        }
    }

    @Nested
    class Target extends Contract {
        Target() {
            super("kpi-off-target", Troubles.missedTarget(6, Movement.STEADY));
        }
    }

    @Nested
    class Slow extends Contract {
        Slow() {
            super("slow-tests", Troubles.slowerTests(2), Troubles.longTests(15, 1000, 0.9));
        }
    }

    @Nested
    class Stale extends Contract {
        Stale() {
            super("stale-patches", Troubles.stalePatches(9, 1));
        }
    }

    @Nested
    class Apart extends Contract {
        Apart() {
            super("tests-apart-from-patches", Troubles.changesPastTheTests(4));
        }
    }
}
