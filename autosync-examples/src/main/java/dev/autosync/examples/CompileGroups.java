package dev.autosync.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The changes of a release, grouped so that the main files compile with each group once the groups that it needs are in.
 *
 * <p>Tests are left out on purpose: they are the judge, and a change with which they do not compile is theirs to convict.
 */
final class CompileGroups {
    private final Map<ChangeUnit, Set<ChangeUnit>> needs;

    private CompileGroups(Map<ChangeUnit, Set<ChangeUnit>> needs) {
        this.needs = needs;
    }

    /** New files that use each other are one group. Asks as many compilers as there are processors; none of their threads is left when it returns. */
    static CompileGroups find(SourceTree main, List<FileChange> changes, Screen screen) throws InterruptedException, IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        BlockingQueue<CompileCheck> compilers = new ArrayBlockingQueue<>(threads);
        for (int i = 0; i < threads; i++) {
            compilers.add(new CompileCheck());
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CompileNeeds needs = new CompileNeeds(main, changes, compilers.element(), true);
            CompletionService<Answer> answers = new ExecutorCompletionService<>(executor);
            needs.units().forEach(unit -> answers.submit(() -> ask(needs, unit, compilers)));
            return new CompileGroups(collect(needs.units(), answers, screen));
        } finally {
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.MINUTES);
            for (CompileCheck compiler : compilers) {
                compiler.close();
            }
        }
    }

    /** Every file is a group of its own, even where it needs another one that needs it. */
    static CompileGroups ofFiles(SourceTree main, List<FileChange> changes, Predicate<SourceTree> compiles) throws IOException {
        try (CompileCheck compiler = new CompileCheck()) {
            CompileNeeds needs = new CompileNeeds(main, changes, compiler, false);
            Map<ChangeUnit, Set<ChangeUnit>> found = new LinkedHashMap<>();
            needs.units().forEach(unit -> found.put(unit, needs.of(unit, compiles)));
            return new CompileGroups(found);
        }
    }

    /** All groups, in the order of their paths. */
    Set<ChangeUnit> groups() {
        return needs.keySet();
    }

    /** The same where new files that need each other, in whatever order, are one group. */
    CompileGroups united() {
        Map<ChangeUnit, Set<ChangeUnit>> members = new LinkedHashMap<>();
        needs.keySet().forEach(group -> members.put(group, new LinkedHashSet<>(Set.of(group))));
        needs.forEach((group, others) -> others.stream().filter(other -> isNew(group) && isNew(other)).forEach(other -> {
            Set<ChangeUnit> all = members.getOrDefault(group, Set.of());
            all.addAll(members.getOrDefault(other, Set.of()));
            all.forEach(member -> members.put(member, all));
        }));
        Map<ChangeUnit, ChangeUnit> united = new LinkedHashMap<>();
        members.forEach((group, all) -> united.put(group,
                new ChangeUnit(needs.keySet().stream().filter(all::contains).flatMap(one -> one.changes().stream()).toList())));
        Map<ChangeUnit, Set<ChangeUnit>> found = new LinkedHashMap<>();
        needs.forEach((group, others) -> {
            ChangeUnit unit = united.getOrDefault(group, group);
            Set<ChangeUnit> its = found.computeIfAbsent(unit, none -> new LinkedHashSet<>());
            others.stream().map(other -> united.getOrDefault(other, other)).filter(other -> !other.equals(unit)).forEach(its::add);
        });
        return new CompileGroups(found);
    }

    private static boolean isNew(ChangeUnit group) {
        return group.changes().stream().allMatch(change -> change.before() == null);
    }

    /** All groups that must be in before this one, or with it. */
    Set<ChangeUnit> allNeeds(ChangeUnit group) {
        return needs.getOrDefault(group, Set.of());
    }

    /** The groups that must be in before this one, without those that are implied by others of them. */
    List<ChangeUnit> needs(ChangeUnit group) {
        List<ChangeUnit> direct = new ArrayList<>(needs.getOrDefault(group, Set.of()));
        direct.removeIf(other -> direct.stream().anyMatch(third -> needs.getOrDefault(third, Set.of()).contains(other)));
        return direct;
    }

    private record Answer(ChangeUnit unit, Set<ChangeUnit> needs) {}

    private static Answer ask(CompileNeeds needs, ChangeUnit unit, BlockingQueue<CompileCheck> compilers) throws InterruptedException {
        CompileCheck compiler = compilers.take();
        try {
            return new Answer(unit, needs.of(unit, compiler::compiles));
        } finally {
            compilers.add(compiler);
        }
    }

    private static Map<ChangeUnit, Set<ChangeUnit>> collect(List<ChangeUnit> units, CompletionService<Answer> answers, Screen screen)
            throws InterruptedException {
        Map<ChangeUnit, Set<ChangeUnit>> needs = new LinkedHashMap<>();
        units.forEach(unit -> needs.put(unit, Set.of()));
        for (int done = 1; done <= units.size(); done++) {
            try {
                Answer answer = answers.take().get();
                needs.put(answer.unit(), answer.needs());
                screen.step("asked the compiler about " + answer.unit().name(), done, units.size());
            } catch (ExecutionException e) {
                throw new IllegalStateException("the compiler failed", e.getCause());
            }
        }
        return needs;
    }
}
