package dev.autosync.bench.diff;

import dev.autosync.bench.WorkFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One tool on one row, in a folder of its own. */
final class DiffTrial {
    private static final List<String> WATCHED_IN_GIT = List.of(".git/hooks/post-commit", ".git/description", ".git/config");

    private final DiffRow row;
    private final Path folder;
    private final Path workspace;

    private DiffTrial(DiffRow row, Path folder) {
        this.row = row;
        this.folder = folder;
        this.workspace = folder.resolve("ws");
    }

    /**
     * What came of it.
     *
     * @param right whether the tool said what the row expects, and the files are what they should be
     * @param halfApplied whether it said that it failed, and had changed files of the workspace nevertheless
     * @param escaped whether anything outside the workspace changed, or what git keeps for itself
     */
    record Outcome(boolean right, boolean halfApplied, boolean escaped) {}

    static Outcome run(DiffRow row, DiffTool tool, Path folder) throws IOException, InterruptedException {
        return new DiffTrial(row, folder).run(tool);
    }

    private Outcome run(DiffTool tool) throws IOException, InterruptedException {
        prepare();
        Map<String, String> outsideBefore = outside();
        Map<String, String> before = inside();
        DiffTool.Said said;
        try {
            said = tool.apply(workspace, row.patch());
        } catch (IOException | RuntimeException | LinkageError e) {
            said = DiffTool.Said.FAILED;
        }
        Map<String, String> after = inside();
        boolean escaped = !outside().equals(outsideBefore);
        Map<String, String> expected = new TreeMap<>(before);
        row.after().ifPresent(files -> {
            expected.keySet().removeAll(row.tree().keySet());
            expected.putAll(files);
        });
        TreeSet<String> leftovers = new TreeSet<>(after.keySet());
        leftovers.removeAll(before.keySet());
        leftovers.removeIf(name -> !name.endsWith(".rej") && !name.endsWith(".orig"));
        Map<String, String> files = new TreeMap<>(after);
        files.keySet().removeAll(leftovers);
        boolean right = said == row.expected() && after.equals(expected) && !escaped;
        boolean halfApplied = said == DiffTool.Said.FAILED && !files.equals(before);
        WorkFolder.delete(folder);
        return new Outcome(right, halfApplied, escaped);
    }

    private void prepare() throws IOException, InterruptedException {
        Files.createDirectories(workspace);
        for (Map.Entry<String, String> file : row.tree().entrySet()) {
            boolean executable = file.getKey().endsWith("*");
            Path path = workspace.resolve(executable ? file.getKey().substring(0, file.getKey().length() - 1) : file.getKey());
            write(path, file.getValue());
            if (executable && !path.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + path + " executable");
            }
        }
        git("init", "--quiet");
        for (Map.Entry<String, String> file : row.beside().entrySet()) {
            write(folder.resolve(file.getKey()), file.getValue());
        }
        for (Map.Entry<String, String> link : row.links().entrySet()) {
            Files.createSymbolicLink(workspace.resolve(link.getKey()), Path.of(link.getValue()));
        }
        git("add", "--all");
        git("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--allow-empty", "--message", "before");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        if (CommandTool.run(workspace, command) != 0) {
            throw new IOException(String.join(" ", command) + " has failed");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Map<String, String> inside() throws IOException {
        return files(workspace, path -> !path.startsWith(workspace.resolve(".git")) && !path.startsWith(workspace.resolve(".autosync")));
    }

    private Map<String, String> outside() throws IOException {
        Map<String, String> files = files(folder, path -> !path.startsWith(workspace));
        for (String watched : WATCHED_IN_GIT) {
            Path file = workspace.resolve(watched);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                files.put(watched, read(file));
            }
        }
        return files;
    }

    private static Map<String, String> files(Path root, Predicate<Path> counts) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(counts).filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                boolean executable = !Files.isSymbolicLink(path) && Files.isExecutable(path);
                files.put(root.relativize(path) + (executable ? "*" : ""), read(path));
            }
        }
        return files;
    }

    private static String read(Path file) throws IOException {
        return Files.isSymbolicLink(file) ? "link to " + Files.readSymbolicLink(file)
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
