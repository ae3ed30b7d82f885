package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.text.Untrusted;
import dev.autosync.lock.LockException;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots that are kept with what their files held, in {@code .autosync/snapshots/*.pack}.
 *
 * <p>Contents are named by their SHA-256 and kept once, however many snapshots have them. A snapshot is written as one run of records with one
 * forced write; one that holds what the latest one holds writes nothing. Only the holder of the workspace keeps and restores; whoever likes
 * may list. Threads: safe to share; one snapshot is kept at a time.
 */
public final class SnapshotStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final long LITTLE = 1 << 20;

    private final Packs packs;
    private @Nullable Keeping open;
    private @Nullable Latest latest;
    private int latestOf = -1;
    private long grown;
    private long baseline;
    /** What links cost that git had thrown the rest of away, when room was given back last. */
    private long alone;
    private int baselineOf = -1;

    /**
     * The snapshot that was kept last.
     *
     * @param about what it is
     * @param entries its entries in the order of their paths
     * @param unkept those of them whose contents are not in the packs; empty if nobody has looked
     */
    record Latest(Manifest.About about, List<Entry> entries, Optional<List<Entry>> unkept) {}

    /** The kept snapshots of a workspace. */
    public SnapshotStore(Workspace workspace, FilePort files, SnapshotLimits limits) {
        this(workspace, files, limits, folder -> folder.toFile().getUsableSpace());
    }

    /**
     * The kept snapshots of a workspace.
     *
     * @param usableBytes how many bytes can still be written to the disk that a folder lies on
     */
    SnapshotStore(Workspace workspace, FilePort files, SnapshotLimits limits, ToLongFunction<Path> usableBytes) {
        this.packs = new Packs(workspace, files, limits, usableBytes);
    }

    /**
     * Begins to keep a snapshot.
     *
     * @param held sees that the workspace is still held
     * @param pinned ids of snapshots that must stay, whatever the limits
     * @return to be closed
     */
    public Keeping begin(Runnable held, Set<String> pinned) {
        synchronized (packs) {
            if (open != null) {
                throw new IllegalStateException("another snapshot is being kept");
            }
            String why = null;
            try {
                if (packs.limits().keep() > 0) {
                    packs.refresh(true);
                } else {
                    why = "";
                }
            } catch (IOException e) {
                LOG.debug("The kept snapshots cannot be read", e);
                why = "what is kept cannot be read: " + e;
            }
            Set<Long> numbers = new HashSet<>();
            packs.manifests().values().stream().map(Packs.ManifestPlace::about).filter(about -> pinned.contains(about.id()))
                    .forEach(about -> numbers.add(about.sequence()));
            if (why == null) {
                why = countLinks(numbers, held);
            }
            Keeping begun = new Keeping(this, packs, held, numbers, why);
            open = begun;
            return begun;
        }
    }

    /** Sees what git has deleted since, and has room given back if that is much. Says why nothing can be kept; null if it can. */
    private @Nullable String countLinks(Set<Long> pinned, Runnable held) {
        try {
            if (packs.links().recount()) {
                tidy(0, pinned, held);
            }
            return null;
        } catch (IOException e) {
            return "what is kept cannot be read: " + e;
        } catch (LockException e) {
            return "the workspace was lost";
        }
    }

    void ended(Keeping keeping) {
        if (open == keeping) {
            open = null;
        }
    }

    /** The snapshot that was kept last, if it can be read. */
    Optional<Latest> latest() {
        if (latest != null && latestOf == packs.generation()) {
            return Optional.of(latest);
        }
        latest = null;
        for (int i = packs.kept().size() - 1; i >= 0; i--) {
            long number = packs.kept().get(i);
            Packs.ManifestPlace place = packs.manifests().get(number);
            if (place != null) {
                try {
                    List<Entry> entries = new ArrayList<>(packs.entries(number).values());
                    entries.sort(Comparator.comparing(Entry::path));
                    latest(new Latest(place.about(), List.copyOf(entries), Optional.empty()));
                } catch (IOException | AutoSyncException e) {
                    LOG.warn("The latest kept snapshot cannot be read; the next one says everything again", e);
                }
                break;
            }
        }
        return Optional.ofNullable(latest);
    }

    void latest(Latest kept) {
        latest = kept;
        latestOf = packs.generation();
    }

    /** Gives back room after so many bytes were written, if it is time to. What goes wrong costs room alone. */
    void tidy(long bytes, Set<Long> pinned, Runnable held) {
        if (baselineOf != packs.generation()) {
            baselineOf = packs.generation();
            baseline = packs.bytes() - bytes;
            alone = 0;
            grown = 0;
        }
        grown += bytes;
        long most = packs.limits().maxBytes() / 8 * 7;
        boolean thrownAway = packs.links().bytes() > 2 * alone + LITTLE;
        if (grown <= Math.max(baseline, LITTLE) && packs.bytes() <= most && !Sweep.tooMany(packs) && !thrownAway) {
            return;
        }
        try {
            packs.closeWriter();
            new Sweep(packs, pinned, Set.of(), held, null).shrinkTo(most);
        } catch (IOException e) {
            LOG.warn("Cannot give back the room of snapshots that are not kept any more", e);
        }
        baseline = packs.bytes();
        alone = packs.links().bytes();
        grown = 0;
    }

    /** The kept snapshots, oldest first. */
    public List<KeptSnapshot> list() {
        synchronized (packs) {
            refresh();
            return packs.kept().stream().map(packs.manifests()::get).filter(place -> place != null)
                    .map(place -> value(place.about())).toList();
        }
    }

    private void refresh() {
        try {
            if (open == null) {
                packs.refresh(false);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * The kept snapshot of an id.
     *
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_UNKNOWN}
     */
    public KeptSnapshot find(String id) {
        return value(about(id));
    }

    private Manifest.About about(String id) {
        synchronized (packs) {
            refresh();
            for (long number : packs.kept()) {
                Packs.ManifestPlace place = packs.manifests().get(number);
                if (place != null && place.about().id().equals(id)) {
                    return place.about();
                }
                if (place == null && id.startsWith(number + "-")) {
                    // Known to be kept, and not there: chain says what is damaged.
                    packs.chain(number);
                }
            }
        }
        throw new AutoSyncException(ErrorCode.SNAPSHOT_UNKNOWN, "Cannot find the snapshot '" + Untrusted.line(id, 100)
                + "' in " + packs.folder() + ": there is none, or it is not kept any more. See list()");
    }

    /** What a snapshot is for callers. */
    static KeptSnapshot value(Manifest.About about) {
        return KeptSnapshot.of(about.id(), Instant.ofEpochSecond(0, about.takenAtNanos()), about.summary(), about.label(), about.cycle(),
                about.notKept());
    }

    /**
     * Plans the way from the present to a kept snapshot. Nothing is changed.
     *
     * @param id a snapshot's id
     * @param present the tree as it is
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_UNKNOWN}, {@link ErrorCode#SNAPSHOT_DAMAGED}
     */
    public Restoration plan(String id, Snapshot present) {
        Manifest.About about = about(id);
        synchronized (packs) {
            try {
                Map<String, Entry> wanted = packs.entries(about.sequence());
                List<Entry> sorted = new ArrayList<>(wanted.values());
                sorted.sort(Comparator.comparing(Entry::path));
                if (!Snapshot.summaryOf(sorted).contentHash().equals(about.summary().contentHash())) {
                    throw new AutoSyncException(ErrorCode.SNAPSHOT_DAMAGED, "Cannot read the snapshot " + id + ": its manifest in "
                            + packs.chain(about.sequence()).get(0).segment().file() + " leads to something else than was taken. Restore another one");
                }
                Map<String, List<Entry>> known = new HashMap<>();
                List<Long> readable = packs.kept().stream().filter(packs::readable).toList();
                packs.forEachEntry(readable, entry -> known.computeIfAbsent(entry.path(), path -> new ArrayList<>(2)).add(entry));
                return new RestorePlanner(packs, wanted, present, known).plan(value(about));
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** What the files of a kept snapshot held, by entry; without those that were not kept. */
    Map<Entry, byte[]> contents(String id) throws IOException {
        Map<Entry, byte[]> contents = new LinkedHashMap<>();
        Manifest.About about = about(id);
        synchronized (packs) {
            for (Entry entry : packs.entries(about.sequence()).values()) {
                if (entry.hashed() && packs.contents().containsKey(ContentKey.of(entry.sha256()))) {
                    contents.put(entry, packs.content(ContentKey.of(entry.sha256())));
                }
            }
        }
        return contents;
    }

    /**
     * What a path held when a snapshot was taken; empty if nothing was there, or what was there was not kept.
     *
     * @throws IOException if it was kept and cannot be read
     */
    public Optional<Image> held(Snapshot snapshot, String path) throws IOException {
        Optional<Entry> found = snapshot.find(path).filter(entry -> entry.type() == Entry.Type.FOLDER || entry.hashed());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        if (entry.type() == Entry.Type.FOLDER) {
            return Optional.of(new Image.Folder(FileImage.NO_MODE));
        }
        synchronized (packs) {
            ContentKey key = ContentKey.of(entry.sha256());
            if (!packs.contents().containsKey(key)) {
                return Optional.empty();
            }
            byte[] content = packs.content(key);
            return Optional.of(entry.type() == Entry.Type.LINK ? new Image.Link(PathText.decode(content))
                    : new FileImage(content, entry.mode()));
        }
    }

    /** How many contents are known, of kept snapshots and others. */
    int contentsKnown() {
        synchronized (packs) {
            return packs.contents().size();
        }
    }

    /** Ends the use of the segment that is written to. The next snapshot begins another one. */
    @Override
    public void close() {
        synchronized (packs) {
            packs.closeWriter();
        }
    }

    private AutoSyncException failed(IOException e) {
        return new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot read the kept snapshots in " + packs.folder() + ": " + e
                + ". Check permissions and space", e);
    }
}
