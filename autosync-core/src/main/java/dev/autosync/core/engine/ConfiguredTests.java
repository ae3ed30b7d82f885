package dev.autosync.core.engine;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.testing.CombinedSuite;
import dev.autosync.spi.TestSuiteFactory;
import dev.autosync.testing.TestSuite;

/** Makes the tests that a configuration names: a suite of a plugin, or several suites, each by its name, as one. */
final class ConfiguredTests {
    private static final String ALL = "all";

    private ConfiguredTests() {}

    static TestSuite make(CoreConfig.Part part, Plugins<TestSuiteFactory> known) {
        return part.name().equals(ALL) ? all(part.settings(), known) : part.make(known, TestSuiteFactory::create);
    }

    private static TestSuite all(JsonSection settings, Plugins<TestSuiteFactory> known) {
        JsonNode suites = settings.required("suites");
        JsonSection.of(suites); // says what is wrong with it
        boolean endsEarly = settings.bool("endsEarly").orElse(false);
        long parallel = settings.integer("parallel", 1, CombinedSuite.MOST_THREADS).orElse(1L);
        settings.done();
        if (suites.members().isEmpty()) {
            throw settings.invalid("suites", "names no suite");
        }
        CombinedSuite all = new CombinedSuite().parallel((int) parallel);
        for (JsonNode.Member member : suites.members()) {
            TestSuite suite = make(CoreConfig.testsPart(member.value()), known);
            try {
                all = all.suite(member.name(), suite);
            } catch (IllegalArgumentException e) {
                throw settings.invalid("suites", String.valueOf(e.getMessage()));
            }
        }
        return endsEarly ? all.endsEarly() : all;
    }
}
