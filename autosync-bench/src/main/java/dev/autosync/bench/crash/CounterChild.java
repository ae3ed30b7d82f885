package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Fence;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.lock.Lease;
import dev.autosync.patch.FileContent;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A process that counts up what five files of a workspace hold, again and again, and says each number once it is final. */
final class CounterChild {
    static final String READY = "ready";
    static final String COMMITTED = "C ";
    static final int FILES = 5;

    private static final Duration LONG = Duration.ofSeconds(60);

    /** How it counts. */
    enum Kind {
        /** By transactions, while it holds the workspace. */
        LOCKED,
        /** By transactions, without asking for the workspace. */
        UNLOCKED,
        /** File by file. */
        PER_FILE
    }

    private final Workspace workspace;
    private final FilePort files;
    private final Journal journal;

    private CounterChild(Workspace workspace) {
        this.workspace = workspace;
        this.files = new RealFiles(workspace.root());
        this.journal = new Journal(workspace, files, () -> "boot");
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        Kind kind = Kind.valueOf(args[0]);
        Workspace workspace = Workspace.at(Path.of(args[1]));
        int rounds = Integer.parseInt(args[2]);
        workspace.createState();
        CounterChild child = new CounterChild(workspace);
        FileWorkspaceLock lock = new FileWorkspaceLock(workspace, child.files, Clock.systemUTC(), null);
        out.println(READY);
        if (System.in.read() < 0) {
            return;
        }
        for (int i = 0; i < rounds && !out.checkError(); i++) {
            switch (kind) {
                case LOCKED -> {
                    try (Lease lease = lock.acquire(Deadline.in(LONG))) {
                        child.count(lease::verify, out);
                    }
                }
                case UNLOCKED -> child.countUnlocked(out);
                case PER_FILE -> child.countPerFile(out);
            }
        }
    }

    static String path(int i) {
        return "counter" + i;
    }

    private void count(Fence fence, PrintStream out) throws IOException {
        journal.recovery(fence).run();
        journal.recovery(fence).forget();
        long next = read() + 1;
        try (Transaction transaction = journal.begin("t" + ProcessHandle.current().pid() + "-" + next, fence)) {
            transaction.moveTo(state(next), Map.of());
            transaction.commit("");
            out.println(COMMITTED + next);
            transaction.checkpoint();
        }
    }

    private void countUnlocked(PrintStream out) {
        try {
            count(() -> { }, out);
        } catch (AutoSyncException | IOException | NumberFormatException e) {
            // Another process has got in between.
        }
    }

    private void countPerFile(PrintStream out) {
        try {
            long next = read() + 1;
            PerFile.write(files, workspace.root(), state(next));
            out.println(COMMITTED + next);
        } catch (IOException | NumberFormatException e) {
            // Another process has got in between.
        }
    }

    private long read() throws IOException {
        return Long.parseLong(Files.readString(workspace.root().resolve(path(0))).trim());
    }

    private static Map<String, Optional<FileContent>> state(long number) {
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            state.put(path(i), Optional.of(FileContent.of(number + "\n")));
        }
        return state;
    }
}
