package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.Footprint.Place;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyGraphTest {
    @TempDir
    Path folder;

    private static Patch replace(String id, String path, int line, String... withContext) {
        StringBuilder diff = new StringBuilder("--- a/" + path + "\n+++ b/" + path + "\n@@ -" + line + ",3 +" + line + ",3 @@\n");
        diff.append(' ').append(withContext[0]).append("\n-").append(withContext[1]).append("\n+").append(id).append("\n ").append(withContext[2]).append('\n');
        return Patch.unifiedDiff(id, diff.toString());
    }

    private DependencyGraph graph(Patch... patches) {
        PatchedTree tree = Trees.of(folder, Map.of("f", FileContent.of(Trees.lines("f", 20)), "g", FileContent.of(Trees.lines("g", 20)),
                "c.json", FileContent.of("{\"a\": 1, \"b\": 2}")));
        List<PlannedPatch> planned = Trees.plan(List.of(patches), tree);
        assertThat(planned).hasSameSizeAs(patches);
        return DependencyGraph.of(planned);
    }

    @Test
    void aPatchDependsOnOneThatChangesLinesItQuotes() {
        Patch first = replace("first", "f", 4, "f line 4", "f line 5", "f line 6");
        Patch near = replace("near", "f", 5, "first", "f line 6", "f line 7");
        Patch far = replace("far", "f", 14, "f line 14", "f line 15", "f line 16");
        Patch other = replace("other", "g", 4, "g line 4", "g line 5", "g line 6");
        DependencyGraph graph = graph(first, near, far, other);

        assertThat(graph.dependsOn("first")).isEmpty();
        assertThat(graph.dependsOn("near")).containsExactly("first");
        assertThat(graph.dependsOn("far")).isEmpty();
        assertThat(graph.dependsOn("other")).isEmpty();
        assertThat(graph.footprint("far").changes()).containsExactly(Place.lines("f", 15, 15));
    }

    @Test
    void linesAreFollowedThroughWhatIsInserted() {
        Patch first = replace("first", "f", 14, "f line 14", "f line 15", "f line 16");
        Patch above = Patch.unifiedDiff("above", "--- a/f\n+++ b/f\n@@ -1,3 +1,6 @@\n f line 1\n+x\n+y\n+z\n f line 2\n f line 3\n");
        Patch same = replace("same", "f", 17, "f line 14", "first", "f line 16");
        assertThat(graph(first, above, same).dependsOn("same")).containsExactly("first");
    }

    @Test
    void dependenciesGoThroughOthersAndThroughNeeds() {
        Patch first = replace("first", "f", 4, "f line 4", "f line 5", "f line 6");
        Patch second = replace("second", "f", 5, "first", "f line 6", "f line 7");
        Patch third = Patch.builder("third", "write-file").target("new").content("x").needs("second").build();
        DependencyGraph graph = graph(first, second, third);
        assertThat(graph.dependsOn("third")).containsExactly("second");
        assertThat(graph.allBelow("third")).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aFileThatComesOrGoesMattersForAllBelowIt() {
        DependencyGraph graph = graph(Patch.delete("gone", "f"), Patch.write("below", "f/x", new byte[] {1}), Patch.write("beside", "fx", new byte[] {1}));
        assertThat(graph.dependsOn("below")).containsExactly("gone");
        assertThat(graph.dependsOn("beside")).isEmpty();
    }

    @Test
    void whatAFormatDoesNotSayCountsForTheWholeFile() {
        DependencyGraph graph = graph(Patch.write("one", "g", "x".getBytes()), Patch.write("two", "g", "y".getBytes()), Patch.write("three", "f", "z".getBytes()));
        assertThat(graph.dependsOn("two")).containsExactly("one");
        assertThat(graph.dependsOn("three")).isEmpty();
    }

    /** Whenever the graph says that neighbours commute, both orders give the same bytes; and it says so often enough to be of use. */
    @Test
    void patchesThatDoNotMeetGiveTheSameBytesInEitherOrder() {
        int commuting = 0;
        int meeting = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            PatchedTree tree = Trees.of(folder, Map.of("f", FileContent.of(Trees.lines("f", 30)), "g", FileContent.of(Trees.lines("g", 12))));
            List<Patch> series = new ArrayList<>(Trees.series(random, Trees.files(tree), 2));
            if (random.nextInt(4) == 0) {
                series.add(random.nextInt(series.size() + 1), random.nextBoolean() ? Patch.delete("d", "g") : Patch.write("w", "n/new", new byte[] {1}));
            }
            List<PlannedPatch> planned = Trees.plan(series, tree);
            for (int i = 0; i + 1 < planned.size(); i++) {
                PatchedTree before = Trees.after(tree, planned.subList(0, i));
                List<Patch> inOrder = List.of(planned.get(i).patch(), planned.get(i + 1).patch());
                if (!DependencyGraph.commute(planned.get(i), planned.get(i + 1))) {
                    meeting++;
                    continue;
                }
                commuting++;
                List<PlannedPatch> turned = Trees.plan(List.of(inOrder.get(1), inOrder.get(0)), before);
                assertThat(turned).as("seed %d", seed).hasSize(2);
                assertThat(Trees.after(before, turned).overlay()).as("seed %d", seed).isEqualTo(Trees.after(before, planned.subList(i, i + 2)).overlay());
            }
        }
        assertThat(commuting).isGreaterThan(150);
        assertThat(meeting).isGreaterThan(50);
    }

    /** The control of the property: of neighbours that meet, many do not give the same in the other order. */
    @Test
    void patchesThatMeetOftenDoNot() {
        int different = 0;
        for (int seed = 0; seed < 200; seed++) {
            PatchedTree tree = Trees.of(folder, Map.of("f", FileContent.of(Trees.lines("f", 8))));
            List<PlannedPatch> planned = Trees.plan(Trees.series(new Random(seed), Trees.files(tree), 2), tree);
            if (planned.size() == 2 && !DependencyGraph.commute(planned.get(0), planned.get(1))) {
                List<PlannedPatch> turned = Trees.plan(List.of(planned.get(1).patch(), planned.get(0).patch()), tree);
                different += Trees.after(tree, turned).overlay().equals(Trees.after(tree, planned).overlay()) ? 0 : 1;
            }
        }
        assertThat(different).isGreaterThan(50);
    }

    /** Drop one patch of a series, apply the others again: a three-way merge saves patches that only moved, and changes none. */
    @Test
    void aThreeWayMergeSavesPatchesWhenOneIsTakenOut() throws IOException {
        int[] lost = new int[2];
        int[] clean = new int[2];
        int drops = 0;
        int independentLost = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Map<String, FileContent> files = new HashMap<>();
            for (int i = 0; i < 5; i++) {
                files.put("f" + i, FileContent.of(Trees.lines("f" + i, 30)));
            }
            PatchedTree tree = Trees.of(folder, files);
            List<Patch> series = Trees.series(random, files, 15);
            List<PlannedPatch> planned = Trees.plan(series, tree);
            assertThat(planned).hasSameSizeAs(series);
            DependencyGraph graph = DependencyGraph.of(planned);
            Map<String, PlannedPatch> earlier = new HashMap<>();
            planned.forEach(patch -> earlier.put(patch.patch().id(), patch));
            for (Patch dropped : series) {
                List<Patch> rest = series.stream().filter(patch -> patch != dropped).toList();
                drops++;
                for (int with = 0; with < 2; with++) {
                    BatchPlan again = Trees.PLANNER.plan(rest, tree, new BatchPlanner.Known(Set.of(), Set.of(dropped.id()), Map.of(),
                            with == 1 ? earlier : Map.of()));
                    List<PatchOutcome> gone = again.outcomes();
                    lost[with] += gone.size();
                    clean[with] += gone.isEmpty() ? 1 : 0;
                    independentLost += (int) gone.stream().filter(outcome -> !graph.allBelow(outcome.patch().id()).contains(dropped.id())).count();
                }
            }
        }
        String figures = drops + " drops; the rest applies cleanly in " + clean[0] + " without and " + clean[1] + " with a three-way merge; further"
                + " patches lost " + lost[0] + " and " + lost[1];
        Files.writeString(Path.of("target", "drop-one.txt"), figures + "\n");
        assertThat(independentLost).as(figures).isZero();
        assertThat(lost[1]).as(figures).isLessThan(lost[0] / 2);
        assertThat(clean[1]).as(figures).isGreaterThan(clean[0]);
    }
}
