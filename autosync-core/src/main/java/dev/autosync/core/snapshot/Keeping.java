package dev.autosync.core.snapshot;

import dev.autosync.core.git.BlobId;
import dev.autosync.core.io.PathText;
import dev.autosync.core.snapshot.SnapshotStore.Latest;
import dev.autosync.lock.LockException;
import dev.autosync.snapshot.KeptSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot that is about to be kept. It takes contents while the tree is read, and keeps nothing unless {@link #keep} says so; then with one
 * forced write, and one of the folder where a segment is begun. What goes wrong with that is an answer and no failure: a cycle does
 * not depend on it. Safe to take contents from several threads.
 */
public final class Keeping implements ContentSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    /** So much of one snapshot is deflated if that pays; to deflate more would take longer than all the rest. */
    private static final long DEFLATED_BYTES = 4 << 20;
    private static final int LEAST_DEFLATED = 128;
    private static final int MOST_DELTAS = 500;

    private final SnapshotStore store;
    private final Packs packs;
    private final GitSource git;
    private final Runnable held;
    private final Set<Long> pinned;
    private final Set<ContentKey> taken = new HashSet<>();
    /** Contents that were there already, and that this snapshot counts on. */
    private final Set<ContentKey> reused = new HashSet<>();
    private final AtomicLong deflatable = new AtomicLong(DEFLATED_BYTES);
    private final ConcurrentLinkedQueue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
    private final int generation;
    private @Nullable PackWriter writer;
    private @Nullable String refused;
    private long written;
    private boolean madeRoom;

    /**
     * What became of it.
     *
     * @param snapshot the kept snapshot, or the earlier one that holds the same
     * @param why why none was kept; empty if nobody wanted one
     */
    public record Outcome(Optional<KeptSnapshot> snapshot, String why) {}

    /** There is no room within the limits. */
    private static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoomException(String message) {
            super(message);
        }
    }

    /**
     * Begins.
     *
     * @param held sees that the workspace is still held
     * @param pinned snapshots that are not dropped
     * @param refused why nothing is kept, empty if nobody wants it; null if something is
     */
    Keeping(SnapshotStore store, Packs packs, Runnable held, Set<Long> pinned, @Nullable String refused) {
        this.store = store;
        this.packs = packs;
        this.git = new GitSource(packs.workspace().root(), packs.links());
        this.held = held;
        this.pinned = pinned;
        this.generation = packs.generation();
        this.refused = refused;
    }

    @Override
    public void take(byte[] sha256, byte[] content, int length) {
        ContentKey key = ContentKey.of(sha256);
        if (length > packs.limits().maxFileBytes() || !reserve(key)) {
            return;
        }
        GitReference reference = git.find(content, length);
        if (reference != null) {
            refer(key, length, reference);
            return;
        }
        Part part = part(content, length);
        synchronized (packs) {
            try {
                if (refused == null) {
                    long at = writer().part(part.head(), part.data(), part.length());
                    writer().content(new Seal.Content(key, length, part.stored(), new long[] {at}, null));
                }
            } catch (IOException e) {
                refuse(e);
            }
        }
    }

    /** Names a content that git keeps. */
    private void refer(ContentKey key, long size, GitReference reference) {
        synchronized (packs) {
            try {
                if (refused == null) {
                    writer().content(new Seal.Content(key, size, 0, Seal.NO_PARTS, reference));
                }
            } catch (IOException e) {
                refuse(e);
            }
        }
    }

    @Override
    public void takeLarge(byte[] sha256, Path file, long size) throws IOException {
        ContentKey key = ContentKey.of(sha256);
        if (size > packs.limits().maxFileBytes() || !reserve(key)) {
            return;
        }
        try {
            GitReference reference = git.any() ? findLarge(key, file, size) : null;
            if (reference != null) {
                refer(key, size, reference);
            } else if (!appendLarge(key, file)) {
                synchronized (packs) {
                    taken.remove(key);
                }
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("Cannot read {} again; its content is not kept", file, e);
            synchronized (packs) {
                taken.remove(key);
            }
        }
    }

    private @Nullable GitReference findLarge(ContentKey key, Path file, long size) throws IOException {
        MessageDigest digest = BlobId.digest(size);
        ByteBuffer buffer = ByteBuffer.allocate(Packs.PART_BYTES);
        long left = size;
        try (SeekableByteChannel in = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (left >= 0 && fill(in, buffer)) {
                digest.update(buffer.array(), 0, buffer.position());
                left -= buffer.position();
            }
        }
        // What git has is read and hashed: whether the file is still what it was does not matter.
        return git.find(BlobId.of(ByteBuffer.wrap(digest.digest())), size, key);
    }

    private boolean reserve(ContentKey key) {
        synchronized (packs) {
            return refused == null && !isThere(key) && taken.add(key);
        }
    }

    private boolean isThere(ContentKey key) {
        return packs.has(key) && (reused.contains(key) || reused.add(key));
    }

    /** Appends a file piece by piece. Says whether it still held what it was hashed for, or nothing is kept anyway. */
    private boolean appendLarge(ContentKey key, Path file) throws IOException {
        List<Long> parts = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(Packs.PART_BYTES);
        long stored = 0;
        long size = 0;
        try (SeekableByteChannel in = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            while (fill(in, buffer)) {
                digest.update(buffer.array(), 0, buffer.position());
                Part part = part(buffer.array(), buffer.position());
                stored += part.stored();
                size += buffer.position();
                synchronized (packs) {
                    if (refused != null || size > packs.limits().maxFileBytes()) {
                        return refused != null;
                    }
                    try {
                        parts.add(writer().part(part.head(), part.data(), part.length()));
                    } catch (IOException e) {
                        refuse(e);
                        return true;
                    }
                }
            }
        }
        if (!ContentKey.of(digest.digest()).equals(key)) {
            return false;
        }
        synchronized (packs) {
            if (refused == null && writer != null) {
                writer.content(new Seal.Content(key, size, stored, parts.stream().mapToLong(Long::longValue).toArray(), null));
            }
            return true;
        }
    }

    private static boolean fill(SeekableByteChannel in, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining() && in.read(buffer) >= 0) {
            continue;
        }
        return buffer.position() > 0;
    }

    /** A piece of a content as it is stored. */
    private record Part(byte[] head, byte[] data, int length) {
        long stored() {
            return PackFrame.HEADER + head.length + (long) length;
        }
    }

    private Part part(byte[] content, int length) {
        if (length >= LEAST_DEFLATED && deflatable.get() > 0 && deflatable.addAndGet(-length) > -length) {
            Deflater pooled = deflaters.poll();
            Deflater deflater = pooled != null ? pooled : new Deflater(Deflater.BEST_SPEED, true);
            deflater.reset();
            deflater.setInput(content, 0, length);
            deflater.finish();
            byte[] deflated = new byte[length - length / 8];
            int size = deflater.deflate(deflated);
            boolean fits = deflater.finished();
            deflaters.add(deflater);
            if (fits) {
                return new Part(Packs.head(Packs.DEFLATED, length), deflated, size);
            }
        }
        return new Part(Packs.head(Packs.RAW, length), content, length);
    }

    private PackWriter writer() throws IOException {
        PackWriter open = writer;
        if (open == null) {
            open = packs.writer();
            open.room(this::makeRoom);
            writer = open;
        }
        return open;
    }

    /** Sees that bytes may be written: that enough of the disk stays free, and that the packs stay below their limit. */
    private void makeRoom(long bytes) throws IOException {
        long free = packs.usableBytes();
        if (free - bytes < packs.limits().minFreeBytes()) {
            throw new NoRoomException("only " + free + " bytes of the disk are free, and " + packs.limits().minFreeBytes()
                    + " are to stay so (snapshot.minFreeBytes)");
        }
        long most = packs.limits().maxBytes();
        if (packs.bytes() + written + bytes > most && writer != null) {
            madeRoom = true;
            try {
                new Sweep(packs, pinned, reused, held, writer.segment().file()).shrinkTo(most - written - bytes);
            } catch (LockException e) {
                // Whoever keeps the snapshot is told; a scan that is still under way has nothing to do with it.
                throw new IOException("the workspace was lost", e);
            }
        }
        if (packs.bytes() + written + bytes > most) {
            throw new NoRoomException("it takes more than what the initial one and the latest leave of " + most + " bytes (snapshot.maxBytes)");
        }
        written += bytes;
    }

    private void refuse(IOException e) {
        LOG.debug("A snapshot is not kept", e);
        refused = e instanceof NoRoomException ? String.valueOf(e.getMessage()) : "writing it failed: " + e;
        cut();
    }

    private void cut() {
        PackWriter open = writer;
        writer = null;
        if (open != null) {
            open.room(bytes -> { });
            packs.cut(open);
        }
        taken.clear();
    }

    /**
     * Keeps what a scan has found.
     *
     * @param snapshot the tree, whose contents were taken here or lie in the packs; what does neither is read now
     * @param label what to name it; may be empty
     * @param cycle the cycle that takes it; empty for none
     * @throws InterruptedException if the thread was interrupted while files had to be read; nothing was kept
     */
    public Outcome keep(Snapshot snapshot, String label, String cycle) throws InterruptedException {
        held.run();
        Optional<Latest> latest;
        synchronized (packs) {
            latest = refused == null ? store.latest() : Optional.empty();
        }
        List<Entry> parent = latest.map(Latest::entries).orElse(List.of());
        Manifest.Changes changes = Manifest.Changes.between(parent, snapshot.entries());
        Collection<Entry> doubtful = doubtful(latest, changes, snapshot.entries());
        fill(doubtful);
        synchronized (packs) {
            if (madeRoom) {
                doubtful = snapshot.entries();
            }
            String why = refused;
            if (why != null) {
                return new Outcome(Optional.empty(), why);
            }
            try {
                return new Outcome(Optional.of(SnapshotStore.value(seal(snapshot, latest, changes, unkept(doubtful), label, cycle))), "");
            } catch (IOException e) {
                refuse(e);
                return new Outcome(Optional.empty(), String.valueOf(refused));
            } finally {
                writer = null;
                store.tidy(written, pinned, held);
            }
        }
    }

    private Manifest.About seal(Snapshot snapshot, Optional<Latest> latest, Manifest.Changes changes, List<Entry> unkept, String label,
            String cycle) throws IOException {
        Manifest.About last = latest.map(Latest::about).orElse(null);
        boolean same = last != null && changes.isEmpty() && packs.manifests().containsKey(last.sequence());
        boolean goesOn = last != null && same && (label.isEmpty() || label.equals(last.label()));
        if (last != null && goesOn && (writer == null || !writer.dirty())) {
            store.latest(new Latest(last, snapshot.entries(), Optional.of(unkept)));
            return last;
        }
        held.run();
        List<Long> kept = new ArrayList<>(packs.kept());
        Manifest.About about;
        if (last != null && goesOn) {
            about = last;
        } else {
            boolean whole = last == null || startsAnew(last.sequence());
            about = new Manifest.About(packs.nextSequence(), last == null || whole ? Manifest.About.NO_PARENT : last.sequence(),
                    snapshot.scannedAtNanos(), snapshot.summary(), label, cycle, unkept.size());
            writer().manifest(new Manifest(about, whole ? new Manifest.Changes(snapshot.entries(), List.of()) : changes).encode());
            kept.add(about.sequence());
            dropOldest(kept);
        }
        packs.seal(writer(), kept);
        writer().room(bytes -> { });
        store.latest(new Latest(about, snapshot.entries(), Optional.of(unkept)));
        return about;
    }

    /** Differences to differences to differences take ever longer to read: now and then everything is said again. */
    private boolean startsAnew(long parent) {
        if (!packs.manifests().containsKey(parent)) {
            return true;
        }
        List<Packs.ManifestPlace> chain = packs.chain(parent);
        long bytes = 0;
        for (Packs.ManifestPlace place : chain.subList(1, chain.size())) {
            bytes += place.length();
        }
        return chain.size() > MOST_DELTAS || bytes > chain.get(0).length();
    }

    private void dropOldest(List<Long> kept) {
        int at = 1;
        while (kept.size() > packs.limits().keep() && at < kept.size() - 1) {
            if (pinned.contains(kept.get(at))) {
                at++;
            } else {
                kept.remove(at);
            }
        }
    }

    private Collection<Entry> doubtful(Optional<Latest> latest, Manifest.Changes changes, List<Entry> all) {
        if (latest.isEmpty() || latest.get().unkept().isEmpty() || madeRoom || packs.generation() != generation) {
            return all;
        }
        List<Entry> some = new ArrayList<>(changes.changed());
        Set<String> known = new HashSet<>(changes.removed());
        changes.changed().forEach(entry -> known.add(entry.path()));
        latest.get().unkept().get().stream().filter(entry -> !known.contains(entry.path())).forEach(some::add);
        return some;
    }

    private List<Entry> unkept(Collection<Entry> doubtful) {
        return doubtful.stream().filter(entry -> !isKept(entry)).toList();
    }

    private boolean isKept(Entry entry) {
        return entry.type() == Entry.Type.FOLDER || entry.hashed() && (taken.contains(ContentKey.of(entry.sha256()))
                || isThere(ContentKey.of(entry.sha256())));
    }

    /** Reads the contents that nobody has, unless they have changed since. */
    private void fill(Collection<Entry> doubtful) throws InterruptedException {
        for (Entry entry : doubtful) {
            synchronized (packs) {
                if (refused != null) {
                    return;
                }
                if (!entry.hashed() || isKept(entry)) {
                    continue;
                }
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while keeping a snapshot of " + packs.workspace().root());
            }
            read(entry);
        }
    }

    private void read(Entry entry) throws InterruptedException {
        try {
            Path file = PathText.resolve(packs.workspace().root(), entry.path());
            if (entry.type() == Entry.Type.LINK) {
                offer(entry, PathText.encode(PathText.of(Files.readSymbolicLink(file))));
            } else if (entry.size() > ContentSink.MAX_IN_MEMORY) {
                takeLarge(entry.sha256(), file, entry.size());
            } else if (entry.size() <= packs.limits().maxFileBytes()) {
                try (SeekableByteChannel in = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                    ByteBuffer content = ByteBuffer.allocate((int) entry.size());
                    fill(in, content);
                    offer(entry, content.array());
                }
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while keeping a snapshot");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException | InvalidPathException e) {
            LOG.debug("Cannot read {} again; its content is not kept", entry.path(), e);
        }
    }

    private void offer(Entry entry, byte[] content) {
        byte[] hash = Sha256.digest().digest(content);
        if (ContentKey.of(hash).equals(ContentKey.of(entry.sha256()))) {
            take(hash, content, content.length);
        }
    }

    /** Takes away what was not kept. */
    @Override
    public void close() {
        synchronized (packs) {
            cut();
            refused = "";
            store.ended(this);
        }
        git.close();
        deflaters.forEach(Deflater::end);
        deflaters.clear();
    }
}
