package dev.autosync.core.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's patch does to one file.
 *
 * @param line where that stands in the patch, counted from 1
 * @param kind what happens to the file
 * @param path the file
 * @param movedTo its new path; null if it stays
 * @param content for {@link Kind#CREATE} its lines
 * @param fillsEmpty for {@link Kind#CREATE} whether a file that is there but empty will do
 * @param hunks for {@link Kind#UPDATE} what changes
 * @param inOrder for {@link Kind#UPDATE} whether the hunks stand in the order of the file
 */
record TextChange(int line, Kind kind, String path, @Nullable String movedTo, List<String> content, boolean fillsEmpty, List<TextHunk> hunks,
        boolean inOrder) {

    enum Kind { CREATE, DELETE, UPDATE }

    TextChange {
        content = List.copyOf(content);
        hunks = List.copyOf(hunks);
    }

    static TextChange create(int line, String path, List<String> content, boolean fillsEmpty) {
        return new TextChange(line, Kind.CREATE, path, null, content, fillsEmpty, List.of(), true);
    }

    static TextChange delete(int line, String path) {
        return new TextChange(line, Kind.DELETE, path, null, List.of(), false, List.of(), true);
    }

    static TextChange update(int line, String path, @Nullable String movedTo, List<TextHunk> hunks) {
        return new TextChange(line, Kind.UPDATE, path, movedTo, List.of(), false, hunks, true);
    }

    /** An update by blocks, of which each may be anywhere in what those before it leave. */
    static TextChange blocks(int line, String path, List<TextHunk> blocks) {
        return new TextChange(line, Kind.UPDATE, path, null, List.of(), false, blocks, false);
    }

    /** Where the file is afterwards. */
    String target() {
        return movedTo == null ? path : movedTo;
    }
}
