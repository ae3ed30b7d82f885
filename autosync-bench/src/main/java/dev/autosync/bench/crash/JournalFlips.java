package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal of a process that has died in the middle of a batch; or of one that was final, whose files a power cut has put back to what they
 * held before, so that everything has to be written again.
 */
final class JournalFlips implements FlipTarget {
    private static final String JOURNAL = ".autosync/journal";

    private final String name;
    private final FilePort files;
    private final Path root;
    private final byte[] journal;
    private final Map<String, String> left;
    private final String bootId;

    private JournalFlips(String name, FilePort files, Path root, byte[] journal, Map<String, String> left, String bootId) {
        this.bootId = bootId;
        this.name = name;
        this.files = files;
        this.root = root;
        this.journal = journal;
        this.left = left;
    }

    /** One that was left in the middle: of all calls at which a process can die, the last that leaves neither before nor after. */
    static JournalFlips open(Path root, FilePort files) throws IOException {
        return last("open", root, files, false);
    }

    /** One of a batch that was final: the last call at which a process can die that leaves a journal. */
    static JournalFlips committed(Path root, FilePort files) throws IOException {
        return last("committed", root, files, true);
    }

    private static JournalFlips last(String name, Path root, FilePort files, boolean acknowledged) throws IOException {
        Optional<JournalFlips> last = Optional.empty();
        boolean died = true;
        for (int n = 1; died; n++) {
            Workspace workspace = SmallTree.create(root);
            Faults death = Faults.at(n, Faults.Kind.KILL);
            boolean said = SmallTree.apply(workspace, death.over(files));
            died = death.fired();
            Map<String, String> left = SmallTree.read(root);
            byte[] journal = Files.exists(root.resolve(JOURNAL)) ? Files.readAllBytes(root.resolve(JOURNAL)) : new byte[0];
            boolean fits = acknowledged ? said : !left.equals(SmallTree.before()) && !left.equals(SmallTree.after());
            if (fits && journal.length > 0) {
                last = Optional.of(acknowledged ? new JournalFlips(name, files, root, journal, SmallTree.before(), "boot after the cut")
                        : new JournalFlips(name, files, root, journal, left, SmallTree.BOOT));
            }
        }
        return last.orElseThrow(() -> new IllegalStateException("no death leaves the journal of a batch that is " + name));
    }

    @Override
    public String name() {
        return "the journal of a batch that is " + name;
    }

    @Override
    public int stride() {
        return 5;
    }

    @Override
    public byte[] bytes() {
        return journal.clone();
    }

    @Override
    public Optional<String> wrongAfter(byte[] flipped, Tally tally) throws IOException {
        if (SmallTree.read(root).equals(left)) {
            WorkFolder.delete(root.resolve(Workspace.STATE_FOLDER));
        } else {
            SmallTree.restore(root, left);
        }
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        Files.write(root.resolve(JOURNAL), flipped);
        boolean refused = false;
        try {
            Reopening.of(root, files, bootId);
        } catch (AutoSyncException e) {
            refused = true;
        }
        Map<String, String> found = SmallTree.read(root);
        tally.count("refused", refused);
        tally.count("undone", !refused && found.equals(SmallTree.before()));
        tally.count("kept", !refused && found.equals(SmallTree.after()));
        List<Map<String, String>> allowed = refused ? List.of(left) : List.of(SmallTree.before(), SmallTree.after());
        return allowed.contains(found) ? Optional.empty()
                : Optional.of((refused ? "refused, but changed: " : "") + SmallTree.difference(allowed.get(0), found));
    }

    @Override
    public boolean sign(byte[] flipped, int at) {
        for (JournalFrames.Place place : JournalFrames.of(journal)) {
            if (at >= place.payload() && at < place.end()) {
                JournalFrames.sign(flipped, place);
                return true;
            }
        }
        return false;
    }
}
