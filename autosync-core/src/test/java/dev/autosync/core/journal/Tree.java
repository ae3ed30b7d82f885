package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small tree, as tests see and change it. */
final class Tree {
    private Tree() {}

    /** Everything below a root but the engine's own folder: files with their text, folders with "/". */
    static Map<String, String> of(Path root) {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> !f.equals(root) && !root.relativize(f).startsWith(".autosync")).toList()) {
                tree.put(PathText.of(root, file), Files.isSymbolicLink(file) ? "-> " + PathText.of(Files.readSymbolicLink(file))
                        : Files.isDirectory(file) ? "/" : (Files.isExecutable(file) ? "x " : "") + Files.readString(file));
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A state of any kind: path and text in turns; null for nothing, "/" for a folder, "-> " before where a link leads, "x " before an executable. */
    static Map<String, Image> images(String... pathsAndTexts) {
        Map<String, Image> state = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            state.put(pathsAndTexts[i], image(pathsAndTexts[i + 1]));
        }
        return state;
    }

    static Image image(@Nullable String text) {
        if (text == null) {
            return Image.ABSENT;
        }
        if (text.equals("/")) {
            return new Image.Folder(FileImage.NO_MODE);
        }
        if (text.startsWith("-> ")) {
            return new Image.Link(text.substring(3));
        }
        boolean executable = text.startsWith("x ");
        return new FileImage(text.substring(executable ? 2 : 0).getBytes(StandardCharsets.UTF_8), executable ? 0755 : FileImage.NO_MODE);
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
