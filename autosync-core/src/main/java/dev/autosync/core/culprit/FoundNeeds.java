package dev.autosync.core.culprit;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which patches need others without saying so, by which sets of them could be built and which broke before their tests. A patch of a broken set may lack each patch outside
 * it that was there whenever a set with the patch was built. Where one patch alone may lack something, it does.
 */
final class FoundNeeds {
    private FoundNeeds() {}

    /** By patches that need others those of which each needs one at least. Cost: in proportion to the patches, and to the sets of both kinds. */
    static Map<Integer, List<Integer>> of(int patches, List<BitSet> built, List<BitSet> broken) {
        BitSet[] alwaysWith = new BitSet[patches];
        for (int patch = 0; patch < patches; patch++) {
            BitSet with = new BitSet();
            with.set(0, patches);
            int at = patch;
            built.stream().filter(set -> set.get(at)).forEach(with::and);
            alwaysWith[patch] = with;
        }
        Map<Integer, List<Integer>> needs = new TreeMap<>();
        for (BitSet set : broken) {
            List<Integer> lacking = set.stream().filter(patch -> !Trials.holds(set, alwaysWith[patch])).boxed().toList();
            if (lacking.size() == 1) {
                BitSet missing = (BitSet) alwaysWith[lacking.get(0)].clone();
                missing.andNot(set);
                needs.merge(lacking.get(0), missing.stream().boxed().toList(), (some, others) -> others.size() < some.size() ? others : some);
            }
        }
        return needs;
    }
}
