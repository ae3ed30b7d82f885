package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.json.JsonSection;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.spi.Store;
import dev.autosync.testkit.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace, a suite and a store in memory, for tests of whole cycles. */
abstract class CycleFixture {
    /** The folder above the workspace is a test's own, too: whatever escaped would be found there, and gone with it. */
    @TempDir
    Path outside;

    Path workspace;

    @BeforeEach
    final void createWorkspace() throws IOException {
        workspace = Files.createDirectory(outside.resolve("workspace"));
    }

    final NoBad suite = new NoBad();
    final InMemoryStore store = new InMemoryStore();

    /** A patch for each of n files; those at the given places are bad. */
    final List<Patch> patches(int n, Integer... bad) throws IOException {
        List<Patch> patches = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Files.writeString(workspace.resolve("f" + i + ".txt"), "old " + i + "\n");
            boolean isBad = List.of(bad).contains(i);
            patches.add(Patch.write("p" + i, "f" + i + ".txt", (isBad ? "BAD " + i : "new " + i).getBytes()));
        }
        return patches;
    }

    final SyncEngine engine(List<Patch> patches) {
        return SyncEngine.builder(workspace).tests(suite).store(store).patches(PatchBatch.of(patches)).build();
    }

    /** Every file of the workspace but the engine's own, with its text. */
    final Map<String, String> tree() {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(workspace)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = workspace.relativize(file).toString();
                if (!path.startsWith(".autosync")) {
                    tree.put(path, Files.readString(file));
                }
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON store of a folder. */
    static Store jsonStore(Path folder) {
        return Discovery.standard().stores().get("json", message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, message)).open(folder, JsonSection.empty());
    }

    /** Writes a file as somebody else would. */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
