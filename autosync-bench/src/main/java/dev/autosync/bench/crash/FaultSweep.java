package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Each call that the engine makes of its files fails once, in each way in which it can: when a batch is applied, when it is undone after somebody
 * else has edited one of its files, and when what a dead process has left at any call is put right. Then whoever opens the workspace next
 * finds it before or after the batch.
 *
 * <p>Forces are calls like all others, but nothing is forced beneath: no power is cut here. The control does not recover.
 */
final class FaultSweep implements CrashBench.Case {
    private static final String CASE = "fault-sweep";

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        Path root = folder.resolve("w");
        FilePort files = UnforcedFiles.of(new RealFiles(root));
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        for (Faults.Kind kind : Faults.Kind.values()) {
            sweep(n -> apply(root, files, Faults.at(n, kind), ours));
            sweep(n -> undo(root, files, Faults.at(n, kind), ours));
        }
        int step = trials.quick() ? 60 : 1;
        for (int death = 1; dies(root, files, death); death += step) {
            int dead = death;
            for (Faults.Kind kind : Faults.Kind.values()) {
                sweep(n -> recover(root, files, dead, Faults.at(n, kind), ours));
            }
        }
        trials.say(ours);
        Tally control = new Tally(CASE, Tally.CONTROL);
        sweep(n -> abandon(root, files, Faults.at(n, Faults.Kind.KILL), control));
        trials.sayControl(control);
        Tally peer = new Tally(CASE, Tally.PER_FILE);
        sweep(n -> perFile(root, files, Faults.at(n, Faults.Kind.KILL), peer));
        trials.say(peer);
    }

    /** A trial with a fault at one call; says whether there was such a call. */
    private interface Trial {
        boolean at(int n) throws IOException;
    }

    private static void sweep(Trial trial) throws IOException {
        int n = 1;
        while (trial.at(n)) {
            n++;
        }
    }

    private static boolean apply(Path root, FilePort files, Faults fault, Tally tally) throws IOException {
        Workspace workspace = fresh(root);
        boolean acknowledged = SmallTree.apply(workspace, fault.over(files));
        reopen(workspace, files, fault, tally, acknowledged ? List.of(SmallTree.after()) : List.of(SmallTree.before(), SmallTree.after()));
        return fault.fired();
    }

    private static boolean undo(Path root, FilePort files, Faults fault, Tally tally) throws IOException {
        Workspace workspace = fresh(root);
        boolean edited = SmallTree.undo(workspace, fault.over(files));
        reopen(workspace, files, fault, tally, List.of(edited ? SmallTree.edited(SmallTree.before()) : SmallTree.before()));
        return fault.fired();
    }

    private static boolean recover(Path root, FilePort files, int death, Faults fault, Tally tally) throws IOException {
        Workspace workspace = fresh(root);
        Faults died = Faults.at(death, Faults.Kind.KILL);
        boolean acknowledged = SmallTree.apply(workspace, died.over(files));
        SmallTree.edit(root);
        try {
            SmallTree.reopen(workspace, fault.over(files));
        } catch (AutoSyncException e) {
            // The next one tries again.
        }
        Map<String, String> after = SmallTree.edited(SmallTree.after());
        reopen(workspace, files, fault, tally, acknowledged ? List.of(after) : List.of(SmallTree.edited(SmallTree.before()), after));
        return fault.fired();
    }

    private static boolean abandon(Path root, FilePort files, Faults fault, Tally tally) throws IOException {
        boolean acknowledged = SmallTree.apply(fresh(root), fault.over(files));
        look(root, fault, tally, acknowledged ? List.of(SmallTree.after()) : List.of(SmallTree.before(), SmallTree.after()));
        return fault.fired();
    }

    private static boolean perFile(Path root, FilePort files, Faults fault, Tally tally) throws IOException {
        Workspace workspace = fresh(root);
        try {
            PerFile.write(fault.over(files), workspace.root(), SmallTree.files());
        } catch (IOException e) {
            // As dead as it gets.
        }
        look(root, fault, tally, List.of(SmallTree.before(), SmallTree.afterFiles()));
        return fault.fired();
    }

    private static boolean dies(Path root, FilePort files, int death) throws IOException {
        Faults died = Faults.at(death, Faults.Kind.KILL);
        SmallTree.apply(fresh(root), died.over(files));
        return died.fired();
    }

    private static Workspace fresh(Path root) throws IOException {
        return SmallTree.create(root);
    }

    private static void reopen(Workspace workspace, FilePort files, Faults fault, Tally tally, List<Map<String, String>> allowed) throws IOException {
        try {
            SmallTree.reopen(workspace, files);
        } catch (AutoSyncException e) {
            tally.run();
            tally.violation(fault + ": the workspace cannot be opened any more: " + e.getMessage());
            return;
        }
        look(workspace.root(), fault, tally, allowed);
    }

    private static void look(Path root, Faults fault, Tally tally, List<Map<String, String>> allowed) throws IOException {
        tally.run();
        Map<String, String> found = SmallTree.read(root);
        if (!allowed.contains(found)) {
            List<String> differences = new ArrayList<>();
            allowed.forEach(tree -> differences.add(SmallTree.difference(tree, found)));
            tally.violation(fault + ": " + String.join(", and ", differences));
        }
    }
}
