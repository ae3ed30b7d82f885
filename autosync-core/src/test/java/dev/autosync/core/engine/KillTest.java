package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.core.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed in the middle of a cycle, as SIGKILL does; the next open finds the workspace whole. */
class KillTest {
    private static final int KILLS = Integer.getInteger("autosync.kills", 5);

    @TempDir
    Path workspace;

    private int lastLanded;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(workspace.resolve("t.txt"), "a test\n");
        Files.writeString(workspace.resolve("mine"), "not to be touched\n");
    }

    /** Runs cycles, and kills the process when it tests for the n-th time, that is, with a batch in the tree. */
    private void killAt(int tests) throws Exception {
        try (ChildJvm child = ChildJvm.start(KilledCycle.class, workspace.toString(), Integer.toString(lastLanded + 1))) {
            int seen = 0;
            while (seen < tests) {
                String line = child.line();
                assertThat(line).as("the child runs on").isNotNull();
                if (line.equals("testing")) {
                    seen++;
                } else if (line.startsWith("landed ")) {
                    lastLanded = Integer.parseInt(line.substring(7));
                } else {
                    throw new AssertionError("the child said: " + line);
                }
            }
            child.kill();
            for (String line = child.line(); line != null; line = child.line()) {
                if (line.startsWith("landed ")) {
                    lastLanded = Integer.parseInt(line.substring(7));
                }
            }
        }
    }

    private void open() {
        SyncEngine.builder(workspace).tests(new NoBad()).build().close();
    }

    /** The versions that the files hold; one if the workspace is whole, 0 for a file that is not there. */
    private Set<Integer> versions() throws IOException {
        Set<Integer> versions = new TreeSet<>();
        for (int i = 0; i < KilledCycle.FILES; i++) {
            Path file = workspace.resolve("folder-" + i % 3 + "/f" + i + ".dat");
            if (Files.notExists(file)) {
                versions.add(0);
                continue;
            }
            String text = Files.readString(file);
            int version = Integer.parseInt(text.split(" ", 3)[1]);
            assertThat(text).as("no file is torn").isEqualTo(KilledCycle.text(version, i));
            versions.add(version);
        }
        return versions;
    }

    @Test
    void findsTheWorkspaceWholeAfterTheNextOpen() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            killAt(2 + kill % 6);
            open();

            assertThat(versions()).as("kill %d", kill).hasSize(1);
            int version = versions().iterator().next();
            assertThat(version).isBetween(lastLanded, lastLanded + 1);
            lastLanded = version;
            assertThat(workspace.resolve("bad.txt")).doesNotExist();
            assertThat(workspace.resolve("mine")).hasContent("not to be touched\n");
            try (Stream<Path> files = Files.walk(workspace)) {
                assertThat(files.filter(file -> file.getFileName().toString().startsWith(".as~"))).isEmpty();
            }
        }
    }

    @Test
    void wouldNotBeWholeIfRecoveryWereSwitchedOff() throws Exception {
        // The second run of the tests of a new process is that of the whole batch.
        killAt(2);
        assertThat(versions()).as("a batch that nobody has seen green is in the tree").containsExactly(1);
        assertThat(lastLanded).isZero();
        // Without its journal the engine has nothing to recover from.
        Files.delete(workspace.resolve(".autosync/journal"));
        open();
        assertThat(versions()).containsExactly(1);
    }
}
