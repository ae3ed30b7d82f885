package dev.autosync.core.journal;

import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small tree, as tests see and change it. */
final class Tree {
    private Tree() {}

    /** Everything below a root but the engine's own folder: files with their text, folders with "/". */
    static Map<String, String> of(Path root) {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> !f.equals(root) && !root.relativize(f).startsWith(".autosync")).toList()) {
                tree.put(root.relativize(file).toString(), Files.isDirectory(file) ? "/" : Files.readString(file));
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A state of a transaction: path and text in turns, null for nothing. */
    static Map<String, Optional<FileContent>> state(String... pathsAndTexts) {
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            state.put(pathsAndTexts[i], Optional.ofNullable(pathsAndTexts[i + 1]).map(FileContent::of));
        }
        return state;
    }
}
