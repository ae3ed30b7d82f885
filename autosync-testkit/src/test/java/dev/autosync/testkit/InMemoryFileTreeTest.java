package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.PathRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryFileTreeTest {
    private final InMemoryFileTree tree = InMemoryFileTree.empty().with("a.txt", "a").with("dir/b.txt", "b");

    @Test
    void readsWhatItWasGivenAndNothingElse() {
        assertEquals(Optional.of(FileContent.of("b")), tree.read("dir/b.txt"));
        assertEquals(Optional.empty(), tree.read("dir/c.txt"));
        assertEquals(tree, InMemoryFileTree.of(Map.of("dir/b.txt", FileContent.of("b"), "a.txt", FileContent.of("a"))));
    }

    @Test
    void refusesThePathsThatTheEngineRefuses() {
        for (String path : List.of("", "/etc/passwd", "../a", "a/../../b", "./a", "a//b", "a/", ".git/config", "x/.GIT/hooks/a",
                ".autosync/journal", "C:/a", "a\\b", "a\0b", "dir")) {
            assertThrows(PathRefusedException.class, () -> tree.read(path), path);
        }
    }

    @Test
    void appliesEditsToACopy() {
        InMemoryFileTree after = tree.apply(List.of(FileEdit.create("c", FileContent.of("c")),
                FileEdit.modify("a.txt", FileContent.of("a"), FileContent.of("A")), FileEdit.delete("dir/b.txt", FileContent.of("b"))));
        assertEquals(InMemoryFileTree.empty().with("a.txt", "A").with("c", "c"), after);
        assertEquals(2, tree.files().size());
        assertThrows(IllegalArgumentException.class, () -> after.apply(List.of(FileEdit.create("c", FileContent.of("d")))));
    }
}
