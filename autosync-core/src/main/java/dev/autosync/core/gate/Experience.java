package dev.autosync.core.gate;

import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.experience.IntermittentBugs;
import dev.autosync.patch.Patch;
import java.util.Collection;
import java.util.OptionalDouble;

/** What earlier batches tell of patches and tests. Asked while a batch is decided, by one thread. */
public interface Experience {
    /**
     * The chance that a patch is bad, above 0 and below 1; empty if nothing is known.
     *
     * @param files those that it touches, as far as that is known
     */
    OptionalDouble risk(Patch patch, Collection<String> files);

    /** The share of runs of good patches in which a test fails, above 0 and below 1. */
    double falseFailure(String test);

    /** The share of runs of good patches that are red, above 0 and below 1. */
    double falseRed();

    /** The chance that at least one of so many patches holds a bug that shows now and then, 0 to 1. */
    double intermittent(int patches);

    /** Nothing is known. */
    static Experience none() {
        return new Experience() {
            @Override
            public OptionalDouble risk(Patch patch, Collection<String> files) {
                return OptionalDouble.empty();
            }

            @Override
            public double falseFailure(String test) {
                return FalseReds.UNSEEN;
            }

            @Override
            public double falseRed() {
                return FalseReds.UNSEEN;
            }

            @Override
            public double intermittent(int patches) {
                return IntermittentBugs.unseen(patches);
            }
        };
    }
}
