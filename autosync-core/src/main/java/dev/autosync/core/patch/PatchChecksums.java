package dev.autosync.core.patch;

import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/** The checksums of patches by the formats that are known. Each is worked out once as long as its patch lives. Threads: safe. */
public final class PatchChecksums {
    private final PatchFormats formats;
    private final Map<Patch, String> known = new WeakHashMap<>();

    /** Checksums by these formats. */
    public PatchChecksums(PatchFormats formats) {
        this.formats = formats;
    }

    /** What tells whether another patch asks for the same. */
    public synchronized String of(Patch patch) {
        return known.computeIfAbsent(patch, this::work);
    }

    private String work(Patch patch) {
        Optional<PatchFormat> format = formats.get(patch.format());
        try {
            return format.map(patch::checksum).orElseGet(patch::checksum);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // A format that fails here fails at planning as well, where it is told.
            return patch.checksum();
        }
    }

    /**
     * The patches that ask for the same as an earlier one of their batch.
     *
     * <p>One that needs the other, directly or through others, is not among them: its author knows of the other and wants it done again.
     *
     * @param patches the patches, each after those that it needs
     * @return the id of the first of its kind, by the id of each of the others
     */
    public Map<String, String> twins(List<Patch> patches) {
        Map<String, Patch> first = new HashMap<>();
        Map<String, Patch> byId = new HashMap<>();
        Map<String, String> twins = new HashMap<>();
        patches.forEach(patch -> byId.put(patch.id(), patch));
        for (Patch patch : patches) {
            Patch same = first.putIfAbsent(of(patch), patch);
            if (same != null && !needs(patch, same.id(), byId)) {
                twins.put(patch.id(), same.id());
            }
        }
        return twins;
    }

    private static boolean needs(Patch patch, String id, Map<String, Patch> byId) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(patch.needs());
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(id)) {
                return true;
            }
            if (seen.add(next) && byId.containsKey(next)) {
                open.addAll(byId.get(next).needs());
            }
        }
        return false;
    }
}
