package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A disk of 1 MB that is full but for some pages: at every level a batch that makes twenty files larger lands, or leaves the old bytes. What could
 * not be put back while there was no room is put back by the first who opens the workspace when there is; how often that was needed is counted.
 *
 * <p>The control gives up where the disk is full, and does not undo.
 */
final class FullDisk implements CrashBench.Case {
    private static final String CASE = "tmpfs-full";
    private static final int PAGE = 4096;

    /** More than any of it takes. */
    private static final int PAGES = 180;

    /** The batch makes each of so many files grow from one page to three. */
    private static final int FILES = 20;
    private static final int SMALL = 100;
    private static final int LARGE = 3 * PAGE - 100;

    private static final String BOOT = "boot";

    @Override
    public String name() {
        return CASE;
    }

    @Override
    public void run(WorkFolder folder, Trials trials) throws IOException {
        if (!Commands.root()) {
            trials.skip(CASE, "mounting needs root on Linux");
            return;
        }
        try {
            Mount.tmpfs("1M", folder.resolve("mnt")).close();
        } catch (IOException e) {
            trials.skip(CASE, e.getMessage());
            return;
        }
        Tally ours = new Tally(CASE, Tally.AUTOSYNC);
        Tally control = new Tally(CASE, Tally.CONTROL);
        Tally peer = new Tally(CASE, Tally.PER_FILE);
        int step = trials.quick() ? 5 : 1;
        for (int free = 0; free <= PAGES; free += step) {
            transaction(folder, free, ours);
            abandoned(folder, free, control);
            perFile(folder, free, peer);
        }
        trials.say(ours);
        if (ours.counted("landed") == 0 || ours.counted("landed") == ours.runs()) {
            trials.makeVoid(CASE + ": the disk was full always or never");
        }
        trials.sayControl(control);
        trials.say(peer);
    }

    private static void transaction(WorkFolder folder, int free, Tally tally) throws IOException {
        try (Mount mount = full(folder, free)) {
            Path root = mount.point().resolve("w");
            FilePort files = new RealFiles(root);
            Workspace workspace = Workspace.at(root);
            boolean landed = false;
            try {
                try (Transaction transaction = new Journal(workspace, files, () -> BOOT).begin("t", () -> { })) {
                    transaction.moveTo(batch(), Map.of());
                    transaction.commit("");
                    landed = true;
                    transaction.checkpoint();
                }
                Reopening.of(root, files, BOOT);
            } catch (AutoSyncException e) {
                reopen(root, files);
            }
            boolean needsRoom = !wrong(root, List.of(landed ? LARGE : SMALL)).isEmpty();
            if (needsRoom) {
                Files.delete(mount.point().resolve("filler"));
                reopen(root, files);
            }
            tally.count("landed", landed);
            tally.count("needed-room", needsRoom);
            look(root, free, List.of(landed ? LARGE : SMALL), tally);
        }
    }

    private static void reopen(Path root, FilePort files) {
        try {
            Reopening.of(root, files, BOOT);
        } catch (AutoSyncException e) {
            // What it has left is looked at.
        }
    }

    private static void abandoned(WorkFolder folder, int free, Tally tally) throws IOException {
        try (Mount mount = full(folder, free)) {
            Path root = mount.point().resolve("w");
            // It seems to die where the disk is full: nothing is undone.
            boolean[] dead = new boolean[1];
            FilePort files = WatchedFiles.of(new RealFiles(root), call -> {
                if (dead[0] && !Faults.NO_WORK.contains(call.name())) {
                    throw new IOException("dead");
                }
                try {
                    return call.make();
                } catch (IOException e) {
                    dead[0] = true;
                    throw e;
                }
            });
            try (Transaction transaction = new Journal(Workspace.at(root), files, () -> BOOT).begin("t", () -> { })) {
                transaction.moveTo(batch(), Map.of());
                transaction.commit("");
            } catch (AutoSyncException e) {
                // That is the trial.
            }
            look(root, free, List.of(SMALL, LARGE), tally);
        }
    }

    private static void perFile(WorkFolder folder, int free, Tally tally) throws IOException {
        try (Mount mount = full(folder, free)) {
            Path root = mount.point().resolve("w");
            try {
                PerFile.write(new RealFiles(), root, batch());
            } catch (IOException e) {
                // That is the trial.
            }
            look(root, free, List.of(SMALL, LARGE), tally);
        }
    }

    private static void look(Path root, int free, List<Integer> allowed, Tally tally) throws IOException {
        tally.run();
        String wrong = wrong(root, allowed);
        if (!wrong.isEmpty()) {
            tally.violation("with " + free + " pages free: " + wrong);
        }
    }

    /** Which files are neither all of one size that is allowed and as they should be, nor all of the other; empty if they are. */
    private static String wrong(Path root, List<Integer> allowed) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (int size : allowed) {
            List<String> others = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                if (!Arrays.equals(Files.readAllBytes(root.resolve(path(i))), content(i, size))) {
                    others.add(path(i));
                }
            }
            if (others.isEmpty()) {
                return "";
            }
            wrong.add(others.size() + " files are not of " + size + " bytes: " + others);
        }
        return String.join("; ", wrong);
    }

    private static String path(int i) {
        return "f" + i;
    }

    private static byte[] content(int i, int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) ('a' + i));
        return content;
    }

    private static Map<String, Optional<FileContent>> batch() {
        Map<String, Optional<FileContent>> batch = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            batch.put(path(i), Optional.of(FileContent.of(content(i, LARGE))));
        }
        return batch;
    }

    /** A workspace of small files on a disk with so many pages free. */
    private static Mount full(WorkFolder folder, int free) throws IOException {
        Mount mount = Mount.tmpfs("1M", folder.resolve("mnt"));
        Path root = mount.point().resolve("w");
        Files.createDirectory(root);
        for (int i = 0; i < FILES; i++) {
            Files.write(root.resolve(path(i)), content(i, SMALL));
        }
        Workspace.at(root).createState();
        Path filler = mount.point().resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[PAGE];
            long pages = Files.getFileStore(mount.point()).getUsableSpace() / PAGE - free;
            if (pages < 0) {
                throw new IllegalStateException("the disk has no " + free + " pages");
            }
            for (long i = 0; i < pages; i++) {
                out.write(page);
            }
        }
        return mount;
    }
}
