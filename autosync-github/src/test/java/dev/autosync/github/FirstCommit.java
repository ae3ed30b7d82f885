package dev.autosync.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A repository with one commit and its clone, which git makes once; each world has copies of its own. */
final class FirstCommit {
    private static List<Entry> made;

    /**
     * A file or a folder.
     *
     * @param bytes null for a folder
     */
    private record Entry(String path, byte[] bytes, boolean executable) {}

    private FirstCommit() {}

    static void copyTo(World world) throws IOException, InterruptedException {
        for (Entry entry : entries()) {
            Path path = world.root.resolve(entry.path());
            if (entry.bytes() == null) {
                Files.createDirectories(path);
            } else {
                Files.write(path, entry.bytes());
                path.toFile().setExecutable(entry.executable());
            }
        }
        // What git knows of the files are the times of the ones that were made first.
        world.workspace.run("update-index", "-q", "--refresh");
    }

    private static synchronized List<Entry> entries() throws IOException, InterruptedException {
        if (made == null) {
            Path root = Files.createTempDirectory("first-commit");
            try (World world = World.empty(root)) {
                world.workspace.write("a.txt", "one\n").write("src/deep/b.txt", "b\n").write("run.sh", "echo\n");
                world.workspace.folder().resolve("run.sh").toFile().setExecutable(true);
                world.workspace.commitAll("first");
                world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
                made = read(root);
            }
        }
        return made;
    }

    /** Reads all of a folder, and deletes it. */
    private static List<Entry> read(Path root) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<Path> paths;
        try (Stream<Path> all = Files.walk(root)) {
            paths = all.sorted().toList();
        }
        for (Path path : paths) {
            byte[] bytes = Files.isDirectory(path) ? null : Files.readAllBytes(path);
            entries.add(new Entry(root.relativize(path).toString(), bytes, Files.isExecutable(path)));
        }
        for (Path path : paths.stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
        return entries;
    }
}
