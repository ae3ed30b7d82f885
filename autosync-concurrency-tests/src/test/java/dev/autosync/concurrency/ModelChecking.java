package dev.autosync.concurrency;

import dev.autosync.lock.ReadMostlyModel;
import java.util.concurrent.locks.StampedLock;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** Lincheck with the counts at which every seeded defect is found: with fewer invocations some were not. */
public final class ModelChecking {
    private static final int ITERATIONS = Integer.getInteger("autosync.iterations", 5);
    private static final int INVOCATIONS = Integer.getInteger("autosync.invocations", 1000);

    /** Counting the keys walks over 64 stripes, which is no endless loop. */
    private static final int LOOP_BOUND = 200;

    /** The mutex of a stripe is the JDK's own lock, which is not what is checked there: each call of it is one step. */
    private static final ManagedStrategyGuarantee MUTEX = ManagedStrategyGuaranteeKt.forClasses(StampedLock.class.getName())
            .allMethods()
            .treatAsAtomic();

    private ModelChecking() {}

    /** A model whose operations, one after the other, are what it should do. */
    public static void of(Class<?> model) {
        of(model, model);
    }

    /** A model and what it should do. */
    public static void of(Class<?> model, Class<?> specification) {
        ModelCheckingOptions options = new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .loopBound(LOOP_BOUND)
                .sequentialSpecification(specification);
        if (model != ReadMostlyModel.class) {
            options.addGuarantee(MUTEX);
        }
        options.check(model);
    }
}
