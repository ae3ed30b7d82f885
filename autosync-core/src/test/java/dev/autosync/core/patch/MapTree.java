package dev.autosync.core.patch;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree in memory with the same idea of safe paths as the real one: enough of it to see that a format asks before it acts. */
final class MapTree implements FileTree {
    private final Map<String, FileContent> files = new TreeMap<>();
    private final List<String> links = new ArrayList<>();

    MapTree file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    MapTree file(String path, byte[] bytes) {
        files.put(path, FileContent.of(bytes));
        return this;
    }

    MapTree content(String path, Optional<FileContent> content) {
        content.ifPresent(c -> files.put(path, c));
        return this;
    }

    MapTree link(String path) {
        links.add(path);
        return this;
    }

    @Override
    public Optional<FileContent> read(String path) {
        for (String part : path.split("/", -1)) {
            if (part.equals("..") || part.equalsIgnoreCase(".git") || part.isEmpty()) {
                throw new PathRefusedException("refused: " + path);
            }
        }
        for (String link : links) {
            if ((path + "/").startsWith(link + "/")) {
                throw new PathRefusedException("refused: " + path + " leads through a link");
            }
        }
        return Optional.ofNullable(files.get(path));
    }

    /** The tree after a plan; the same files if the plan has no edits. */
    MapTree after(PatchPlan plan) {
        MapTree after = new MapTree();
        after.files.putAll(files);
        for (FileEdit edit : plan.edits()) {
            if (!edit.before().equals(Optional.ofNullable(files.get(edit.path())))) {
                throw new AssertionError("the edit of " + edit.path() + " starts from something else than the tree holds");
            }
            edit.after().ifPresentOrElse(content -> after.files.put(edit.path(), content), () -> after.files.remove(edit.path()));
        }
        return after;
    }

    /** The files as text, one char for each byte, with {@code *} behind the name of an executable one. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((path, content) -> texts.put(content.executable() ? path + "*" : path,
                new String(content.bytes(), StandardCharsets.ISO_8859_1)));
        return texts;
    }

    String sha256(String path) {
        return files.get(path).sha256();
    }
}
