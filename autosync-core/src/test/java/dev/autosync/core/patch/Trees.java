package dev.autosync.core.patch;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Spelling;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Trees in memory over an empty folder, and series of patches for them, from seeds. */
final class Trees {
    static final BatchPlanner PLANNER = new BatchPlanner(new PatchFormats(PatchFormats.builtIn()));

    private Trees() {}

    static PatchedTree of(Path emptyFolder, Map<String, FileContent> files) {
        Workspace workspace = Workspace.at(emptyFolder);
        PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()), PatchLimits.ofDefaults(), Spelling.EXACT);
        files.forEach((path, content) -> tree.apply(List.of(FileEdit.create(path, content))));
        return tree;
    }

    static PatchedTree after(PatchedTree tree, List<PlannedPatch> planned) {
        PatchedTree after = tree.copy();
        planned.forEach(patch -> after.apply(patch.edits()));
        return after;
    }

    /** The files that are there. */
    static Map<String, FileContent> files(PatchedTree tree) {
        Map<String, FileContent> files = new TreeMap<>();
        tree.overlay().forEach((path, content) -> content.ifPresent(held -> files.put(path, held)));
        return files;
    }

    static List<PlannedPatch> plan(List<Patch> patches, PatchedTree tree) {
        return PLANNER.plan(patches, tree, Set.of()).planned();
    }

    static String lines(String name, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(name).append(" line ").append(i).append('\n');
        }
        return text.toString();
    }

    /** A series as its author writes it: each diff is made on top of the one before. */
    static List<Patch> series(Random random, Map<String, FileContent> files, int length) {
        Map<String, FileContent> now = new TreeMap<>(files);
        List<Patch> series = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String path = List.copyOf(now.keySet()).get(random.nextInt(now.size()));
            List<String> lines = new ArrayList<>(List.of(new String(now.get(path).bytes(), StandardCharsets.UTF_8).split("(?<=\n)")));
            for (int change = random.nextInt(2); change >= 0; change--) {
                int at = random.nextInt(lines.size());
                switch (random.nextInt(3)) {
                    case 0 -> lines.add(at, "new in " + i + "." + change + "\n");
                    case 1 -> lines.set(at, "changed in " + i + "." + change + "\n");
                    default -> {
                        if (lines.size() > 5) {
                            lines.remove(at);
                        }
                    }
                }
            }
            FileContent after = FileContent.of(String.join("", lines));
            if (!after.equals(now.get(path))) {
                FileEdit edit = FileEdit.modify(path, now.get(path), after);
                series.add(ExactDiff.of(new PlannedPatch(Patch.unifiedDiff("p" + i, ""), List.of(edit), "", Optional.empty(), List.of())));
                now.put(path, after);
            }
        }
        return series;
    }
}
