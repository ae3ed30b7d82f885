package dev.autosync.bench.crash;

import static java.util.Map.entry;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree with one of each kind that a batch can change: files, one of them executable and one whose name is not UTF-8, links, folders with nothing in
 * them; a batch that changes each, some of them into another kind, by a detour; and files of somebody else. Small, for trials of which there are
 * thousands.
 *
 * <p>Trees are texts by path: that of a file, with an x before it if it can be executed; {@code ->} and the target of a link; {@code /} for a folder
 * with nothing in it.
 */
final class SmallTree {
    private static final String THEIR_EDIT = "somebody else has written this meanwhile\n";
    private static final String EDITED = "edited.txt";
    static final String BOOT = "boot";
    private static final String NOTHING = "";
    private static final String LINK = "->";
    private static final String FOLDER = "/";

    /** In Latin-1, where names may be anything. */
    private static final String ODD = System.getProperty("os.name").equals("Linux") ? "caf\udce9.txt" : "caf\u00e9.txt";

    private static final Map<String, String> BEFORE = Map.ofEntries(entry("changed.txt", "before, a text of some length\n"),
            entry(EDITED, "before too\n"), entry("run.sh", "x#!/bin/sh\nexit 0\n"), entry("deleted.txt", "here before\n"),
            entry("sub/kept.txt", "before, and after\n"), entry(ODD, "before, under an odd name\n"), entry("link", "->sub/kept.txt"),
            entry("empty", FOLDER), entry("shape", "a file before\n"), entry("theirs.txt", "not ours\n"),
            entry("sub/theirs.txt", "not ours either\n"), entry("their-link", "->nowhere"), entry(".git/HEAD", "ref: refs/heads/main\n"));

    private static final Map<String, String> DETOUR = ordered("changed.txt", "a detour\n", "detour/only.txt", "a detour\n",
            "deleted.txt", "still here\n", "shape", "->theirs.txt", "link", FOLDER);

    /** What a library can do that writes files one by one. */
    private static final Map<String, String> FILES = ordered("changed.txt", "after, and shorter\n", EDITED, "after too\n",
            "run.sh", "x#!/bin/sh\nexit 1\n", "deleted.txt", NOTHING, "new/deep/new.txt", "only after\n",
            "sub/kept.txt", BEFORE.getOrDefault("sub/kept.txt", ""));

    private static final Map<String, String> BATCH = new LinkedHashMap<>(FILES);

    static {
        BATCH.putAll(ordered(ODD, "after, under the same name\n", "link", "a file after\n", "empty", "->changed.txt", "shape", FOLDER,
                "shape/in.txt", "in a folder after\n", "tool", "x#!/bin/sh\nexit 2\n", "hollow", FOLDER));
    }

    private SmallTree() {}

    private static Map<String, String> ordered(String... pathsAndTexts) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            map.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return map;
    }

    /** Writes it, as it is before the batch, into a folder that is not there yet. */
    static Workspace create(Path root) throws IOException {
        restore(root, BEFORE);
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        return workspace;
    }

    /** Makes a folder hold a tree, and nothing else. */
    static void restore(Path root, Map<String, String> tree) throws IOException {
        if (Files.exists(root)) {
            WorkFolder.delete(root);
        }
        Files.createDirectories(root);
        for (Map.Entry<String, String> entry : tree.entrySet()) {
            write(root, entry.getKey(), entry.getValue());
        }
    }

    /** Puts something where nothing stands, or a file in the place of another. */
    static void write(Path root, String path, String text) throws IOException {
        Path file = PathText.resolve(root, path);
        Files.createDirectories(file.getParent());
        Image image = image(text);
        if (image instanceof Image.Folder) {
            Files.createDirectories(file);
        } else if (image instanceof Image.Link link) {
            Files.createSymbolicLink(file, PathText.target(link.target()));
        } else if (image instanceof FileImage content) {
            Files.write(file, content.bytes());
            if (content.executable() && !file.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }

    private static Image image(String text) {
        if (text.isEmpty()) {
            return Image.ABSENT;
        }
        if (text.equals(FOLDER)) {
            return new Image.Folder(FileImage.NO_MODE);
        }
        return text.startsWith(LINK) ? new Image.Link(text.substring(LINK.length())) : FileImage.of(content(text), FileImage.NO_MODE);
    }

    private static FileContent content(String text) {
        boolean executable = text.startsWith("x#!");
        return FileContent.of(executable ? text.substring(1) : text).executable(executable);
    }

    private static Map<String, Image> images(Map<String, String> tree) {
        Map<String, Image> images = new LinkedHashMap<>();
        tree.forEach((path, text) -> images.put(path, image(text)));
        return images;
    }

    /** What it holds. */
    static Map<String, String> read(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        for (Path child : children(root)) {
            if (!child.equals(root.resolve(Workspace.STATE_FOLDER))) {
                read(root, child, tree);
            }
        }
        return tree;
    }

    private static void read(Path root, Path file, Map<String, String> tree) throws IOException {
        if (Files.isSymbolicLink(file)) {
            tree.put(PathText.of(root, file), LINK + PathText.of(Files.readSymbolicLink(file)));
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> children = children(file);
            if (children.isEmpty()) {
                tree.put(PathText.of(root, file), FOLDER);
            }
            for (Path child : children) {
                read(root, child, tree);
            }
        } else {
            tree.put(PathText.of(root, file), (Files.isExecutable(file) ? "x" : "") + Files.readString(file, StandardCharsets.ISO_8859_1));
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    static Map<String, String> before() {
        return new TreeMap<>(BEFORE);
    }

    static Map<String, String> after() {
        return after(BATCH);
    }

    /** After {@link #files()}, and nothing else. */
    static Map<String, String> afterFiles() {
        return after(FILES);
    }

    private static Map<String, String> after(Map<String, String> batch) {
        Map<String, String> after = before();
        after.putAll(batch);
        after.values().removeIf(String::isEmpty);
        // A folder that something lies in is seen by what lies in it.
        after.entrySet().removeIf(entry -> entry.getValue().equals(FOLDER) && batch.keySet().stream().anyMatch(path -> path.startsWith(
                entry.getKey() + "/")));
        return after;
    }

    /** The same with somebody else's edit in it. */
    static Map<String, String> edited(Map<String, String> tree) {
        Map<String, String> edited = new TreeMap<>(tree);
        edited.put(EDITED, THEIR_EDIT);
        return edited;
    }

    static void edit(Path root) throws IOException {
        Files.writeString(root.resolve(EDITED), THEIR_EDIT);
    }

    /** What the batch makes of regular files with ordinary names. */
    static Map<String, Optional<FileContent>> files() {
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        FILES.forEach((path, text) -> state.put(path, text.isEmpty() ? Optional.empty() : Optional.of(content(text))));
        return state;
    }

    /** Applies the batch by a detour. Says whether that was acknowledged: nothing that fails afterwards takes it back. */
    static boolean apply(Workspace workspace, FilePort files) {
        boolean acknowledged = false;
        try (Transaction transaction = journal(workspace, files).begin("apply", () -> { })) {
            transaction.put(images(DETOUR), Map.of());
            transaction.put(images(BATCH), Map.of());
            transaction.commit("payload");
            acknowledged = true;
            transaction.checkpoint();
        } catch (AutoSyncException e) {
            // Whoever opens the workspace next puts it right.
        }
        return acknowledged;
    }

    /** Applies the batch, lets somebody else edit a file of it, and undoes it. Says whether the edit was made. */
    static boolean undo(Workspace workspace, FilePort files) throws IOException {
        boolean edited = false;
        try (Transaction transaction = journal(workspace, files).begin("undo", () -> { })) {
            transaction.put(images(BATCH), Map.of());
            edit(workspace.root());
            edited = true;
            transaction.rollback();
            transaction.checkpoint();
        } catch (AutoSyncException e) {
            // Whoever opens the workspace next puts it right.
        }
        return edited;
    }

    static void reopen(Workspace workspace, FilePort files) {
        Reopening.of(workspace.root(), files, BOOT);
    }

    private static Journal journal(Workspace workspace, FilePort files) {
        return new Journal(workspace, files, () -> BOOT);
    }

    /** Where two trees differ, for people. */
    static String difference(Map<String, String> wanted, Map<String, String> found) {
        Map<String, String> differences = new HashMap<>();
        wanted.forEach((path, text) -> {
            if (!text.equals(found.get(path))) {
                differences.put(path, "wanted '" + text + "', found '" + found.get(path) + "'");
            }
        });
        found.keySet().stream().filter(path -> !wanted.containsKey(path)).forEach(path -> differences.put(path, "is there"));
        return differences.toString().replace("\n", "\\n");
    }
}
