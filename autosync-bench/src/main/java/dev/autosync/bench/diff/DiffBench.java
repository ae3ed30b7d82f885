package dev.autosync.bench.diff;

import dev.autosync.bench.Bench;
import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.WorkFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Who applies unified diffs rightly, and how fast: the case list and a diff over 1,000 files, by AutoSync and four others. */
public final class DiffBench implements Bench {
    private static final String NAME = "diff";

    /** Rounds that are not measured. */
    private static final int WARM_UP = 3;

    /** A bench without settings. */
    public DiffBench() {}

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        List<DiffTool> tools = List.of(new AutoSyncTool(), CommandTool.gitApply(), CommandTool.gnuPatch(), new JGitTool(), new JavaDiffUtilsTool());
        try (WorkFolder folder = WorkFolder.inMemory()) {
            for (DiffTool tool : tools) {
                cases(tool, folder, figures);
            }
        }
        try (WorkFolder folder = new WorkFolder()) {
            thousandFiles(tools.subList(1, tools.size()), folder, quick, figures);
        }
    }

    private static void cases(DiffTool tool, WorkFolder folder, Consumer<Figure> figures) throws IOException, InterruptedException {
        TreeSet<Integer> rows = new TreeSet<>();
        TreeSet<Integer> wrong = new TreeSet<>();
        TreeSet<Integer> halfApplied = new TreeSet<>();
        TreeSet<Integer> escaped = new TreeSet<>();
        int trial = 0;
        for (DiffRow row : DiffRow.all()) {
            DiffTrial.Outcome outcome = DiffTrial.run(row, tool, folder.resolve(tool.who() + trial++));
            rows.add(row.row());
            add(wrong, row, !outcome.right());
            add(halfApplied, row, outcome.halfApplied());
            add(escaped, row, outcome.escaped());
        }
        System.err.println(tool.who() + ": wrong in " + wrong + ", half applied in " + halfApplied + ", escaped in " + escaped);
        count(figures, tool, "right", rows.size() - wrong.size());
        count(figures, tool, "wrong", wrong.size());
        count(figures, tool, "half_applied", halfApplied.size());
        count(figures, tool, "escaped", escaped.size());
    }

    private static void add(TreeSet<Integer> rows, DiffRow row, boolean counts) {
        if (counts) {
            rows.add(row.row());
        }
    }

    private static void count(Consumer<Figure> figures, DiffTool tool, String metric, int value) {
        figures.accept(new Figure(NAME, "cases", tool.who(), metric, value, Figure.COUNT));
    }

    private static void thousandFiles(List<DiffTool> tools, WorkFolder folder, boolean quick, Consumer<Figure> figures)
            throws IOException, InterruptedException {
        int rounds = quick ? 3 : 15;
        int warmUp = quick ? 1 : WARM_UP;
        ThousandFiles files = new ThousandFiles(folder.resolve("thousand"));
        Samples plans = new Samples();
        Samples ours = new Samples();
        List<Samples> theirs = new ArrayList<>();
        tools.forEach(tool -> theirs.add(new Samples()));
        for (int round = -warmUp; round < rounds; round++) {
            files.measureAutoSync(plans, ours, round >= 0);
            for (int i = 0; i < tools.size(); i++) {
                files.measure(tools.get(i), theirs.get(i), round >= 0);
            }
        }
        say(figures, "autosync", "ms", ours);
        say(figures, "autosync", "plan-ms", plans);
        for (int i = 0; i < tools.size(); i++) {
            say(figures, tools.get(i).who(), "ms", theirs.get(i));
        }
    }

    private static void say(Consumer<Figure> figures, String who, String metric, Samples samples) {
        figures.accept(new Figure(NAME, "thousand-files", who, metric, samples.median(), "ms"));
        figures.accept(new Figure(NAME, "thousand-files", who, "min-" + metric, samples.min(), "ms"));
    }
}
