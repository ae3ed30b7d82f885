package dev.autosync.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder that the main job throws away when it runs again, and what was put into it. */
final class Workspace {
    private final Path root;
    private final SortedMap<String, byte[]> written = new TreeMap<>();

    private Workspace(Path root) {
        this.root = root;
    }

    /** An empty folder, whatever was there before. */
    static Workspace create(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(root);
        return new Workspace(root.toRealPath());
    }

    Path root() {
        return root;
    }

    void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String path, byte[] bytes) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        written.put(path, bytes.clone());
    }

    void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
        written.remove(path);
    }

    /** What was written, by path. */
    Map<String, byte[]> written() {
        return new TreeMap<>(written);
    }

    /** Every file that is there now but what the tests, the engine and git keep for themselves. */
    Map<String, byte[]> files() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith("target/") && !path.startsWith(".autosync/") && !path.startsWith(".git/")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
