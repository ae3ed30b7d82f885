package dev.autosync.bench;

import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long it takes to know what a tree holds, and to keep it: nothing changed, ten files changed, for the first time; beside git and JGit
 * on the same tree. The sides take turns; the best of each counts, since whatever else the machine does can only add to it.
 */
final class SnapshotBench implements Bench {
    static final String NAME = "snapshot";
    private static final int CHANGED = 10;
    private static final int LARGE_FOLDERS = 5_000;
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final SnapshotLimits LIMITS = SnapshotLimits.ofDefaults();

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws Exception {
        WorkFolder onDisk = new WorkFolder();
        Cleanup cleanup = new Cleanup(onDisk);
        try {
            small(onDisk, quick, figures);
            // Of what follows only counts are measured until it is gone.
            cleanup.begin();
            try (WorkFolder folder = Files.isWritable(MEMORY) ? new WorkFolder(MEMORY) : new WorkFolder()) {
                log("changing a small tree again and again");
                SmallCycles.run(folder, quick ? 2_000 : 100_000, figures);
                Path tree = writeLarge(folder);
                cleanup.end();
                large(folder, tree, quick, figures);
                log("deleting them");
            }
        } finally {
            cleanup.end();
        }
    }

    /** Deletes a folder while something else is done. */
    private static final class Cleanup {
        private final FutureTask<Void> task;
        private final Thread thread;

        Cleanup(WorkFolder folder) {
            task = new FutureTask<>(() -> {
                folder.close();
                return null;
            });
            thread = new Thread(task, "autosync-bench-cleanup");
        }

        void begin() {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
        }

        void end() throws ExecutionException, InterruptedException {
            begin();
            task.get();
        }
    }

    private static void small(WorkFolder folder, boolean quick, Consumer<Figure> figures) throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        log("writing 20000 files");
        ReferenceTree.write(tree);
        try (AutoSyncSnapshots ours = new AutoSyncSnapshots(tree, LIMITS);
                GitSnapshots git = new GitSnapshots(tree, folder.resolve(""));
                JGitSnapshots jgit = new JGitSnapshots(tree, folder.resolve(""))) {
            Case first = new Case("first", figures);
            // Reading all of it once makes the virtual machine and the page cache warm for everybody.
            ours.keep();
            for (int round = 0; round < (quick ? 1 : 4); round++) {
                first.measure(ours, true);
                if (round < (quick ? 1 : 3)) {
                    first.measure(git, true);
                }
                if (round < 3 && !quick) {
                    first.measure(jgit, true);
                }
            }
            if (quick) {
                jgit.forget();
                first.measureTenth(jgit);
            }
            git.settle();
            if (!quick) {
                ofGit(ours, git, tree, figures);
            }
            jgit.adopt(git.repository());
            first.measure(ours, true);
            first.say();
            sayBytes("first", ours, figures);
            List<SnapshotPeer> all = List.of(ours, git, jgit);

            Case unchanged = new Case("unchanged", figures);
            int warmUp = quick ? 4 : 10;
            for (int round = -warmUp; round < (quick ? 11 : 51); round++) {
                for (SnapshotPeer peer : quick && round % 3 != 0 ? List.of(ours, git) : all) {
                    long start = System.nanoTime();
                    peer.look();
                    unchanged.note(peer, start, round >= 0);
                }
            }
            unchanged.say();

            Case changed = new Case("ten-changed", figures);
            for (int round = 0; round < (quick ? 9 : 41); round++) {
                changeTen(tree, round, ReferenceTree.FOLDERS);
                changed.measure(ours, false);
                changed.measure(git, false);
                if (round % 10 == 1) {
                    changed.measure(jgit, false);
                }
            }
            changed.say();
            check(ours, tree);
        }
    }

    /** The tree as a clean work tree of git, each object in a file of its own and then all in a pack. */
    private static void ofGit(AutoSyncSnapshots ours, GitSnapshots git, Path tree, Consumer<Figure> figures) throws Exception {
        Path repository = tree.resolve(".git");
        // JGit has put a file there that names its own.
        Files.deleteIfExists(repository);
        for (String name : List.of("first-git-loose", "first-git-packed")) {
            if (name.endsWith("packed")) {
                git.pack();
            }
            Files.move(git.repository(), repository);
            Case first = new Case(name, figures);
            for (int round = 0; round < 5; round++) {
                first.measure(ours, true);
            }
            first.say();
            sayBytes(name, ours, figures);
            Files.move(repository, git.repository());
        }
    }

    private static void sayBytes(String name, AutoSyncSnapshots ours, Consumer<Figure> figures) throws IOException {
        figures.accept(new Figure(NAME, name, ours.who(), "pack-bytes", ours.packBytes(), Figure.COUNT));
    }

    /** What was kept change by change is what is there, and can be restored as a whole. */
    private static void check(AutoSyncSnapshots ours, Path tree) throws Exception {
        try (AutoSyncSnapshots anew = new AutoSyncSnapshots(tree, LIMITS)) {
            anew.look();
            KeptSnapshot kept = ours.latestKept();
            if (!anew.contentHash().equals(kept.summary().contentHash()) || kept.notRestorable() > 0) {
                throw new IllegalStateException("a change was missed");
            }
        }
    }

    private static Path writeLarge(WorkFolder folder) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        log("writing 250000 files");
        IntStream.range(0, LARGE_FOLDERS).parallel().forEach(number -> {
            try {
                Files.createDirectories(tree.resolve(ReferenceTree.path(number, 0)).getParent());
                for (int file = 0; file < ReferenceTree.FILES_PER_FOLDER; file++) {
                    Path path = tree.resolve(ReferenceTree.path(number, file));
                    // One in 50 holds something: what a file holds costs only whoever reads it for the first time.
                    Files.writeString(path, file == 0 ? "// " + number + "\n" : "");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return tree;
    }

    private static void large(WorkFolder folder, Path tree, boolean quick, Consumer<Figure> figures) throws Exception {
        try (AutoSyncSnapshots ours = new AutoSyncSnapshots(tree, LIMITS);
                GitSnapshots git = new GitSnapshots(tree, folder.resolve(""));
                JGitSnapshots jgit = new JGitSnapshots(tree, folder.resolve(""))) {
            ours.keep();
            if (!quick) {
                log("keeping them with git");
                git.forget();
                git.keep();
                git.settle();
                jgit.adopt(git.repository());
            }
            Case changed = new Case("250k-incremental", figures);
            for (int round = 0; round < (quick ? 4 : 11); round++) {
                changeTen(tree, round, LARGE_FOLDERS);
                changed.measure(ours, false);
                if (!quick) {
                    changed.measure(git, false);
                    if (round < 3) {
                        changed.measure(jgit, false);
                    }
                }
            }
            changed.say();
            check(ours, tree);
            if (ours.count() != LARGE_FOLDERS * ReferenceTree.FILES_PER_FOLDER) {
                throw new IllegalStateException(ours.count() + " files were seen");
            }
        }
    }

    private static void changeTen(Path tree, int round, int folders) throws IOException {
        for (int i = 0; i < CHANGED; i++) {
            Path file = tree.resolve(ReferenceTree.path((round * 7 + i * 37) % folders, (round + i) % ReferenceTree.FILES_PER_FOLDER));
            Files.write(file, ("// change " + round + " of " + file + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void log(String text) {
        System.err.println(NAME + ": " + text);
    }

    /** The figures of one case. */
    private static final class Case {
        private final String name;
        private final Consumer<Figure> figures;
        private final Map<String, Samples> samples = new HashMap<>();

        Case(String name, Consumer<Figure> figures) {
            this.name = name;
            this.figures = figures;
        }

        void measure(SnapshotPeer peer, boolean first) throws Exception {
            if (first) {
                peer.forget();
            }
            long start = System.nanoTime();
            peer.keep();
            note(peer, start, true);
        }

        /** Measures two of the twenty folders of the tree, and takes the rest to be as expensive. */
        void measureTenth(JGitSnapshots peer) throws Exception {
            long start = System.nanoTime();
            peer.keep(List.of("m00", "m01"));
            samples.computeIfAbsent(peer.who(), who -> new Samples()).add((System.nanoTime() - start) / 1e6 * 10);
        }

        void note(SnapshotPeer peer, long start, boolean counts) {
            if (counts) {
                samples.computeIfAbsent(peer.who(), who -> new Samples()).addNanosSince(start);
            }
        }

        void say() {
            for (String who : List.of("autosync", "git", "jgit")) {
                Samples of = samples.get(who);
                if (of != null) {
                    figures.accept(new Figure(NAME, name, who, "ms", of.min(), "ms"));
                    figures.accept(new Figure(NAME, name, who, "median-ms", of.median(), "ms"));
                }
            }
        }
    }
}
