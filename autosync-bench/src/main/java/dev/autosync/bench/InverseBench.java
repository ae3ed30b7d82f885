package dev.autosync.bench;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.patch.BatchPlan;
import dev.autosync.core.patch.BatchPlanner;
import dev.autosync.core.patch.ExactDiff;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.patch.PatchedTree;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Applies generated patches of every built-in format, then their inverses, and counts the trees that are not what they were byte for byte; and
 * inverses that apply although somebody has changed a file since. The control has inverses that are wrong by one byte.
 */
final class InverseBench implements Bench {
    private static final String NAME = "inverse";
    private static final String AUTOSYNC = "autosync";
    private static final int CASES = 100_000;
    private static final int QUICK_CASES = 5_200;
    private static final int CONTROLS = 1_000;

    private final BatchPlanner planner = new BatchPlanner(new PatchFormats(PatchFormats.builtIn()));

    /** A generated patch that applies, with its inverse tried. */
    private record Tried(boolean restored, boolean appliedToChanged, boolean controlRestored) {}

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException {
        List<String> formats = PatchFormats.builtIn().stream().map(PatchFormat::name).filter(InversePatches.FORMATS::contains).toList();
        if (formats.size() < PatchFormats.builtIn().size()) {
            throw new IllegalStateException("there are built-in formats without a generator: "
                    + PatchFormats.builtIn().stream().map(PatchFormat::name).toList());
        }
        int each = (quick ? QUICK_CASES : CASES) / formats.size() + 1;
        long all = 0;
        long mismatches = 0;
        long changed = 0;
        long controls = 0;
        long controlMismatches = 0;
        try (WorkFolder folder = WorkFolder.inMemory()) {
            Workspace workspace = Workspace.at(Files.createDirectories(folder.resolve("tree")));
            for (String format : formats) {
                SplittableRandom random = new SplittableRandom(format.hashCode());
                long wrong = 0;
                int cases = 0;
                while (cases < each) {
                    Optional<Tried> tried = one(format, random.split(), workspace);
                    if (tried.isPresent()) {
                        cases++;
                        wrong += tried.get().restored() ? 0 : 1;
                        changed += tried.get().appliedToChanged() ? 1 : 0;
                        if (cases <= CONTROLS / formats.size()) {
                            controls++;
                            controlMismatches += tried.get().controlRestored() ? 0 : 1;
                        }
                    }
                }
                figures.accept(new Figure(NAME, format, AUTOSYNC, "cases", cases, Figure.COUNT));
                figures.accept(new Figure(NAME, format, AUTOSYNC, "mismatches", wrong, Figure.COUNT));
                all += cases;
                mismatches += wrong;
            }
        }
        figures.accept(new Figure(NAME, "all", AUTOSYNC, "cases", all, Figure.COUNT));
        figures.accept(new Figure(NAME, "all", AUTOSYNC, "mismatches", mismatches, Figure.COUNT));
        figures.accept(new Figure(NAME, "all", AUTOSYNC, "applied_to_changed", changed, Figure.COUNT));
        figures.accept(new Figure(NAME, "control", "wrong-inverse", "cases", controls, Figure.COUNT));
        figures.accept(new Figure(NAME, "control", "wrong-inverse", "mismatches", controlMismatches, Figure.COUNT));
        if (controlMismatches < controls) {
            throw new IllegalStateException("the check has taken a wrong inverse for a right one");
        }
    }

    /** Empty if the generated patch does not apply to the generated files. */
    private Optional<Tried> one(String format, SplittableRandom random, Workspace workspace) {
        Map<String, FileContent> files = InversePatches.files(random);
        Patch patch = InversePatches.patch(format, files, random);
        PatchedTree before = tree(workspace, files);
        BatchPlan plan = planner.plan(List.of(patch), before, Set.of());
        if (plan.planned().isEmpty()) {
            return Optional.empty();
        }
        PlannedPatch planned = plan.planned().get(0);
        PatchedTree after = before.copy();
        after.apply(planned.edits());
        return Optional.of(new Tried(undone(ExactDiff.inverse(planned), after).filter(files::equals).isPresent(),
                appliesToChanged(planned, after, random),
                undone(ExactDiff.inverse(wrong(planned)), after).filter(files::equals).isPresent()));
    }

    private static PatchedTree tree(Workspace workspace, Map<String, FileContent> files) {
        PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()));
        files.forEach((path, content) -> tree.apply(List.of(FileEdit.create(path, content))));
        return tree;
    }

    /** The files after an inverse; empty if it does not apply. */
    private Optional<Map<String, FileContent>> undone(Patch inverse, PatchedTree tree) {
        BatchPlan plan = planner.plan(List.of(inverse), tree, Set.of());
        if (plan.planned().isEmpty()) {
            return Optional.empty();
        }
        PatchedTree back = tree.copy();
        back.apply(plan.planned().get(0).edits());
        Map<String, FileContent> files = new TreeMap<>();
        back.overlay().forEach((path, content) -> content.ifPresent(held -> files.put(path, held)));
        return Optional.of(files);
    }

    private boolean appliesToChanged(PlannedPatch planned, PatchedTree after, SplittableRandom random) {
        FileEdit edit = planned.edits().get(random.nextInt(planned.edits().size()));
        byte[] held = edit.after().map(FileContent::bytes).orElse(new byte[0]);
        PatchedTree changed = after.copy();
        changed.apply(List.of(FileEdit.create(edit.path(), FileContent.of(Arrays.copyOf(held, held.length + 1)))));
        return !planner.plan(List.of(ExactDiff.inverse(planned)), changed, Set.of()).planned().isEmpty();
    }

    /** The same patch, but what one of its files held before has a byte more. */
    private static PlannedPatch wrong(PlannedPatch planned) {
        List<FileEdit> edits = new ArrayList<>(planned.edits());
        FileEdit edit = edits.get(0);
        byte[] held = edit.before().map(FileContent::bytes).orElse(new byte[0]);
        FileContent other = FileContent.of(Arrays.copyOf(held, held.length + 1));
        edits.set(0, edit.after().map(after -> FileEdit.modify(edit.path(), other, after)).orElseGet(() -> FileEdit.delete(edit.path(), other)));
        return new PlannedPatch(planned.patch(), edits, planned.note(), planned.footprint(), planned.newFolders());
    }
}
