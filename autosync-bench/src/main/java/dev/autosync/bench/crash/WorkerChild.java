package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

/**
 * A process that moves a {@link VersionedTree} from version to version without end, takes about a third of them back, and says which ones are final
 * once it has been told so. It waits to be told where to begin, goes on until its files fail, and waits again; it ends when nobody listens.
 */
final class WorkerChild {
    static final String READY = "ready";
    static final String COMMITTED = "C ";
    static final String FAILED = "failed: ";

    private final Path root;
    private final PrintStream out;
    private final Random random = new Random();

    private WorkerChild(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        WorkerKind kind = WorkerKind.valueOf(args[0]);
        out.println(READY);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        WorkerChild child = new WorkerChild(Path.of(args[1]), out);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            long version = Long.parseLong(words[0]);
            try {
                switch (kind) {
                    case JOURNAL -> child.transactions(new RealFiles(child.root), words[1], version);
                    case UNFORCED -> child.transactions(UnforcedFiles.of(new RealFiles(child.root)), words[1], version);
                    case PER_FILE -> child.perFile(version);
                }
            } catch (AutoSyncException | IOException e) {
                // As it should be if the power was cut; whoever listens knows.
                out.println(FAILED + e.toString().replace('\n', ' '));
            }
        }
    }

    private void transactions(FilePort files, String bootId, long begin) {
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        Journal journal = new Journal(workspace, files, () -> bootId);
        long version = begin;
        for (long n = 1; !out.checkError(); n++) {
            boolean takenBack = random.nextInt(3) == 0;
            try (Transaction transaction = journal.begin("t" + n, () -> { })) {
                transaction.moveTo(VersionedTree.state(version + 1 + (takenBack ? VersionedTree.TAKEN_BACK : 0)), Map.of());
                if (takenBack) {
                    transaction.rollback();
                } else {
                    transaction.commit("");
                    version++;
                    acknowledge(version);
                }
                transaction.checkpoint();
            }
        }
    }

    private void perFile(long begin) throws IOException {
        FilePort files = new RealFiles();
        for (long version = begin + 1; !out.checkError(); version++) {
            PerFile.write(files, root, VersionedTree.state(version));
            acknowledge(version);
        }
    }

    /** The clock is the same for all processes of the machine. */
    private void acknowledge(long version) {
        out.println(COMMITTED + version + " " + System.nanoTime());
    }
}
