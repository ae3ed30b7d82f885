package dev.autosync.examples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds out which changes of a project cannot go without each other, by asking the compiler.
 *
 * <p>Suspected are those that declare what a change newly uses, and those that stop using what it no longer declares. The compiler then
 * says whether that is enough, and which of them can be spared. So a wrong suspicion costs time and nothing else: if the suspects
 * are not enough, all others are suspected.
 *
 * <p>Threads: safe to share; every thread brings its own compiler.
 */
final class CompileNeeds {
    private final SourceTree base;
    private final Map<FileChange, Set<FileChange>> suspects = new LinkedHashMap<>();
    private final List<ChangeUnit> units;
    private final Map<Set<FileChange>, Boolean> known = new ConcurrentHashMap<>();

    /**
     * Looks through a tree that compiles both without and with all the changes.
     *
     * @param unite whether new files that use each other are one unit: they are one feature, of no use to anybody in pieces
     */
    CompileNeeds(SourceTree base, List<FileChange> changes, CompileCheck compiler, boolean unite) {
        this.base = base;
        Symbols before = compiler.symbols(base);
        Symbols after = compiler.symbols(base.with(changes));
        for (FileChange change : changes) {
            suspects.put(change, suspects(change, changes, before, after));
        }
        this.units = unite ? unite(changes) : changes.stream().map(change -> new ChangeUnit(List.of(change))).toList();
    }

    /** The changes, one by one but for new files that use each other, where those are united. */
    List<ChangeUnit> units() {
        return units;
    }

    /** The units without which this one does not compile; none if it compiles alone, or not even with all others. */
    Set<ChangeUnit> of(ChangeUnit unit, Predicate<SourceTree> compiler) {
        if (compiles(Set.of(unit), compiler)) {
            return Set.of();
        }
        Set<ChangeUnit> together = withSuspects(unit);
        if (!compiles(together, compiler)) {
            together = new LinkedHashSet<>(units);
        }
        return compiles(together, compiler) ? withoutSpare(unit, together, compiler) : Set.of();
    }

    private static Set<FileChange> suspects(FileChange change, List<FileChange> changes, Symbols before, Symbols after) {
        Set<String> gone = before.declaredOnlyHere(change.path(), after);
        Set<FileChange> found = new LinkedHashSet<>();
        for (FileChange other : changes) {
            Set<String> fresh = after.declaredOnlyHere(other.path(), before);
            if (other != change && (after.usesAny(change.path(), fresh) || before.usesAny(other.path(), gone))) {
                found.add(other);
            }
        }
        return found;
    }

    private List<ChangeUnit> unite(List<FileChange> changes) {
        Map<FileChange, List<FileChange>> united = new LinkedHashMap<>();
        changes.forEach(change -> united.put(change, new ArrayList<>(List.of(change))));
        suspects.forEach((change, others) -> others.forEach(other -> {
            List<FileChange> mine = united.getOrDefault(change, List.of());
            List<FileChange> its = united.getOrDefault(other, List.of());
            if (change.before() == null && other.before() == null && mine != its) {
                mine.addAll(its);
                its.forEach(member -> united.put(member, mine));
            }
        }));
        return new LinkedHashSet<>(united.values()).stream().map(ChangeUnit::new).toList();
    }

    /** The unit, its suspects, their suspects, and so on. */
    private Set<ChangeUnit> withSuspects(ChangeUnit unit) {
        Set<FileChange> together = new LinkedHashSet<>(unit.changes());
        Deque<FileChange> open = new ArrayDeque<>(together);
        while (!open.isEmpty()) {
            for (FileChange suspect : suspects.getOrDefault(open.pop(), Set.of())) {
                if (together.add(suspect)) {
                    open.add(suspect);
                }
            }
        }
        Set<ChangeUnit> found = new LinkedHashSet<>(units);
        found.removeIf(other -> other.changes().stream().noneMatch(together::contains));
        return found;
    }

    /** Takes out one after the other what is not needed, again and again: one that was needed by a spare one may be spare then. */
    private Set<ChangeUnit> withoutSpare(ChangeUnit unit, Set<ChangeUnit> together, Predicate<SourceTree> compiler) {
        Set<ChangeUnit> needed = new LinkedHashSet<>(together);
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (ChangeUnit candidate : List.copyOf(needed)) {
                Set<ChangeUnit> without = new LinkedHashSet<>(needed);
                without.remove(candidate);
                if (!candidate.equals(unit) && compiles(without, compiler)) {
                    needed = without;
                    smaller = true;
                }
            }
        }
        needed.remove(unit);
        return needed;
    }

    private boolean compiles(Collection<ChangeUnit> together, Predicate<SourceTree> compiler) {
        Set<FileChange> changes = new LinkedHashSet<>();
        together.forEach(unit -> changes.addAll(unit.changes()));
        Boolean answer = known.get(changes);
        if (answer == null) {
            answer = compiler.test(base.with(changes));
            known.put(Set.copyOf(changes), answer);
        }
        return answer;
    }
}
