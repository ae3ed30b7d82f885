package dev.autosync.bench.culprit.real;

import dev.autosync.examples.ReleasePatch;
import dev.autosync.examples.ReleasePatches;
import dev.autosync.testing.TestResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Draws batches and finds out their truth: which patches can land.
 *
 * <p>The patches of the release can land if the tests are green with all of them; otherwise those with which, and what they need, the tests are green. What can
 * land is green together, and with each other patch that has what it needs the tests are red: mutations are looked at alone first, and so once more. Where that
 * does not hold, as when a test does not reach a mutation any more, nobody could say who is bad, and another batch is drawn.
 */
final class Batches {
    private static final int LEAST = 3;
    private static final int MORE = 6;
    private static final int MOST_MUTATIONS = 3;

    private final List<ReleasePatch> groups;
    private final List<ReleasePatch> files;
    private final Mutants mutants;
    private final Oracle oracle;
    private final AtomicInteger unclear = new AtomicInteger();

    Batches(ReleasePatches patches, Oracle oracle) {
        this.groups = patches.groups();
        this.files = patches.files();
        this.mutants = new Mutants(patches.mutations(), oracle);
        this.oracle = oracle;
    }

    /** How many drawings have had no clear truth. */
    int unclear() {
        return unclear.get();
    }

    /** The batch of a number: those of odd numbers are made of files that do not say what they need, the others of groups that do. */
    RealBatch draw(int number) throws IOException, InterruptedException {
        Random random = new Random(number);
        List<ReleasePatch> pool = number % 2 == 0 ? groups : files;
        while (true) {
            List<ReleasePatch> patches = withNeeds(drawn(pool, LEAST + random.nextInt(MORE), random), pool);
            patches.addAll(mutants.draw(random.nextInt(MOST_MUTATIONS + 1), random));
            Collections.shuffle(patches, random);
            List<ReleasePatch> landable = landable(patches);
            if (isClear(patches, landable)) {
                return new RealBatch(number, patches, ids(landable));
            }
            unclear.incrementAndGet();
        }
    }

    private static List<ReleasePatch> drawn(List<ReleasePatch> pool, int howMany, Random random) {
        List<ReleasePatch> all = new ArrayList<>(pool);
        Collections.shuffle(all, random);
        return all.subList(0, Math.min(howMany, all.size()));
    }

    private static List<ReleasePatch> withNeeds(Collection<ReleasePatch> patches, List<ReleasePatch> pool) {
        Set<String> ids = new LinkedHashSet<>(ids(patches));
        patches.forEach(patch -> ids.addAll(patch.needs()));
        return pool.stream().filter(patch -> ids.contains(patch.patch().id())).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Set<String> ids(Collection<ReleasePatch> patches) {
        return patches.stream().map(patch -> patch.patch().id()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<ReleasePatch> landable(List<ReleasePatch> patches) throws IOException, InterruptedException {
        List<ReleasePatch> release = patches.stream().filter(patch -> !Mutants.isOne(patch)).toList();
        if (oracle.run(release).green()) {
            return release;
        }
        Set<String> good = new LinkedHashSet<>();
        for (ReleasePatch patch : release) {
            if (oracle.run(withNeeds(List.of(patch), patches)).green()) {
                good.add(patch.patch().id());
            }
        }
        return release.stream().filter(patch -> good.contains(patch.patch().id()) && good.containsAll(patch.needs())).toList();
    }

    private boolean isClear(List<ReleasePatch> patches, List<ReleasePatch> landable) throws IOException, InterruptedException {
        Set<String> ids = ids(landable);
        if (!oracle.run(landable).green()) {
            return false;
        }
        for (ReleasePatch patch : patches) {
            if (!ids.contains(patch.patch().id()) && ids.containsAll(patch.needs())) {
                List<ReleasePatch> one = new ArrayList<>(landable);
                one.add(patch);
                List<String> failedAlone = oracle.run(withNeeds(List.of(patch), patches)).failures().stream().map(TestResult::id).toList();
                if (!oracle.red(one, failedAlone)) {
                    return false;
                }
            }
        }
        return true;
    }
}
