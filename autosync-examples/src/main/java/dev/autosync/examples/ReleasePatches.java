package dev.autosync.examples;

import dev.autosync.patch.Patch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The project of the main job and patches of it, for others than the main job: what its next release changes, and mutations.
 *
 * <p>Threads: immutable.
 */
public final class ReleasePatches {
    /** Any will do: whoever takes some of the mutations draws them. */
    private static final long SEED = 1;

    private final CommonsCli input;
    private final List<ReleasePatch> groups;
    private final List<ReleasePatch> files;

    private ReleasePatches(CommonsCli input, Predicate<Map<String, String>> compiles) throws IOException {
        this.input = input;
        CompileGroups single = CompileGroups.ofFiles(input.main(), input.changes(), tree -> compiles.test(tree.files()));
        this.groups = patches(single.united(), true);
        this.files = patches(single, false);
    }

    /**
     * Reads the project, and asks which of its changes compile without which: some hundred questions.
     *
     * @param folder where the build has put the main job's input
     * @param compiles whether main files of the project compile, their texts by their paths; nothing but the JDK is needed
     * @return the patches
     * @throws IOException if the input cannot be read
     */
    public static ReleasePatches read(Path folder, Predicate<Map<String, String>> compiles) throws IOException {
        return new ReleasePatches(CommonsCli.read(folder), compiles);
    }

    /**
     * The project as it was before the release.
     *
     * @return the bytes of every file, by path
     */
    public Map<String, byte[]> project() {
        return input.project();
    }

    /**
     * What the release changes, in groups that compile.
     *
     * @return patches that say what they need
     */
    public List<ReleasePatch> groups() {
        return groups;
    }

    /**
     * What the release changes, file by file.
     *
     * @return patches that do not say what they need
     */
    public List<ReleasePatch> files() {
        return files;
    }

    /**
     * Small changes of meaning that leave alone what the release changes. Whether they compile, and whether a test fails with them, is not known.
     *
     * @return patches by the files that they change, always in the same order
     */
    public Map<String, List<ReleasePatch>> mutations() {
        Map<String, String> after = input.main().with(input.changes()).files();
        Map<String, List<ReleasePatch>> mutations = new LinkedHashMap<>();
        input.main().files().forEach((path, text) -> {
            List<ReleasePatch> found = new ArrayList<>();
            for (Mutation mutation : Mutations.of(path, text, after.getOrDefault(path, ""), SEED)) {
                FileChange change = mutation.in(input.main());
                String id = "mutation/" + change.simpleName() + ":" + mutation.line() + "." + found.size();
                Patch patch = patch(id, "Line " + mutation.line() + ": " + mutation.description(), List.of(change)).build();
                found.add(new ReleasePatch(patch, Set.of(), files -> SourceTree.of(files).with(List.of(mutation.in(SourceTree.of(files)))).files()));
            }
            if (!found.isEmpty()) {
                mutations.put(path, List.copyOf(found));
            }
        });
        return mutations;
    }

    private List<ReleasePatch> patches(CompileGroups found, boolean declared) {
        BatchMaker maker = new BatchMaker(input, found);
        return found.groups().stream().map(group -> {
            Set<String> needs = found.allNeeds(group).stream().map(maker::id).collect(Collectors.toUnmodifiableSet());
            Patch.Builder patch = patch(maker.id(group), "What " + input.afterVersion() + " changes in " + group.name(), group.changes());
            return new ReleasePatch((declared ? patch.needs(needs.toArray(String[]::new)) : patch).build(), needs,
                    files -> SourceTree.of(files).with(group.changes()).files());
        }).toList();
    }

    private static Patch.Builder patch(String id, String description, List<FileChange> changes) {
        return Patch.builder(id, "unified-diff").content(UnifiedDiff.of(changes)).description(description);
    }
}
