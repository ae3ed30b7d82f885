package dev.autosync.core.snapshot;

import dev.autosync.AutoSyncException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Contents whose links have become the last names of files that git has deleted. Most often git has written the same into another pack: they are
 * referred to there. What git has nowhere any more is copied out of a pack that is needed for little else.
 */
final class LastNames {
    private static final Logger LOG = LoggerFactory.getLogger(LastNames.class);

    private final Packs packs;
    private final Map<Path, Long> alone;
    private final Map<ContentKey, GitReference> elsewhere = new LinkedHashMap<>();
    private final Map<Path, List<ContentKey>> nowhere = new HashMap<>();

    LastNames(Packs packs) throws IOException {
        this.packs = packs;
        this.alone = packs.links().alone();
    }

    /** The links that are the last names, and the bytes that they cost. */
    Map<Path, Long> bytes() {
        return alone;
    }

    /** Looks where git has now what is needed. */
    void find(Set<ContentKey> needed) {
        if (alone.isEmpty()) {
            return;
        }
        try (GitSource git = new GitSource(packs.workspace().root(), packs.links())) {
            for (ContentKey key : needed) {
                Packs.Place place = packs.contents().get(key);
                GitReference reference = place == null ? null : place.reference();
                if (place != null && reference != null && alone.containsKey(packs.links().path(reference))) {
                    GitReference now = git.find(reference.id(), place.size(), key);
                    if (now != null && !alone.containsKey(packs.links().path(now))) {
                        elsewhere.put(key, now);
                    } else {
                        nowhere.computeIfAbsent(packs.links().path(reference), link -> new ArrayList<>()).add(key);
                    }
                }
            }
        }
    }

    /**
     * Whether anything can be done.
     *
     * @param isShort whether room is short
     */
    boolean any(boolean isShort) {
        return !elsewhere.isEmpty() || alone.keySet().stream().anyMatch(link -> !nowhere.containsKey(link) || pays(link, isShort));
    }

    /** Whether to copy the rest out of a pack gives back enough. */
    private boolean pays(Path link, boolean isShort) {
        long whole = alone.getOrDefault(link, 0L);
        long needed = needed(link);
        return nowhere.containsKey(link) && link.getParent() != null && link.getParent().endsWith(GitLinks.PACKS)
                && (needed < whole / 2 || isShort && whole - needed >= whole / 8)
                && packs.usableBytes() - needed >= packs.limits().minFreeBytes();
    }

    private long needed(Path link) {
        long sum = 0;
        for (ContentKey key : nowhere.getOrDefault(link, List.of())) {
            Packs.Place place = packs.contents().get(key);
            sum += place == null ? 0 : place.size();
        }
        return sum;
    }

    /** Writes down where git has them now. */
    void refer(PackWriter writer) {
        elsewhere.forEach((key, reference) -> {
            Packs.Place place = packs.contents().get(key);
            if (place != null) {
                writer.content(new Seal.Content(key, place.size(), 0, Seal.NO_PARTS, reference));
            }
        });
    }

    /** Copies what git has nowhere, where that pays. Says whether anything was copied. */
    boolean copy(PackWriter writer, boolean isShort) throws IOException {
        boolean copied = false;
        for (Map.Entry<Path, List<ContentKey>> link : nowhere.entrySet()) {
            if (pays(link.getKey(), isShort)) {
                for (ContentKey key : link.getValue()) {
                    copied |= copy(key, writer);
                }
            }
        }
        return copied;
    }

    private boolean copy(ContentKey key, PackWriter writer) throws IOException {
        byte[] content;
        try {
            content = packs.content(key);
        } catch (AutoSyncException e) {
            LOG.warn("{}; its link is left as it is", e.getMessage());
            return false;
        }
        List<Long> parts = new ArrayList<>();
        long stored = 0;
        for (int from = 0; from < content.length; from += Packs.PART_BYTES) {
            int length = Math.min(Packs.PART_BYTES, content.length - from);
            byte[] head = Packs.head(Packs.RAW, length);
            byte[] piece = from == 0 ? content : Arrays.copyOfRange(content, from, from + length);
            parts.add(writer.part(head, piece, length));
            stored += PackFrame.HEADER + head.length + (long) length;
        }
        writer.content(new Seal.Content(key, content.length, stored, parts.stream().mapToLong(Long::longValue).toArray(), null));
        return true;
    }
}
