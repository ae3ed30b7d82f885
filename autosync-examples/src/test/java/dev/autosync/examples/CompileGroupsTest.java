package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompileGroupsTest {
    private static final SourceTree BASE = SourceTree.of(Map.of("src/Shape.java", "interface Shape { double area(); }"));

    /** Two new files, of which one uses the other and that one the shape's new method, and one that uses nothing. */
    private static final SourceTree CHANGED = BASE.plus(SourceTree.of(Map.of(
            "src/Shape.java", "interface Shape { double area(); default int corners() { return 4; } }",
            "src/Circle.java", "class Circle implements Shape { public double area() { return Pi.of(this); } }",
            "src/Pi.java", "class Pi { static double of(Shape shape) { return shape.corners(); } }",
            "src/Alone.java", "class Alone {}")));

    @Test
    void newFilesThatUseEachOtherAreOneGroupOrEachItsOwn() throws IOException, InterruptedException {
        CompileGroups files;
        try (CompileCheck compiler = new CompileCheck()) {
            files = CompileGroups.ofFiles(BASE, BASE.changesTo(CHANGED), compiler::compiles);
        }

        assertThat(needs(files)).isEqualTo(Map.of("Alone", Set.of(), "Circle", Set.of("Pi", "Shape"), "Pi", Set.of("Shape"), "Shape", Set.of()));
        assertThat(needs(files.united())).isEqualTo(Map.of("Alone", Set.of(), "Circle+Pi", Set.of("Shape"), "Shape", Set.of()))
                .isEqualTo(needs(CompileGroups.find(BASE, BASE.changesTo(CHANGED), quiet())));
    }

    private static Screen quiet() {
        return new Screen(new PrintStream(OutputStream.nullOutputStream()), false);
    }

    private static Map<String, Set<String>> needs(CompileGroups groups) {
        Map<String, Set<String>> needs = new TreeMap<>();
        groups.groups().forEach(group -> needs.put(name(group), groups.allNeeds(group).stream().map(CompileGroupsTest::name).collect(Collectors.toSet())));
        return needs;
    }

    private static String name(ChangeUnit group) {
        return group.changes().stream().map(FileChange::simpleName).collect(Collectors.joining("+"));
    }
}
