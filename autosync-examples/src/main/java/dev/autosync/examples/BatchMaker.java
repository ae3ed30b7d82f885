package dev.autosync.examples;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes the patches of the main job: those of the release, a few harmful ones, and two on a configuration file. */
final class BatchMaker {
    /** Any seed will do; a mutation that no test notices simply lands. With this one the tests of commons-cli 1.9.0 convict all three. */
    private static final long SEED = 3;

    private final CommonsCli input;
    private final CompileGroups groups;
    private final String root;

    BatchMaker(CommonsCli input, CompileGroups groups) {
        this.input = input;
        this.groups = groups;
        this.root = commonFolder(input.changes());
    }

    /** A patch for every group, which needs the patches of the groups that it does not compile without. */
    List<Proposal> release() {
        return groups.groups().stream().map(this::release).toList();
    }

    private Proposal release(ChangeUnit group) {
        List<String> needs = groups.needs(group).stream().map(this::id).toList();
        String diff = UnifiedDiff.of(group.changes());
        return new Proposal(id(group), diff(id(group), "What " + input.afterVersion() + " changes in " + group.name(), needs, diff),
                files -> files.with(group.changes()));
    }

    /**
     * Harmful patches: code that compiles and does something else. Only types that have a test of their own are mutated, at most once
     * each, and only in lines that the release leaves alone.
     */
    List<Proposal> mutations(int count, CompileCheck compiler) {
        List<Proposal> made = new ArrayList<>();
        List<FileChange> places = new ArrayList<>(input.changes());
        Collections.shuffle(places, new Random(SEED));
        for (FileChange place : places) {
            if (made.size() < count && input.hasTest(place.simpleName())) {
                mutations(place).filter(mutation -> compiler.compiles(input.main().with(List.of(mutation.in(input.main())))))
                        .findFirst()
                        .ifPresent(mutation -> made.add(proposal(mutation, place.simpleName())));
            }
        }
        return made;
    }

    private static Stream<Mutation> mutations(FileChange place) {
        String before = place.before();
        String after = place.after();
        return before == null || after == null ? Stream.of() : Mutations.of(place.path(), before, after, SEED).stream();
    }

    private Proposal proposal(Mutation mutation, String type) {
        String id = "mutation/" + type + ":" + mutation.line();
        String diff = UnifiedDiff.of(List.of(mutation.in(input.main())));
        return new Proposal(id, diff(id, "Line " + mutation.line() + ": " + mutation.description(), List.of(), diff),
                files -> files.with(List.of(mutation.in(files))));
    }

    /** A JSON Patch on a configuration file, and one that reaches for a file outside the workspace. */
    static List<Proposal> configuration() {
        return List.of(
                new Proposal("config/limits", jsonPatch("config/limits", AppConfig.PATH, AppConfig.OPERATIONS), AppConfig::patched),
                new Proposal("config/escape", jsonPatch("config/escape", "../outside.json", AppConfig.OPERATIONS), files -> files));
    }

    /** The id of a group's patch. */
    String id(ChangeUnit group) {
        String first = group.changes().get(0).path().substring(root.length());
        String name = group.changes().size() == 1 ? first.substring(0, first.lastIndexOf('.')) : first.substring(0, first.lastIndexOf('/'));
        return input.afterVersion() + "/" + name;
    }

    private static String diff(String id, String description, Collection<String> needs, String diff) {
        return "{\"id\": %s, \"format\": \"unified-diff\", \"needs\": %s, \"description\": %s,\n     \"content\": %s}".formatted(
                Json.string(id), Json.strings(needs), Json.string(description), Json.string(diff));
    }

    private static String jsonPatch(String id, String target, String operations) {
        return "{\"id\": %s, \"format\": \"json-patch\", \"target\": %s, \"content\": %s}".formatted(
                Json.string(id), Json.string(target), operations);
    }

    private static String commonFolder(List<FileChange> changes) {
        String prefix = changes.get(0).path();
        for (FileChange change : changes) {
            while (!change.path().startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.length() - 1);
            }
        }
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }
}
