package dev.autosync.store.json;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;

/** Removes what a compaction has replaced, or has not come to put in its place: files that no event is read from. */
record Leftovers(Segments segments) {

    /** To be called by who keeps all others out, with what it has just seen. What cannot be removed is left to the next one. */
    void remove(View view) throws IOException {
        Set<String> live = new HashSet<>();
        view.files().forEach(file -> live.add(file.name()));
        // The rollups of what was compacted are in compacted.jsonl.
        view.appended().forEach(number -> live.add(SegmentFile.appended(number).rollupsName()));
        for (String name : segments.names()) {
            SegmentFile file = SegmentFile.of(name.endsWith(".tmp") ? name.substring(0, name.length() - ".tmp".length()) : name);
            boolean draft = name.endsWith(".tmp") && (file != null || name.equals("compacted.jsonl.tmp"));
            // Segments behind the last compaction are never ours to remove.
            // Nor is what was restored, or is about to be.
            boolean restored = file != null && file.generation() == Compacted.RESTORED && view.compacted().generation() == 0;
            boolean replaced = !restored && file != null && !live.contains(name)
                    && (file.generation() > 0 || file.number() <= view.compacted().through() || name.equals(file.rollupsName()));
            if (draft || replaced) {
                delete(name);
            }
        }
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(segments.directory().resolve(name));
        } catch (IOException e) {
            // It is in nobody's way.
        }
    }
}
