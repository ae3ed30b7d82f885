package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.Spelling;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Renames in case alone, on whatever file system the folder for temporary files lies, or {@code -Dautosync.folder} names: docs/crash-safety.md says
 * how to try one that folds names.
 */
class CaseRenameTest {
    private static final Map<String, String> BEFORE = Map.of("README", "old", "docs/Guide.txt", "guide", "a", "one", "B", "two");
    private static final Map<String, String> AFTER = Map.of("readme", "old", "docs/guide.TXT", "guide", "A", "one changed", "b", "two");

    @TempDir
    Path temporary;

    private Path folder;
    private int trees;

    @BeforeEach
    void choose() throws IOException {
        String named = System.getProperty("autosync.folder");
        folder = named == null ? temporary : Files.createTempDirectory(Path.of(named), "case");
    }

    @AfterEach
    void tidy() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(temporary)).toList()) {
                Files.delete(file);
            }
        }
    }

    private JournaledFolder world() throws IOException {
        Path root = Files.createDirectory(folder.resolve("w" + trees++));
        for (Map.Entry<String, String> file : BEFORE.entrySet()) {
            Files.createDirectories(root.resolve(file.getKey()).getParent());
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        return new JournaledFolder(root);
    }

    private static boolean rename(JournaledFolder world, boolean commit) {
        return world.change(state(BEFORE, AFTER), state(AFTER, BEFORE), commit);
    }

    /** What is in {@code to}, and nothing of what is in {@code from} alone. */
    private static Map<String, Image> state(Map<String, String> from, Map<String, String> to) {
        Map<String, Image> state = new LinkedHashMap<>();
        from.keySet().forEach(path -> state.put(path, Image.ABSENT));
        to.forEach((path, text) -> state.put(path, new FileImage(text.getBytes(StandardCharsets.UTF_8), FileImage.NO_MODE)));
        return state;
    }

    /** Names as the folders spell them. */
    private static Map<String, String> contents(JournaledFolder world) throws IOException {
        Path root = world.workspace.root();
        try (Stream<Path> all = Files.walk(root)) {
            Map<String, String> found = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith(".autosync")) {
                    found.put(path, Files.readString(file));
                }
            }
            return found;
        }
    }

    @Test
    void spellsEveryNameAnew() throws IOException {
        JournaledFolder world = world();
        assertThat(rename(world, true)).isTrue();
        assertThat(contents(world)).isEqualTo(AFTER);
    }

    @Test
    void spellsEveryNameAsBeforeWhenUndone() throws IOException {
        JournaledFolder world = world();
        assertThat(rename(world, false)).isTrue();
        assertThat(contents(world)).isEqualTo(BEFORE);
        assertThat(world.workspace.root().resolve(".autosync/conflicts")).doesNotExist();
    }

    @Test
    void losesNothingWhereverItDies() throws IOException {
        int half = 0;
        for (boolean commit : new boolean[] {true, false}) {
            boolean fired = true;
            for (int n = 1; fired; n += 3) {
                JournaledFolder world = world();
                world.files.dieAt(n);
                boolean acknowledged = rename(world, commit) && commit;
                fired = world.files.heal();
                half += contents(world).equals(BEFORE) || contents(world).equals(AFTER) ? 0 : 1;
                world.recover();
                assertThat(contents(world)).as("death at call %d, commits %s", n, commit).isIn(BEFORE, AFTER);
                assertThat(!acknowledged || contents(world).equals(AFTER)).isTrue();
            }
        }
        assertThat(half).as("trees that were half renamed before recovery: the control").isPositive();
    }

    @Test
    void wouldLoseFilesIfNamesThatFoldWereTakenForTwo() throws IOException {
        JournaledFolder world = world();
        assumeThat(world.workspace.spelling().folding()).as("this file system does not tell upper from lower case; -Dautosync.folder names another").isTrue();
        WorkspaceFiles tree = new WorkspaceFiles(world.workspace, world.files, new Names(Spelling.EXACT));
        Image readme = tree.look("README");
        List<Steps.Change> changes = List.of(new Steps.Change("readme", Image.ABSENT, readme), new Steps.Change("README", readme, Image.ABSENT));
        for (Steps.Step step : Steps.of(changes, tree.names())) {
            try {
                tree.take(step, ".as~t");
            } catch (PathRefusedException e) {
                assertThat(e).hasMessageContaining("somebody else");
            }
        }
        assertThat(contents(world)).doesNotContainKeys("readme", "README");
    }
}
