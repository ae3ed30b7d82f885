package dev.autosync.core.improve;

import dev.autosync.spi.ImprovementRule;
import java.util.List;

/** The rules that every engine has. {@code docs/improvements.md} says when each of them speaks. Threads: safe. */
public final class BuiltInRules {

    private BuiltInRules() {}

    /** All of them, in the order of their names. */
    public static List<ImprovementRule> all() {
        return List.of(new BatchesTooSmall(), new BuildOutputInSnapshots(), new ClumsyLocking(), new CulpritsInOnePlace(), new FailingCycles(),
                new FlakyTests(), new JsonStoreHasGrown(), new KpiOffTarget(), new SlowTests(), new StalePatches(), new TestsApartFromPatches());
    }
}
