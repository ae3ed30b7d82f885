package dev.autosync.core.snapshot;

import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.SnapshotLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A workspace whose tree is kept and compared with what was kept. */
final class KeptTree {
    final Workspace workspace;
    final FilePort files;
    private final SnapshotLimits limits;
    private final TreeScanner scanner;
    private long usable = Long.MAX_VALUE;

    KeptTree(Path root, FilePort files, SnapshotLimits limits) {
        this.workspace = Workspace.at(root);
        this.files = files;
        this.limits = limits;
        this.scanner = new TreeScanner(workspace, List.of(), Clock.systemUTC());
    }

    void usable(long bytes) {
        usable = bytes;
    }

    /** A store that knows nothing yet, as in a new process. */
    SnapshotStore open() {
        return open(files);
    }

    SnapshotStore open(FilePort through) {
        return new SnapshotStore(workspace, through, limits, folder -> usable);
    }

    /** What can be read of the store when nothing fails any more. */
    SnapshotStore healed() {
        return open(new RealFiles());
    }

    void write(String path, byte[] content) throws IOException {
        Path file = workspace.root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Snapshot scan() throws InterruptedException {
        return scanner.scan(null);
    }

    Keeping.Outcome keep(SnapshotStore store) throws InterruptedException {
        return keep(store, "");
    }

    Keeping.Outcome keep(SnapshotStore store, String label) throws InterruptedException {
        try (Keeping keeping = store.begin(() -> { }, Set.of())) {
            Snapshot snapshot = scanner.scan(null, keeping);
            return keeping.keep(snapshot, label, label.isEmpty() ? "cycle" : "");
        }
    }

    /** Keeps what was scanned before, without looking at the tree for what has changed. */
    Keeping.Outcome keep(SnapshotStore store, Snapshot snapshot) throws InterruptedException {
        try (Keeping keeping = store.begin(() -> { }, Set.of())) {
            return keeping.keep(snapshot, "", "cycle");
        }
    }

    /** What the tree holds, by path. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(workspace.root())) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String path = PathText.of(workspace.root(), file);
                if (!path.startsWith(".autosync") && !path.startsWith(".git/") && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    content.put(path, Files.isSymbolicLink(file) ? "-> " + Files.readSymbolicLink(file)
                            : (Files.isExecutable(file) ? "x " : "") + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return content;
    }

    /** What a kept snapshot holds, by path, read from the packs. */
    Map<String, String> content(SnapshotStore store, String id) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (Map.Entry<Entry, byte[]> entry : store.contents(id).entrySet()) {
            Entry of = entry.getKey();
            content.put(of.path(), of.type() == Entry.Type.LINK ? "-> " + PathText.decode(entry.getValue())
                    : (of.executable() ? "x " : "") + new String(entry.getValue(), StandardCharsets.ISO_8859_1));
        }
        return content;
    }

    static List<String> ids(SnapshotStore store) {
        return store.list().stream().map(KeptSnapshot::id).toList();
    }

    List<Path> packs() throws IOException {
        Path folder = workspace.state("snapshots");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.filter(file -> file.toString().endsWith(".pack")).sorted().toList());
        }
    }

    long packBytes() throws IOException {
        long sum = 0;
        for (Path pack : packs()) {
            sum += Files.size(pack);
        }
        return sum;
    }
}
