package dev.autosync.bench;

import dev.autosync.CyclePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one cycle costs beyond the tests: a new patch of three files on a warm workspace, tests that take no time; beside a shell
 * script that does the same with git. The sides take turns, so that they share whatever else the machine is doing.
 */
final class CycleBench implements Bench {
    private static final String NAME = "cycle";
    private static final String AUTOSYNC = "autosync";
    private static final String GIT = "git-script";
    private static final String GIT_DURABLE = "git-script-durable";
    private static final String DISK = "disk";

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        for (int files : new int[] {1_000, 20_000}) {
            System.err.println(NAME + ": " + files + " files");
            try (WorkFolder folder = new WorkFolder()) {
                // The small case comes first and is cheap: there the virtual machine gets warm.
                int warmUp = files == 1_000 ? 25 : 5;
                new Case(files, folder, figures).run(warmUp, quick ? 11 : 51);
            }
        }
    }

    /** The bench on a tree of one size. */
    private static final class Case {
        private final GeneratedTree tree;
        private final ThreeFilePatches patches;
        private final WorkFolder folder;
        private final Consumer<Figure> figures;

        private final Samples autosync = new Samples();
        private final Samples open = new Samples();
        private final Map<CyclePhase, Samples> phases = new EnumMap<>(CyclePhase.class);
        private final Samples git = new Samples();
        private final Samples gitDurable = new Samples();
        private final Samples shell = new Samples();
        private final Samples disk = new Samples();

        Case(int files, WorkFolder folder, Consumer<Figure> figures) {
            this.tree = new GeneratedTree(files);
            this.patches = new ThreeFilePatches(tree);
            this.folder = folder;
            this.figures = figures;
        }

        void run(int warmUp, int rounds) throws IOException, InterruptedException {
            AutoSyncCycle ours = new AutoSyncCycle(written("autosync"));
            GitScript theirs = new GitScript(WorkFolder.home().resolve("peers/git-script.sh"), written("git"), folder.resolve("patch"));
            int patch = 0;
            say(AUTOSYNC, "first-ms", millis(ours.run("patch-" + patch, patches.diff(patch)).all()));
            say(GIT, "first-ms", millis(theirs.firstCommit()));
            try (DiskProbe probe = new DiskProbe(folder.resolve("probe"))) {
                for (int round = -warmUp; round < rounds; round++) {
                    patch++;
                    AutoSyncCycle.Times times = ours.run("patch-" + patch, patches.diff(patch));
                    // Two patches for git, each of which AutoSync's tree has had or will have too.
                    Duration plain = theirs.cycle(patches.diff(2 * patch), "patch " + patch, Map.of());
                    Duration durable = theirs.cycle(patches.diff(2 * patch + 1), "patch " + patch, GitScript.DURABLE);
                    Duration shellTime = theirs.startShell();
                    Duration diskTime = probe.force();
                    if (round >= 0) {
                        note(times);
                        git.add(plain);
                        gitDurable.add(durable);
                        shell.add(shellTime);
                        disk.add(diskTime);
                    }
                }
            }
            sayAll();
        }

        private Path written(String name) throws IOException {
            Path root = folder.resolve(name);
            Files.createDirectories(root);
            tree.write(root);
            return root;
        }

        private void note(AutoSyncCycle.Times times) {
            autosync.add(times.all());
            open.add(times.open());
            times.phases().forEach((phase, time) -> phases.computeIfAbsent(phase, p -> new Samples()).add(time));
        }

        private void sayAll() {
            say(AUTOSYNC, "ms", autosync.median());
            say(GIT, "ms", git.median());
            say(GIT_DURABLE, "ms", gitDurable.median());
            say(AUTOSYNC, "min-ms", autosync.min());
            say(GIT, "min-ms", git.min());
            say(GIT_DURABLE, "min-ms", gitDurable.min());
            say(GIT, "start-shell-ms", shell.median());
            say(DISK, "fsync-ms", disk.median());
            say(AUTOSYNC, "open-ms", open.median());
            phases.forEach((phase, samples) -> say(AUTOSYNC, phase.name().toLowerCase(Locale.ROOT) + "-ms", samples.median()));
        }

        private void say(String who, String metric, double millis) {
            figures.accept(new Figure(NAME, tree.files() + "-files", who, metric, millis, "ms"));
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / 1e6;
        }
    }
}
