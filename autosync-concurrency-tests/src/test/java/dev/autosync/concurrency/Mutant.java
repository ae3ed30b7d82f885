package dev.autosync.concurrency;

import java.util.ArrayList;
import java.util.List;

/**
 * A defect put into the real code, and the checks that must find it.
 *
 * @param name what is wrong with the code then
 * @param conditions what has to be changed for the defect to be visible at all; with these alone every check passes
 * @param defect the defect
 * @param checks each of these must fail
 * @param inEveryBuild whether the first of them is run in every build, not in the long run alone
 */
record Mutant(String name, List<Edit> conditions, Edit defect, List<Check> checks, boolean inEveryBuild) {

    Mutant everyBuild() {
        return new Mutant(name, conditions, defect, checks, true);
    }

    List<Edit> edits() {
        List<Edit> edits = new ArrayList<>(conditions);
        edits.add(defect);
        return edits;
    }

    @Override
    public String toString() {
        return name;
    }
}
