package dev.autosync.bench.crash;

import dev.autosync.AutoSyncException;
import dev.autosync.bench.WorkFolder;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.journal.Transaction;
import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A tree with one file of each kind that a batch can change, a batch that does so by a detour, and files of somebody else. Small, for trials of
 * which there are thousands.
 */
final class SmallTree {
    private static final String THEIR_EDIT = "somebody else has written this meanwhile\n";
    private static final String EDITED = "edited.txt";
    private static final String BOOT = "boot";

    private static final Map<String, String> BEFORE = Map.of("changed.txt", "before, a text of some length\n", EDITED, "before too\n",
            "run.sh", "x#!/bin/sh\nexit 0\n", "deleted.txt", "here before\n", "sub/kept.txt", "before, and after\n",
            "theirs.txt", "not ours\n", "sub/theirs.txt", "not ours either\n", ".git/HEAD", "ref: refs/heads/main\n");

    private SmallTree() {}

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
        for (Map.Entry<String, String> file : tree.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            boolean executable = file.getValue().startsWith("x#!");
            Files.writeString(path, executable ? file.getValue().substring(1) : file.getValue());
            if (executable && !path.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + path + " executable");
            }
        }
    }

    /** What it holds: the text of each file, with an x before that of a script that can be executed. */
    static Map<String, String> read(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                if (!path.startsWith(".autosync/")) {
                    tree.put(path, (Files.isExecutable(file) ? "x" : "") + Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return tree;
    }

    static Map<String, String> before() {
        return new TreeMap<>(BEFORE);
    }

    static Map<String, String> after() {
        Map<String, String> after = before();
        batch().forEach((path, content) -> {
            if (content.isEmpty()) {
                after.remove(path);
            } else {
                after.put(path, (path.equals("run.sh") ? "x" : "") + new String(content.get().bytes(), StandardCharsets.UTF_8));
            }
        });
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

    /** The batch's last state, file by file. */
    static Map<String, Optional<FileContent>> batch() {
        return state("changed.txt", "after, and shorter\n", EDITED, "after too\n", "run.sh", "#!/bin/sh\nexit 1\n", "deleted.txt", null,
                "new/deep/new.txt", "only after\n", "sub/kept.txt", BEFORE.get("sub/kept.txt"));
    }

    /** Applies the batch by a detour. Says whether that was acknowledged: nothing that fails afterwards takes it back. */
    static boolean apply(Workspace workspace, FilePort files) {
        boolean acknowledged = false;
        try (Transaction transaction = journal(workspace, files).begin("apply", () -> { })) {
            transaction.moveTo(state("changed.txt", "a detour\n", "detour/only.txt", "a detour\n", "deleted.txt", "still here\n"), Map.of());
            transaction.moveTo(batch(), Map.of());
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
            transaction.moveTo(batch(), Map.of());
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

    private static Map<String, Optional<FileContent>> state(String... pathsAndTexts) {
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            String path = pathsAndTexts[i];
            state.put(path, Optional.ofNullable(pathsAndTexts[i + 1]).map(text -> FileContent.of(text).executable(path.equals("run.sh"))));
        }
        return state;
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
