package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.core.io.Spelling;
import dev.autosync.spi.PathRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final Names FOLDING = new Names(new Spelling(true, true));
    private static final Names EXACT = new Names(Spelling.EXACT);

    /** Path, before and after in turns. */
    private static List<String> steps(Names names, String... changes) {
        List<Steps.Change> all = new ArrayList<>();
        for (int i = 0; i < changes.length; i += 3) {
            all.add(new Steps.Change(changes[i], Tree.image(changes[i + 1]), Tree.image(changes[i + 2])));
        }
        return Steps.of(all, names).stream().map(step -> (step.image().isAbsent() ? "-" : "+") + step.path()).toList();
    }

    @Test
    void deletesLastSoThatARenameThatIsCutLeavesTwoFiles() {
        assertThat(steps(EXACT, "old", "x", null, "new", null, "x")).containsExactly("+new", "-old");
    }

    @Test
    void deletesTheOldSpellingFirstWhereBothNamesAreOneFile() {
        assertThat(steps(FOLDING, "README", "x", null, "readme", null, "x")).containsExactly("-README", "+readme");
        assertThat(steps(FOLDING, "e\u0301", "x", null, "\u00e9", null, "x")).containsExactly("-e\u0301", "+\u00e9");
        assertThat(steps(EXACT, "README", "x", null, "readme", null, "x")).containsExactly("+readme", "-README");
    }

    @Test
    void makesRoomForFoldersAndFillsThemFromAbove() {
        assertThat(steps(EXACT, "a/b/c", null, "x", "a/b", null, "/", "a", "x", "/")).containsExactly("-a", "+a", "+a/b", "+a/b/c");
    }

    @Test
    void emptiesAFolderFromBelowBeforeItBecomesAFile() {
        assertThat(steps(EXACT, "d", "/", "x", "d/e", "/", null, "d/e/f", "x", null, "d/g", "-> y", null, "z", "x", null))
                .containsExactly("-d/e/f", "-d/g", "-d/e", "-d", "+d", "-z");
    }

    @Test
    void refusesTwoNamesThatAreOneFile() {
        assertThatThrownBy(() -> FOLDING.check(Tree.images("Foo.java", "x", "foo.java", "y"))).isInstanceOf(PathRefusedException.class)
                .hasMessageContaining("'Foo.java' and 'foo.java'");
        FOLDING.check(Tree.images("Foo.java", "x", "foo.java", null));
        EXACT.check(Tree.images("Foo.java", "x", "foo.java", "y"));
    }
}
