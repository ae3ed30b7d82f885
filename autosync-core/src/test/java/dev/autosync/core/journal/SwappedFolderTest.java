package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody puts a link out of the workspace in the place of a folder between two calls. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
class SwappedFolderTest {
    @TempDir
    Path folder;

    /** Files that are swapped before the n-th call; gives what ends up outside. */
    private Map<String, String> outsideAfterSwapAt(int n, boolean guarded, boolean rollback) throws IOException {
        Path root = Files.createDirectory(folder.resolve("w" + n + guarded + rollback));
        Path outside = Files.createDirectory(folder.resolve("o" + n + guarded + rollback));
        Files.writeString(outside.resolve("f"), "theirs");
        Files.createDirectories(root.resolve("d/e"));
        Files.writeString(root.resolve("d/e/f"), "old");
        Workspace workspace = Workspace.at(root);
        workspace.createState();
        FilePort real = guarded ? new RealFiles(workspace.root()) : new RealFiles();
        int[] calls = {0};
        FilePort swapping = (FilePort) Proxy.newProxyInstance(FilePort.class.getClassLoader(), new Class<?>[] {FilePort.class}, (proxy, method, args) -> {
            if (!method.getName().equals("together") && ++calls[0] == n) {
                Files.move(root.resolve("d/e"), root.resolve("moved"));
                Files.createSymbolicLink(root.resolve("d/e"), outside);
            }
            try {
                return method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        try (Transaction transaction = new Journal(workspace, swapping, () -> "boot").begin("t", () -> { })) {
            transaction.put(Tree.images("d/e/f", "new", "d/e/g", "new", "d/e/l", "-> x", "d/e/n", "/"), Map.of());
            if (!rollback) {
                transaction.commit("");
                transaction.checkpoint();
            }
        } catch (AutoSyncException e) {
            // Refused, which is as good.
        }
        return Tree.of(outside);
    }

    @Test
    void nothingIsWrittenOrDeletedOutsideWheneverItHappens() throws IOException {
        for (boolean rollback : new boolean[] {false, true}) {
            for (int n = 1; n < 40; n++) {
                assertThat(outsideAfterSwapAt(n, true, rollback)).as("swapped before call %d", n).isEqualTo(Map.of("f", "theirs"));
            }
        }
    }

    @Test
    void wouldWriteOutsideIfPathsWereOnlyLookedAtBefore() throws IOException {
        int escapes = 0;
        for (int n = 1; n < 40; n++) {
            escapes += outsideAfterSwapAt(n, false, false).equals(Map.of("f", "theirs")) ? 0 : 1;
        }
        assertThat(escapes).isGreaterThan(3);
    }
}
