package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Mark and sweep. Marked is what the kept snapshots consist of. A segment in which nothing is marked is deleted; one in which little is marked
 * is written anew, all that is marked of it, and deleted when that is durable. At every moment everything that is kept lies in at least one
 * segment, so that a crash costs nothing but the room that was not won. What is kept is written down first: a snapshot that was dropped
 * does not come back when only some of what it consists of was deleted.
 */

/** Gives back the room of what no kept snapshot needs. Only the holder of the workspace may. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int SMALL = 1 << 20;
    private static final int MANY_MORE = 16;
    private static final int SEAL_BYTES = 128;

    private final Packs packs;
    private final Set<Long> pinned;
    private final Set<ContentKey> needed;
    private final Runnable held;
    private final @Nullable Path open;
    private @Nullable PackWriter out;
    private Map<Path, Long> alone = Map.of();

    /**
     * What is needed.
     *
     * @param contents the contents
     * @param manifests the manifests, also those that others say the differences to
     * @param bytes how many bytes of each segment
     * @param links how many bytes each link costs
     */
    private record Marks(Set<ContentKey> contents, Set<Long> manifests, Map<Path, Long> bytes, Map<Path, Long> links) {
        long of(Path segment) {
            return bytes.getOrDefault(segment, 0L);
        }

        long all() {
            return bytes.values().stream().mapToLong(Long::longValue).sum() + ofLinks();
        }

        long ofLinks() {
            return links.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * A sweep.
     *
     * @param pinned snapshots that are not dropped
     * @param needed contents that a snapshot will have which is about to be kept
     * @param held sees that the workspace is still held, before anything is deleted
     * @param open a segment that is being written to, and left alone
     */
    Sweep(Packs packs, Set<Long> pinned, Set<ContentKey> needed, Runnable held, @Nullable Path open) {
        this.packs = packs;
        this.pinned = pinned;
        this.needed = needed;
        this.held = held;
        this.open = open;
    }

    /** Whether there are so many small segments that they are to be put together. */
    static boolean tooMany(Packs packs) {
        return packs.segments().size() > packs.limits().keep() + MANY_MORE;
    }

    /**
     * Drops snapshots until what is left may take so many bytes, oldest first, the initial one and the latest never; then gives back the room.
     *
     * @param most the bytes that all segments but the open one may take
     */
    void shrinkTo(long most) throws IOException {
        List<Long> kept = new ArrayList<>(packs.kept());
        kept.removeIf(number -> !packs.readable(number));
        LastNames names = new LastNames(packs);
        alone = names.bytes();
        Marks marks = mark(kept);
        while (marks.all() > most && drop(kept)) {
            marks = mark(kept);
        }
        Set<Path> dead = new LinkedHashSet<>();
        List<Path> sparse = new ArrayList<>();
        choose(marks, most, dead, sparse);
        // Links to what is about to be kept are named by no seal yet.
        boolean linksToo = open == null;
        if (linksToo) {
            names.find(marks.contents());
        }
        if (dead.isEmpty() && sparse.isEmpty() && !(linksToo && names.any(marks.all() > most))) {
            return;
        }
        try {
            PackWriter first = packs.newSegment();
            out = first;
            packs.seal(first, kept);
            for (Path segment : dead) {
                delete(segment);
            }
            move(sparse, kept, marks);
            if (linksToo) {
                names.refer(writer());
                packs.seal(writer(), kept);
                packs.dropLinks(marks.contents(), held);
                if (names.copy(writer(), packs.bytes() > most)) {
                    packs.seal(writer(), kept);
                    packs.dropLinks(marks.contents(), held);
                }
            }
        } finally {
            if (out != null) {
                packs.cut(out);
                out.close();
            }
        }
    }

    private Marks mark(List<Long> kept) throws IOException {
        Set<Long> roots = new LinkedHashSet<>(kept);
        pinned.stream().filter(packs::readable).forEach(roots::add);
        Set<Long> manifests = new HashSet<>();
        Map<Path, Long> bytes = new HashMap<>();
        for (long root : roots) {
            for (Packs.ManifestPlace place : packs.chain(root)) {
                if (manifests.add(place.about().sequence())) {
                    bytes.merge(place.segment().file(), place.length() + 4L, Long::sum);
                }
            }
        }
        Set<ContentKey> contents = new HashSet<>();
        Map<Path, Long> links = new HashMap<>();
        packs.forEachEntry(roots.stream().sorted().toList(), entry -> {
            if (entry.hashed()) {
                mark(ContentKey.of(entry.sha256()), contents, bytes, links);
            }
        });
        needed.forEach(key -> mark(key, contents, bytes, links));
        return new Marks(contents, manifests, bytes, links);
    }

    private void mark(ContentKey key, Set<ContentKey> contents, Map<Path, Long> bytes, Map<Path, Long> links) {
        Packs.Place place = packs.contents().get(key);
        if (place != null && contents.add(key)) {
            bytes.merge(place.segment().file(), place.stored() + place.content(key, place.parts()).length(), Long::sum);
            if (place.reference() != null && !alone.isEmpty()) {
                Path link = packs.links().path(place.reference());
                links.put(link, alone.getOrDefault(link, 0L));
            }
        }
    }

    private boolean drop(List<Long> kept) {
        for (int i = 1; i < kept.size() - 1; i++) {
            if (!pinned.contains(kept.get(i))) {
                kept.remove(i);
                return true;
            }
        }
        return false;
    }

    /** A segment that is kept as it is, unless room is short. */
    private record Dense(Path file, long length, long live) {}

    /** Segments to be deleted, and to be written anew: those that are more than half empty, and as many more as must be. */
    private void choose(Marks marks, long most, Set<Path> dead, List<Path> sparse) {
        long left = marks.ofLinks();
        long deadBytes = 0;
        List<Dense> dense = new ArrayList<>();
        boolean many = tooMany(packs);
        for (Map.Entry<Path, Long> segment : packs.segments().entrySet()) {
            Path file = segment.getKey();
            long length = segment.getValue();
            long live = marks.of(file);
            if (file.equals(open) || packs.unreadable().contains(file)) {
                continue;
            } else if (live == 0) {
                dead.add(file);
                deadBytes += length;
            } else if (live * 2 < length || many && length < SMALL) {
                sparse.add(file);
                left += live;
            } else {
                dense.add(new Dense(file, length, live));
                left += length;
            }
        }
        if (dead.size() == 1 && sparse.isEmpty() && deadBytes < SMALL && left + deadBytes <= most) {
            // Most often the one that says what is kept, and nothing else; another one would take its place.
            dead.clear();
        }
        dense.sort(Comparator.comparingDouble(segment -> (double) segment.live() / segment.length()));
        for (Dense segment : dense) {
            long gain = segment.length() - segment.live();
            if (left <= most || gain < segment.length() / 8) {
                break;
            }
            sparse.add(segment.file());
            left -= gain;
        }
        sparse.sort(Comparator.comparingLong(marks::of));
    }

    private void move(List<Path> sparse, List<Long> kept, Marks marks) throws IOException {
        List<Path> moved = new ArrayList<>();
        long pending = 0;
        for (Path segment : sparse) {
            long live = marks.of(segment);
            if (pending > 0 && (pending + live > packs.segmentBytes() || !fits(pending + live))) {
                finish(moved, kept);
                pending = 0;
            }
            if (!fits(live)) {
                break;
            }
            if (copy(segment, marks)) {
                moved.add(segment);
                pending += live;
            } else {
                // What was copied of others in this round is still where it was.
                moved.clear();
                pending = 0;
            }
        }
        finish(moved, kept);
    }

    private boolean fits(long bytes) {
        long framed = bytes + SEAL_BYTES + Long.BYTES * (long) packs.kept().size();
        return packs.bytes() + framed <= packs.limits().maxBytes() && packs.usableBytes() - framed >= packs.limits().minFreeBytes();
    }

    private PackWriter writer() throws IOException {
        PackWriter writer = out;
        if (writer == null || !writer.usable()) {
            writer = packs.newSegment();
            out = writer;
        }
        return writer;
    }

    /** Copies what is needed of a segment. Says no if something of it cannot be read: then it stays. */
    private boolean copy(Path segment, Marks marks) throws IOException {
        PackWriter writer = writer();
        try (RandomAccessFile in = Segment.open(segment)) {
            for (ContentKey key : marks.contents()) {
                Packs.Place place = packs.contents().get(key);
                if (place != null && place.segment().file().equals(segment)) {
                    long[] parts = new long[place.parts().length];
                    for (int i = 0; i < parts.length; i++) {
                        byte[] payload = PackFrame.read(in, place.parts()[i], PackFrame.PART);
                        parts[i] = writer.part(new byte[0], payload, payload.length);
                    }
                    writer.content(place.content(key, parts));
                }
            }
            for (long number : marks.manifests()) {
                Packs.ManifestPlace place = packs.manifests().get(number);
                if (place != null && place.segment().file().equals(segment)) {
                    packs.manifest(place);
                    writer.manifest(packs.manifestBytes(place));
                }
            }
            return true;
        } catch (PackFrame.DamagedException | AutoSyncException e) {
            LOG.warn("{} {}; it is left as it is", segment, e.getMessage());
            packs.cut(writer);
            return false;
        }
    }

    private void finish(List<Path> moved, List<Long> kept) throws IOException {
        if (moved.isEmpty()) {
            return;
        }
        PackWriter writer = writer();
        packs.seal(writer, kept);
        for (Path segment : moved) {
            delete(segment);
        }
        moved.clear();
        if (writer.length() > packs.segmentBytes()) {
            writer.close();
            out = null;
        }
    }

    private void delete(Path segment) throws IOException {
        held.run();
        packs.delete(segment);
    }
}
