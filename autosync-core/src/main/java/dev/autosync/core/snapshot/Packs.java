package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments in {@code .autosync/snapshots}: which contents and which manifests they hold, and where. What is known of them is kept in memory
 * and read again only when somebody else has changed the folder. Not safe to share: whoever uses it synchronizes on it.
 */
final class Packs {
    static final String FOLDER = "snapshots";
    static final byte RAW = 0;
    static final byte DEFLATED = 1;
    private static final int PART_HEAD = 5;
    static final int PART_BYTES = 1 << 20;

    private static final long MAX_SEGMENT = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Packs.class);

    private final Workspace workspace;
    private final FilePort files;
    private final SnapshotLimits limits;
    private final ToLongFunction<Path> usableBytes;
    private final GitLinks links;

    private final Map<ContentKey, Place> contents = new HashMap<>();
    private final TreeMap<Long, ManifestPlace> manifests = new TreeMap<>();
    private final Map<Path, Long> segments = new TreeMap<>();
    private final List<String> damages = new ArrayList<>();
    /** Contents that are not there any more, or not as they were written. */
    private final Set<ContentKey> lost = new HashSet<>();
    private final Set<Path> unreadable = new HashSet<>();
    private List<Long> kept = List.of();
    private long sequence;
    private @Nullable PackWriter writer;
    private boolean loaded;
    /** Whether what a crash has left may still be there: whoever only looks removes nothing. */
    private boolean untidy;
    private int generation;

    /**
     * Where a content lies.
     *
     * @param sealed the sequence number of the seal that says so
     */
    record Place(Segment segment, long sealed, long size, long stored, long[] parts, @Nullable GitReference reference) {
        Place(Segment segment, long sealed, Seal.Content content) {
            this(segment, sealed, content.size(), content.stored(), content.parts(), content.reference());
        }

        /** Whether a content lies better here: a copy needs nothing of git, and what was kept anew was kept for a reason. */
        boolean betterThan(Place other) {
            return (reference == null) == (other.reference == null) ? sealed > other.sealed : reference == null;
        }

        /** As a seal of the same segment, or of another one, would name it. */
        Seal.Content content(ContentKey key, long... at) {
            return new Seal.Content(key, size, stored, at, reference);
        }
    }

    /** Where a manifest lies. */
    record ManifestPlace(Manifest.About about, Segment segment, long offset, int length) {}

    Packs(Workspace workspace, FilePort files, SnapshotLimits limits, ToLongFunction<Path> usableBytes) {
        this.workspace = workspace;
        this.files = files;
        this.limits = limits;
        this.usableBytes = usableBytes;
        this.links = new GitLinks(workspace, files);
    }

    Workspace workspace() {
        return workspace;
    }

    SnapshotLimits limits() {
        return limits;
    }

    Map<ContentKey, Place> contents() {
        return contents;
    }

    /** Whether a content is there, and need not be kept again. */
    boolean has(ContentKey key) {
        return contents.containsKey(key) && !lost.contains(key);
    }

    /** The links to what git keeps. */
    GitLinks links() {
        return links;
    }

    Map<Long, ManifestPlace> manifests() {
        return manifests;
    }

    /** The segments and how many bytes each has; that of the writer without what it has not written yet. */
    Map<Path, Long> segments() {
        return segments;
    }

    /** The numbers of the kept snapshots, oldest first; some may have been lost. */
    List<Long> kept() {
        return kept;
    }

    /** Segments that cannot be read at all, now or ever: nobody knows what is in them, so they stay. */
    Set<Path> unreadable() {
        return unreadable;
    }

    /** What was found that cannot be read any more, for people. */
    List<String> damages() {
        return damages;
    }

    /** Grows with every reading of the folder, and with every content that is found damaged. */
    int generation() {
        return generation;
    }

    long nextSequence() {
        return sequence + 1;
    }

    /** How many bytes all segments take, and the links to what git has deleted. */
    long bytes() {
        long sum = links.bytes();
        for (long length : segments.values()) {
            sum += length;
        }
        return sum;
    }

    long usableBytes() {
        return usableBytes.applyAsLong(folder());
    }

    Path folder() {
        return workspace.state(FOLDER);
    }

    /**
     * Looks whether the folder is as it was left, and reads it otherwise.
     *
     * @param holder whether the workspace is held by the caller: then what a crash has left is removed
     */
    void refresh(boolean holder) throws IOException {
        PackWriter open = writer;
        Map<Path, Long> found = list(holder);
        if (open != null && open.usable() && found.containsKey(open.segment().file())) {
            found.put(open.segment().file(), segments.getOrDefault(open.segment().file(), 0L));
        }
        if (!loaded || holder && untidy || !found.equals(segments)) {
            closeWriter();
            load(list(false), holder);
        } else if (holder) {
            loseDeletedLinks();
        }
    }

    private void loseDeletedLinks() throws IOException {
        Map<String, Set<Path>> changed = links.changed();
        if (!changed.isEmpty()) {
            contents.forEach((key, place) -> {
                GitReference reference = place.reference();
                Set<Path> there = reference == null ? null : changed.get(reference.folder());
                if (reference != null && there != null && !there.contains(links.path(reference))) {
                    lose(key);
                }
            });
        }
    }

    private Map<Path, Long> list(boolean holder) throws IOException {
        Map<Path, Long> found = new TreeMap<>();
        workspace.checkStateFolder(FOLDER);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder())) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (name.endsWith(Segment.SUFFIX)) {
                    found.put(child, child.toFile().length());
                } else if (holder && name.endsWith(".tmp")) {
                    files.delete(child);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return found;
        }
        return found;
    }

    private void load(Map<Path, Long> found, boolean holder) throws IOException {
        contents.clear();
        manifests.clear();
        segments.clear();
        damages.clear();
        unreadable.clear();
        lost.clear();
        kept = List.of();
        sequence = 0;
        generation++;
        long newest = 0;
        Set<Path> there = links.load();
        Set<Path> whole = new HashSet<>(there);
        // A power cut leaves nothing of what git has not forced.
        whole.removeIf(link -> link.toFile().length() == 0);
        Set<Path> orphans = new HashSet<>();
        for (Map.Entry<Path, Long> file : found.entrySet()) {
            List<Seal.Found> seals = new ArrayList<>();
            List<Long> bad = new ArrayList<>();
            try {
                Segment segment = Segment.read(file.getKey(), seals::add, bad::add);
                for (Seal.Found seal : seals) {
                    register(segment, seal, whole);
                    if (seal.seal().sequence() > newest) {
                        newest = seal.seal().sequence();
                        kept = seal.seal().kept();
                    }
                }
            } catch (PackFrame.DamagedException e) {
                bad.add(e.offset());
                unreadable.add(file.getKey());
            } catch (IOException e) {
                if (Files.notExists(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                unreadable.add(file.getKey());
                damages.add(file.getKey() + " cannot be read: " + e);
            }
            segments.put(file.getKey(), file.getValue());
            bad.forEach(offset -> damages.add(file.getKey() + " is damaged at or after byte " + offset));
            if (!unreadable.contains(file.getKey()) && seals.isEmpty() && bad.isEmpty()) {
                orphans.add(file.getKey());
            }
        }
        damages.forEach(LOG::warn);
        if (holder) {
            for (Path orphan : orphans) {
                files.delete(orphan);
                segments.remove(orphan);
            }
            if (damages.isEmpty()) {
                links.retain(there, linksUsed(), () -> { });
            }
        }
        loaded = true;
        untidy = !holder;
    }

    /** The links that contents refer to. */
    private Set<Path> linksUsed() {
        Set<Path> used = new HashSet<>();
        for (Place place : contents.values()) {
            if (place.reference() != null) {
                used.add(links.path(place.reference()));
            }
        }
        return used;
    }

    /** Forgets where git keeps all but some contents, and deletes the links that nothing refers to any more. */
    void dropLinks(Set<ContentKey> needed, Runnable held) throws IOException {
        contents.entrySet().removeIf(content -> content.getValue().reference() != null && !needed.contains(content.getKey()));
        lost.retainAll(contents.keySet());
        if (damages.isEmpty()) {
            links.retain(links.all(), linksUsed(), held);
        }
    }

    /**
     * Takes over what a seal names.
     *
     * @param there the links that there are and that hold anything; null for all that the seal names
     */
    private void register(Segment segment, Seal.Found found, @Nullable Set<Path> there) throws IOException {
        Seal seal = found.seal();
        sequence = Math.max(sequence, seal.sequence());
        for (Seal.Content content : seal.contents()) {
            GitReference reference = content.reference();
            Place before = contents.get(content.key());
            boolean missing = reference != null && (there != null ? !there.contains(links.path(reference))
                    : before != null && before.reference() == reference && lost.contains(content.key()));
            Place place = new Place(segment, seal.sequence(), content);
            // Seals come in no certain order.
            if (before == null || lost.contains(content.key()) || !missing && place.betterThan(before)) {
                contents.put(content.key(), place);
                if (missing) {
                    lost.add(content.key());
                } else {
                    lost.remove(content.key());
                }
            }
        }
        for (int i = 0; i < seal.manifests().size(); i++) {
            byte[] manifest = seal.manifests().get(i);
            Manifest.About about = Manifest.about(manifest);
            sequence = Math.max(sequence, about.sequence());
            manifests.put(about.sequence(), new ManifestPlace(about, segment, found.manifestOffsets().get(i), manifest.length));
        }
    }

    /** The writer for the next seal: of the segment that this process has begun, or of a new one. */
    PackWriter writer() throws IOException {
        PackWriter open = writer;
        if (open != null && open.usable() && open.length() < segmentBytes()) {
            return open;
        }
        closeWriter();
        PackWriter begun = newSegment();
        writer = begun;
        return begun;
    }

    /** A segment is large enough to end when it has so many bytes: a part of all, so that little must be moved when some of it goes. */
    long segmentBytes() {
        return Math.min(MAX_SEGMENT, limits.maxBytes() / 16);
    }

    /** Begins a segment beside that of the writer. */
    PackWriter newSegment() throws IOException {
        workspace.createStateFolder(FOLDER);
        long number = UUID.randomUUID().getMostSignificantBits();
        Path file = folder().resolve(String.format(Locale.ROOT, "%08d-%016x%s", nextSequence(), number, Segment.SUFFIX));
        PackWriter begun = PackWriter.create(files, file, number);
        segments.put(file, (long) Segment.HEADER);
        return begun;
    }

    /** Begins another segment with the next writer. */
    void closeWriter() {
        PackWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    /** Seals what a writer holds; from here on it counts. */
    void seal(PackWriter open, List<Long> keptFromNow) throws IOException {
        Seal.Found found = open.seal(nextSequence(), keptFromNow);
        segments.put(open.segment().file(), open.length());
        register(open.segment(), found, null);
        kept = List.copyOf(keptFromNow);
    }

    /** Takes away what a writer holds and was not sealed. */
    void cut(PackWriter open) {
        try {
            open.cut();
        } catch (IOException e) {
            LOG.warn("Cannot cut {} to what is finished in it; that is done when it is opened again", open.segment().file(), e);
        }
        long length = open.segment().file().toFile().length();
        if (length == 0) {
            segments.remove(open.segment().file());
        } else {
            segments.put(open.segment().file(), length);
        }
        if (!open.usable() && open == writer) {
            closeWriter();
        }
    }

    /** Deletes a segment that nothing kept lies in. */
    void delete(Path segment) throws IOException {
        files.delete(segment);
        segments.remove(segment);
        contents.values().removeIf(place -> place.segment().file().equals(segment));
        lost.retainAll(contents.keySet());
        manifests.values().removeIf(place -> place.segment().file().equals(segment));
    }

    /**
     * The manifests from the last one that says everything to this one.
     *
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_DAMAGED} if one of them is not there any more
     */
    List<ManifestPlace> chain(long number) {
        List<ManifestPlace> chain = new ArrayList<>();
        for (long at = number; at != Manifest.About.NO_PARENT;) {
            ManifestPlace place = manifests.get(at);
            if (place == null || place.about().parent() >= at) {
                throw new AutoSyncException(ErrorCode.SNAPSHOT_DAMAGED, "Cannot read the snapshot " + number + ": what it consists of is not in "
                        + folder() + " any more" + (damages.isEmpty() ? "" : "; " + damages.get(0)) + ". Restore another one");
            }
            chain.add(0, place);
            at = place.about().parent();
        }
        return chain;
    }

    /** Whether all that a snapshot consists of is there and as it was written, apart from its contents. */
    boolean readable(long number) {
        try {
            entries(number);
            return true;
        } catch (IOException | AutoSyncException e) {
            LOG.debug("The snapshot {} cannot be read", number, e);
            return false;
        }
    }

    /** The entries of a snapshot by their paths. */
    Map<String, Entry> entries(long number) throws IOException {
        Map<String, Entry> state = new HashMap<>();
        for (ManifestPlace place : chain(number)) {
            state = manifest(place).on(state);
        }
        return state;
    }

    /** Is given each entry of the snapshots with these numbers at least once; one that many of them have not once for each. */
    void forEachEntry(List<Long> numbers, Consumer<Entry> entries) throws IOException {
        Map<String, Entry> state = new HashMap<>();
        long at = Manifest.About.NO_PARENT;
        for (long number : numbers) {
            if (!manifests.containsKey(number)) {
                continue;
            }
            List<ManifestPlace> chain = chain(number);
            Set<String> touched = new HashSet<>();
            boolean follows = false;
            for (ManifestPlace place : chain) {
                follows |= place.about().sequence() == at;
            }
            for (ManifestPlace place : chain) {
                if (!follows || place.about().sequence() > at) {
                    Manifest manifest = manifest(place);
                    state = manifest.on(state);
                    manifest.changes().changed().forEach(entry -> touched.add(entry.path()));
                }
            }
            at = number;
            for (String path : touched) {
                Entry entry = state.get(path);
                if (entry != null) {
                    entries.accept(entry);
                }
            }
        }
    }

    Manifest manifest(ManifestPlace place) throws IOException {
        byte[] bytes = manifestBytes(place);
        try {
            return Manifest.decode(bytes);
        } catch (IOException e) {
            throw damaged(place.segment().file(), "holds a damaged manifest at byte " + place.offset(), e);
        }
    }

    byte[] manifestBytes(ManifestPlace place) throws IOException {
        try (RandomAccessFile in = Segment.open(place.segment().file())) {
            byte[] bytes = new byte[place.length()];
            in.seek(place.offset());
            in.readFully(bytes);
            return bytes;
        }
    }

    /**
     * Reads a content.
     *
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_DAMAGED} if it is not what was written
     */
    byte[] content(ContentKey key) throws IOException {
        Place place = contents.get(key);
        if (place == null || place.size() < 0) {
            throw new AutoSyncException(ErrorCode.SNAPSHOT_DAMAGED, "Cannot read a content of a snapshot: it is not in " + folder()
                    + " any more. Restore another one");
        }
        GitReference reference = place.reference();
        if (reference != null) {
            return content(key, place.size(), reference);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream((int) Math.min(place.size(), (long) PART_BYTES * place.parts().length));
        try (RandomAccessFile in = Segment.open(place.segment().file())) {
            for (long part : place.parts()) {
                whole.writeBytes(decode(PackFrame.read(in, part, PackFrame.PART)));
            }
        } catch (PackFrame.DamagedException e) {
            lose(key);
            throw damaged(place.segment().file(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            lose(key);
            throw e;
        }
        byte[] content = whole.toByteArray();
        if (!ContentKey.of(Sha256.digest().digest(content)).equals(key)) {
            lose(key);
            throw damaged(place.segment().file(), "holds something else at byte " + place.parts()[0] + " than was written", null);
        }
        return content;
    }

    private byte[] content(ContentKey key, long size, GitReference reference) {
        byte[] content;
        try {
            content = links.read(reference, size);
        } catch (IOException e) {
            lose(key);
            throw damaged(links.path(reference), "(" + reference.id().hex() + " of git) " + e.getMessage(), e);
        }
        if (!ContentKey.of(Sha256.digest().digest(content)).equals(key)) {
            lose(key);
            throw damaged(links.path(reference), "holds something else as " + reference.id().hex() + " of git than was kept", null);
        }
        return content;
    }

    /** Has the next snapshot keep a content anew, also of a file that has not changed since the last one. */
    private void lose(ContentKey key) {
        if (lost.add(key)) {
            generation++;
        }
    }

    /** What stands before a piece of a content. */
    static byte[] head(byte encoding, int length) {
        return ByteBuffer.allocate(PART_HEAD).put(encoding).putInt(length).array();
    }

    private static byte[] decode(byte[] payload) {
        ByteBuffer head = ByteBuffer.wrap(payload);
        byte encoding = head.get();
        int length = head.getInt();
        byte[] part = new byte[Math.min(PART_BYTES, Math.max(0, length))];
        if (encoding == RAW) {
            head.get(part, 0, Math.min(part.length, head.remaining()));
            return part;
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(payload, PART_HEAD, payload.length - PART_HEAD);
            int at = 0;
            int some;
            do {
                some = inflater.inflate(part, at, part.length - at);
                at += some;
            } while (some > 0);
            return part;
        } catch (DataFormatException e) {
            // Its hash will tell.
            return new byte[0];
        } finally {
            inflater.end();
        }
    }

    private static AutoSyncException damaged(Path file, String what, @Nullable Throwable cause) {
        return new AutoSyncException(ErrorCode.SNAPSHOT_DAMAGED, "Cannot read a snapshot: " + file + " " + what
                + ". Nothing was changed; restore another one", cause);
    }
}
