package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import java.util.Set;

/**
 * How a diff wants to be applied, and how much it may ask for.
 *
 * @param fuzz how many context lines at each outer end of a hunk may differ, 0 to 2
 * @param nearest whether of several places the nearest to the stated line is taken
 * @param strip how many leading parts of each name are left out; -1 to work it out
 * @param limits how much the patch may ask for
 */
record DiffSettings(int fuzz, boolean nearest, int strip, PatchLimits limits) {
    static final Set<String> OPTIONS = Set.of("ambiguous", "fuzz", "strip");
    private static final int MAX_FUZZ = 2;
    private static final int MAX_STRIP = 20;

    static DiffSettings of(Patch patch, PatchLimits limits) throws DiffRefused {
        String ambiguous = patch.options().getOrDefault("ambiguous", "refuse");
        if (!ambiguous.equals("refuse") && !ambiguous.equals("nearest")) {
            throw DiffRefused.option("ambiguous", "refuse or nearest");
        }
        return new DiffSettings(number(patch, "fuzz", MAX_FUZZ, 0), ambiguous.equals("nearest"), number(patch, "strip", MAX_STRIP, -1), limits);
    }

    private static int number(Patch patch, String option, int most, int usual) throws DiffRefused {
        String text = patch.options().get(option);
        if (text == null) {
            return usual;
        }
        for (int number = 0; number <= most; number++) {
            if (text.equals("" + number)) {
                return number;
            }
        }
        throw DiffRefused.option(option, "a number from 0 to " + most);
    }
}
