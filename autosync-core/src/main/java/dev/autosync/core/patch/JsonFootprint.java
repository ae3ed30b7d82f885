package dev.autosync.core.patch;

import dev.autosync.patch.Footprint;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a JSON patch reads and changes, as pointers into the file as it was before. Beyond {@value #MOST} places of a sort it is the whole
 * document. Not safe to share.
 */
final class JsonFootprint {
    static final int MOST = 1000;

    private final Set<String> reads = new LinkedHashSet<>();
    private final Set<String> changes = new LinkedHashSet<>();

    /** The value must be what it is. */
    void reads(JsonEditNode node) {
        if (isOpen(reads)) {
            reads.add(node.placeBefore());
        }
    }

    /** There must be a member of this name, or none. */
    void reads(JsonEditNode object, String name) {
        if (isOpen(reads)) {
            reads.add(object.placeBefore(name));
        }
    }

    /** The value becomes another. */
    void changes(JsonEditNode node) {
        if (isOpen(changes)) {
            changes.add(node.placeBefore());
        }
    }

    /** A member comes to an object. */
    void changes(JsonEditNode object, String name) {
        if (isOpen(changes)) {
            changes.add(object.placeBefore(name));
        }
    }

    private static boolean isOpen(Set<String> places) {
        return places.size() <= MOST;
    }

    Footprint of(String path) {
        Footprint.Builder builder = Footprint.builder();
        (isOpen(reads) ? reads : Set.of("")).forEach(pointer -> builder.reads(Footprint.Place.value(path, pointer)));
        (isOpen(changes) ? changes : Set.of("")).forEach(pointer -> builder.changes(Footprint.Place.value(path, pointer)));
        return builder.build();
    }
}
