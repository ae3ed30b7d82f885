package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever runs say, be it as contradictory as they like. */
class SymptomSearchPropertyTest {
    private static final List<String> TESTS = List.of("a", "b", "c", "d", "e", "f");

    /** Each patch needs some of those before it, and what these need. */
    private static List<Set<Integer>> needs(int patches, Random random) {
        List<Set<Integer>> needs = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            Set<Integer> own = new TreeSet<>();
            for (int some = random.nextInt(3); some > 0 && patch > 0; some--) {
                int needed = random.nextInt(patch);
                own.add(needed);
                own.addAll(needs.get(needed));
            }
            needs.add(random.nextBoolean() ? own : Set.of());
        }
        return needs;
    }

    private static SymptomSearch search(List<Set<Integer>> needs, int workers) {
        return new SymptomSearch(new SymptomSearch.Settings(Needs.of(needs), Collections.nCopies(needs.size(), 0.02), test -> 0.001, 0.05, true, 0.01, workers));
    }

    /** Anything. */
    private static Seen seen(Random random) {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return kind == 0 ? Seen.none() : Seen.red();
        }
        Set<String> failed = new HashSet<>();
        Set<String> passed = new HashSet<>();
        for (String test : TESTS) {
            int result = random.nextInt(5);
            (result < 2 ? failed : result < 4 ? passed : new HashSet<String>()).add(test);
        }
        return failed.isEmpty() || kind == 2 ? Seen.green() : Seen.red(failed, passed);
    }

    @Property(tries = 150)
    void endsAndAsksOnlyForPatchesWithWhatTheyNeed(@ForAll @IntRange(max = 40) int patches, @ForAll @IntRange(min = 1, max = 4) int workers, @ForAll long seed) {
        Random random = new Random(seed);
        List<Set<Integer>> needs = needs(patches, random);
        SymptomSearch search = search(needs, workers);
        List<Ask> pending = new ArrayList<>();
        int asked = 0;
        while (true) {
            Optional<Ask> ask = search.next();
            ask.ifPresent(pending::add);
            ask.ifPresent(run -> assertThat(run.patches()).isSorted().allMatch(patch -> run.patches().containsAll(needs.get(patch))));
            if (ask.isPresent()) {
                assertThat(++asked).isLessThan(1000);
            } else if (pending.isEmpty()) {
                break;
            } else {
                search.answer(pending.remove(random.nextInt(pending.size())), seen(random));
            }
        }
        Findings findings = search.findings();
        assertThat(findings.convicted()).allMatch(conviction -> conviction.probability() >= 0.99 && conviction.probability() <= 1);
        Set<Integer> all = new HashSet<>(findings.green());
        all.addAll(findings.undecided());
        findings.convicted().forEach(conviction -> all.add(conviction.patch()));
        assertThat(all).hasSize(patches).hasSize(findings.green().size() + findings.undecided().size() + findings.convicted().size());
    }

    @Property(tries = 100)
    void believesTheSameInWhateverOrderAnswersCome(@ForAll @IntRange(min = 2, max = 30) int patches, @ForAll long seed) {
        Random random = new Random(seed);
        List<Set<Integer>> needs = needs(patches, random);
        SymptomSearch search = search(needs, 6);
        SymptomSearch other = search(needs, 6);
        for (int round = 0; round < 6; round++) {
            List<Ask> asks = new ArrayList<>();
            for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
                asks.add(ask.get());
                assertThat(other.next()).isEqualTo(ask);
            }
            List<Seen> answers = asks.stream().map(ask -> seen(random)).toList();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < asks.size(); i++) {
                search.answer(asks.get(i), answers.get(i));
                order.add(i);
            }
            Collections.shuffle(order, random);
            order.forEach(i -> other.answer(asks.get(i), answers.get(i)));
            assertThat(other.findings()).isEqualTo(search.findings());
        }
    }

    @Property(tries = 60)
    void learnsNothingFromRunsThatAreNoEvidence(@ForAll @IntRange(min = 2, max = 30) int patches, @ForAll long seed) {
        Random random = new Random(seed);
        SymptomSearch search = search(needs(patches, random), 1);
        for (Optional<Ask> ask = search.next(); ask.isPresent(); ask = search.next()) {
            Findings before = search.findings();
            search.answer(ask.get(), Seen.none());
            assertThat(search.findings()).isEqualTo(before);
            assertThat(search.next()).isEqualTo(ask);
            Seen seen = seen(random);
            search.answer(ask.get(), seen.colour() == Seen.Colour.NONE ? Seen.green() : seen);
        }
    }
}
