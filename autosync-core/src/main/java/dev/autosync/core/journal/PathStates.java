package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.patch.FileContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a transaction knows of each path: what it held before, what the transaction has left there, and whether it is somebody else's now. */
final class PathStates {
    private final Map<String, Image> before = new LinkedHashMap<>();
    private final Map<String, Image> now = new LinkedHashMap<>();
    private final Set<String> foreign = new LinkedHashSet<>();

    /** A path of which nothing was known, and what it holds. */
    void first(String path, Image was) {
        before.putIfAbsent(path, was);
        now.putIfAbsent(path, was);
    }

    void became(String path, Image image) {
        now.put(path, image);
    }

    void isForeign(String path) {
        foreign.add(path);
    }

    boolean knows(String path) {
        return before.containsKey(path);
    }

    Image before(String path) {
        return before.getOrDefault(path, Image.ABSENT);
    }

    Image now(String path) {
        return now.getOrDefault(path, Image.ABSENT);
    }

    /** What each path held before, in the order in which they were first seen. */
    Map<String, Image> before() {
        return Collections.unmodifiableMap(before);
    }

    /** What each path holds as far as the transaction knows. */
    Map<String, Image> now() {
        return Collections.unmodifiableMap(now);
    }

    Set<String> foreign() {
        return Collections.unmodifiableSet(foreign);
    }

    /** Whether any path holds something else than before. */
    boolean changed() {
        return now.entrySet().stream().anyMatch(entry -> !entry.getValue().same(before(entry.getKey())));
    }

    /** The paths that hold something else than before, in their order. */
    List<Transaction.Change> changes() {
        return now.entrySet().stream().filter(entry -> !entry.getValue().same(before(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Transaction.Change(entry.getKey(), sha256(before(entry.getKey())), sha256(entry.getValue()))).toList();
    }

    /** The paths that hold what they held before. */
    List<String> unchanged() {
        List<String> unchanged = new ArrayList<>();
        now.forEach((path, image) -> {
            if (image.same(before(path))) {
                unchanged.add(path);
            }
        });
        return unchanged;
    }

    /** The changes that lead to a state. */
    List<Steps.Change> to(Map<String, Image> wanted) {
        List<Steps.Change> changes = new ArrayList<>();
        wanted.forEach((path, image) -> {
            if (!now(path).same(image)) {
                changes.add(new Steps.Change(path, now(path), image));
            }
        });
        return changes;
    }

    /** The SHA-256 of what a file holds or a link points to; null for anything else. */
    static @Nullable String sha256(Image image) {
        if (image instanceof FileImage file) {
            return file.content().sha256();
        }
        return image instanceof Image.Link link ? FileContent.of(PathText.encode(link.target())).sha256() : null;
    }
}
