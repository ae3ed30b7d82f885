package dev.autosync.core.culprit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A whole inquiry into a red batch: a search for culprits, and what comes before anybody is blamed.
 *
 * <p>A patch that is red without others and not red with them needs them. Where a part of the batch breaks before its tests though more patches do
 * not, the search is left, and culprits are sought by {@linkplain Narrowing leaving out little}; a patch that breaks only without others is not
 * blamed. Where the whole batch breaks before its tests, those that were convicted of it are tried together, all but a few. In the end those that are
 * convicted are {@linkplain Reproductions run alone}; who is not bad alone is part of a {@linkplain Combination combination}, for which nobody is blamed.
 *
 * <p>What lands was green in one run of all tests. Runs of the search may be side by side, those after it are one at a time. Deterministic. Not safe to share between threads.
 */
public final class Inquiry implements Search {
    private final int patches;
    private final Needs needs;
    private final double falseRed;
    private final double error;
    private final int mostRuns;
    private final Search search;
    private HiddenNeeds hidden;
    private final List<Heard> heard = new ArrayList<>();
    private final List<Findings.Conviction> convicted = new ArrayList<>();
    private final List<List<Integer>> units = new ArrayList<>();
    private final Map<Integer, Combination.Result> combinations = new LinkedHashMap<>();
    /** What does not land: convicted, or not to be told apart from who is bad. */
    private final BitSet out = new BitSet();
    private final Set<Integer> dropped = new HashSet<>();
    private final Set<String> flaky = new LinkedHashSet<>();
    private final List<Reproductions.Suspect> notAlone = new ArrayList<>();
    private Stage stage = Stage.SEARCH;
    private BitSet green = new BitSet();
    private @Nullable Narrowing narrowing;
    private @Nullable Landing landing;
    private @Nullable Reproductions reproductions;
    private @Nullable Combination combination;
    /** The run that a stage after the search has asked for; these make one at a time. */
    private @Nullable Ask underWay;
    /** The runs of the search that are under way, perhaps though it was left. */
    private final Set<Ask> searching = new HashSet<>();

    private enum Stage { SEARCH, NARROW, LAND, REPRODUCE, COMBINE, END }

    private record Heard(BitSet patches, Seen seen) {
        boolean broke() {
            return seen.colour() == Seen.Colour.RED && seen.failed().isEmpty();
        }
    }

    /**
     * An inquiry.
     *
     * @param needs of the patches of the batch
     * @param searches the search to begin with, by needs
     * @param falseRed the chance that a run of good patches is red, 0 or more and below 1
     * @param error the most that a conviction may be wrong by, for example 0.01
     * @param mostRuns after so many runs of each stage it is left, 1 or more
     */
    public Inquiry(Needs needs, Function<Needs, Search> searches, double falseRed, double error, int mostRuns) {
        this.patches = needs.patches();
        this.needs = needs;
        this.falseRed = falseRed;
        this.error = error;
        this.mostRuns = mostRuns;
        this.search = searches.apply(needs);
        this.hidden = new HiddenNeeds(patches, Narrowing.MEAN_NEEDS, 0, falseRed);
    }

    @Override
    public Optional<Ask> next() {
        while (stage != Stage.END && underWay == null) {
            Optional<Ask> ask = switch (stage) {
                case SEARCH -> search.next();
                case NARROW -> current(narrowing).next();
                case LAND -> current(landing).next().map(Inquiry::ask);
                case REPRODUCE -> current(reproductions).next();
                case COMBINE -> current(combination).next();
                case END -> Optional.empty();
            };
            if (ask.isPresent()) {
                if (stage == Stage.SEARCH) {
                    searching.add(ask.get());
                } else {
                    underWay = ask.get();
                }
                return ask;
            }
            if (stage == Stage.SEARCH && !searching.isEmpty()) {
                return Optional.empty();
            }
            goOn();
        }
        return Optional.empty();
    }

    private static <T> T current(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("nothing is under way");
        }
        return part;
    }

    private static Ask ask(BitSet set) {
        return Ask.all(set.stream().boxed().toList());
    }

    @Override
    public void answer(Ask ask, Seen seen) {
        BitSet set = Needs.bits(ask.patches());
        Heard run = new Heard(set, seen);
        // What breaks before its tests does so whichever were asked for.
        if (seen.colour() != Seen.Colour.NONE && (ask.only().isEmpty() || run.broke())) {
            heard.add(run);
        }
        if (searching.remove(ask)) {
            ofSearch(ask, set, seen);
            return;
        }
        underWay = null;
        switch (stage) {
            case NARROW -> current(narrowing).answer(ask, seen);
            case LAND -> current(landing).answer(set, seen);
            case REPRODUCE -> current(reproductions).answer(ask, seen);
            case COMBINE -> current(combination).answer(ask, seen);
            case SEARCH, END -> throw new IllegalArgumentException("no such run was asked for: " + ask);
        }
    }

    private void ofSearch(Ask ask, BitSet set, Seen seen) {
        if (stage == Stage.SEARCH) {
            search.answer(ask, seen);
            learn(set, seen);
            brokenThoughMoreIsNot().ifPresent(this::narrow);
        }
    }

    private void learn(BitSet set, Seen seen) {
        if (seen.colour() == Seen.Colour.GREEN || !seen.failed().isEmpty()) {
            hidden.built(set);
        } else if (seen.colour() == Seen.Colour.RED) {
            hidden.broke(set);
        }
    }

    /** A set that came to its tests, which fail, though a part of it broke. */
    private Optional<Heard> brokenThoughMoreIsNot() {
        return heard.stream().filter(more -> !more.seen().failed().isEmpty())
                .filter(more -> heard.stream().anyMatch(part -> part.broke() && within(part.patches(), more.patches())))
                .min(Comparator.comparingInt(more -> more.patches().cardinality()));
    }

    private static boolean within(BitSet inner, BitSet outer) {
        BitSet rest = (BitSet) inner.clone();
        rest.andNot(outer);
        return rest.isEmpty();
    }

    private void narrow(Heard red) {
        BitSet without = largestGreen(red.patches());
        Symptom symptom = Symptom.of(red.seen().failed());
        narrowing = new Narrowing(symptom, without.stream().boxed().toList(), red.patches().stream().boxed().toList(), needs, hidden, falseRed, error, mostRuns);
        stage = Stage.NARROW;
    }

    private BitSet largestGreen(BitSet within) {
        return heard.stream().filter(run -> run.seen().colour() == Seen.Colour.GREEN && within(run.patches(), within)).map(Heard::patches)
                .max(Comparator.comparingInt(BitSet::cardinality)).orElseGet(BitSet::new);
    }

    /** From one stage to the next, when one has ended. */
    private void goOn() {
        switch (stage) {
            case SEARCH -> afterSearch();
            case NARROW -> afterNarrowing(current(narrowing).result().orElseThrow());
            case LAND -> afterLanding(current(landing));
            case REPRODUCE -> afterReproductions(current(reproductions));
            case COMBINE -> afterCombination(current(combination).result().orElseThrow());
            case END -> { }
        }
    }

    private void afterSearch() {
        Findings found = search.findings();
        convicted.addAll(found.convicted());
        flaky.addAll(found.flaky());
        green = Needs.bits(found.green());
        Optional<Heard> unexplained = convicted.isEmpty() ? unexplained() : Optional.empty();
        if (unexplained.isPresent()) {
            flaky.removeAll(unexplained.get().seen().failed());
            narrow(unexplained.get());
            return;
        }
        List<Findings.Conviction> broken = found.convicted().stream().filter(conviction -> symptom(conviction).tests().isEmpty()).toList();
        if (broken.size() > 1) {
            // As a rule one of them breaks it, and the others lack each other.
            hidden = new HiddenNeeds(patches, Narrowing.MEAN_NEEDS, 1.0 / broken.size(), falseRed);
            heard.forEach(run -> learn(run.patches(), run.seen()));
            BitSet wanted = (BitSet) green.clone();
            broken.forEach(conviction -> wanted.set(conviction.patch()));
            found.convicted().forEach(conviction -> out.set(conviction.patch()));
            land(wanted, broken.stream().map(conviction -> without(wanted, conviction.patch())).toList(), 2 * broken.size());
        } else {
            reproduce();
        }
    }

    /** Of a tree that was red whenever it was run, though the search has cleared everybody: some of its patches were green without the others. */
    private Optional<Heard> unexplained() {
        for (Heard red : heard) {
            List<Heard> same = heard.stream().filter(run -> run.patches().equals(red.patches())).toList();
            BitSet without = largestGreen(red.patches());
            if (!without.isEmpty() && same.stream().noneMatch(run -> run.seen().failed().isEmpty())) {
                return Optional.of(red);
            }
        }
        return Optional.empty();
    }

    private void land(BitSet wanted, List<BitSet> first, int most) {
        Set<BitSet> known = heard.stream().map(Heard::patches).collect(Collectors.toSet());
        landing = new Landing(green, wanted, needs, hidden, known, first, most);
        stage = Stage.LAND;
    }

    private static BitSet without(BitSet patches, int patch) {
        BitSet rest = (BitSet) patches.clone();
        rest.clear(patch);
        return rest;
    }

    /** How a patch that was convicted shows: in the smallest red run with it. */
    private Symptom symptom(Findings.Conviction conviction) {
        return conviction.symptoms().isEmpty() ? smallestRed(conviction.patch()).map(run -> Symptom.of(run.seen().failed())).orElse(Symptom.broken())
                : Symptom.of(conviction.symptoms());
    }

    private Optional<Heard> smallestRed(int patch) {
        return heard.stream().filter(run -> run.seen().colour() == Seen.Colour.RED && run.patches().get(patch))
                .min(Comparator.comparingInt(run -> run.patches().cardinality()));
    }

    private void afterNarrowing(Narrowing.Result result) {
        if (result.end() == Narrowing.End.CONTRADICTED) {
            flaky.addAll(current(narrowing).symptom().tests());
        }
        if (result.end() == Narrowing.End.FOUND) {
            Set<String> symptoms = heard.stream().filter(run -> run.patches().equals(Needs.bits(result.with().patches())))
                    .flatMap(run -> run.seen().failed().stream()).collect(Collectors.toSet());
            result.patches().forEach(patch -> convicted.add(new Findings.Conviction(patch, result.probability(), symptoms)));
            if (result.patches().size() > 1) {
                units.add(result.patches());
            }
        }
        out.or(Needs.bits(result.patches()));
        BitSet wanted = needs.withDependents(out);
        wanted.flip(0, patches);
        green = largestGreen(wanted);
        land(wanted, List.of(), mostRuns);
    }

    private void afterLanding(Landing ended) {
        green = ended.green();
        Optional<Heard> red = ended.red().flatMap(set -> heard.stream().filter(run -> run.patches().equals(set) && !run.seen().failed().isEmpty()
                && !flaky.containsAll(run.seen().failed())).findFirst());
        if (red.isPresent()) {
            narrow(red.get());
            return;
        }
        convicted.removeIf(conviction -> green.get(conviction.patch()));
        out.andNot(green);
        reproduce();
    }

    private void reproduce() {
        Set<Integer> inUnits = units.stream().flatMap(List::stream).collect(Collectors.toSet());
        List<Reproductions.Suspect> suspects = convicted.stream().filter(conviction -> !inUnits.contains(conviction.patch()) && !seenAlone(conviction))
                .map(conviction -> new Reproductions.Suspect(conviction.patch(), symptom(conviction))).toList();
        reproductions = new Reproductions(suspects, needs, Rates.known(falseRed, 1), error);
        stage = Stage.REPRODUCE;
    }

    private boolean seenAlone(Findings.Conviction conviction) {
        BitSet alone = needs.closed(Needs.bits(List.of(conviction.patch())));
        Symptom symptom = symptom(conviction);
        return heard.stream().anyMatch(run -> run.patches().equals(alone) && symptom.in(run.seen()) == Symptom.Shown.SHOWN);
    }

    private void afterReproductions(Reproductions ended) {
        convicted.stream().filter(conviction -> ended.together().contains(conviction.patch()))
                .forEach(conviction -> notAlone.add(new Reproductions.Suspect(conviction.patch(), symptom(conviction))));
        combineNext();
    }

    private void combineNext() {
        if (notAlone.isEmpty()) {
            stage = Stage.END;
            return;
        }
        Reproductions.Suspect suspect = notAlone.get(0);
        List<Integer> together = heard.stream().filter(run -> run.patches().get(suspect.patch()) && suspect.symptom().in(run.seen()) == Symptom.Shown.SHOWN)
                .map(Heard::patches).min(Comparator.comparingInt(BitSet::cardinality)).orElseGet(BitSet::new).stream().boxed().toList();
        Combination next = new Combination(suspect.patch(), suspect.symptom(), together, needs, Rates.known(falseRed, 1), error, mostRuns);
        heard.forEach(run -> next.note(ask(run.patches()), run.seen()));
        combination = next;
        stage = Stage.COMBINE;
    }

    private void afterCombination(Combination.Result result) {
        int patch = notAlone.remove(0).patch();
        if (result.end() != Combination.End.FOUND) {
            // Alone it was good, and with the others it is not bad each time: nobody can tell.
            convicted.removeIf(conviction -> conviction.patch() == patch);
        } else if (result.members().size() > 1) {
            convicted.removeIf(conviction -> conviction.patch() == patch);
            combinations.put(patch, result);
        }
        combineNext();
    }

    @Override
    public boolean tells(Ask ask) {
        return searching.contains(ask) ? stage == Stage.SEARCH && search.tells(ask) : ask.equals(underWay);
    }

    @Override
    public void drop(Collection<Integer> gone) {
        dropped.addAll(gone);
        out.or(Needs.bits(gone));
        if (stage == Stage.SEARCH) {
            search.drop(gone);
        }
    }

    @Override
    public Findings findings() {
        if (stage == Stage.SEARCH) {
            return search.findings();
        }
        Set<Integer> decided = new HashSet<>(dropped);
        decided.addAll(combinations.keySet());
        convicted.forEach(conviction -> decided.add(conviction.patch()));
        List<Integer> undecided = new ArrayList<>();
        for (int patch = 0; patch < patches; patch++) {
            if (!green.get(patch) && !decided.contains(patch)) {
                undecided.add(patch);
            }
        }
        List<Findings.Combined> combined = new ArrayList<>();
        combinations.forEach((patch, found) -> combined.add(new Findings.Combined(patch, found.members(), found.probability(), found.reproduction())));
        return new Findings(convicted, green.stream().boxed().toList(), undecided, flaky, combined, foundNeeds());
    }

    /** Which patches need others. What breaks with a patch that does not land may do so for that one, unless it is one that only tests fail with. */
    private Map<Integer, List<Integer>> foundNeeds() {
        BitSet building = (BitSet) green.clone();
        convicted.stream().filter(conviction -> !symptom(conviction).tests().isEmpty()).forEach(conviction -> building.set(conviction.patch()));
        List<BitSet> built = heard.stream().filter(run -> run.seen().colour() != Seen.Colour.NONE && !run.broke()).map(Heard::patches).toList();
        return FoundNeeds.of(patches, built, heard.stream().filter(run -> run.broke() && within(run.patches(), building)).map(Heard::patches).toList());
    }
}
