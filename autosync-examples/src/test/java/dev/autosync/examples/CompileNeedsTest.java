package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompileNeedsTest {
    private static final SourceTree BASE = SourceTree.of(Map.of(
            "Shape.java", "interface Shape { double area(); }",
            "Square.java", "class Square implements Shape { public double area() { return 1; } }",
            "Printer.java", "class Printer { String print(Shape shape) { return \"\" + shape.area(); } }"));

    @Test
    void userNeedsWhatItNewlyUsesAndNothingElse() throws IOException {
        assertThat(needs(Map.of(
                "Square.java", "class Square implements Shape { public double area() { return 4; } double side() { return 2; } }",
                "Printer.java", "class Printer { String print(Square square) { return \"\" + square.side(); } }",
                "Shape.java", "interface Shape { double area(); default int corners() { return 4; } }")))
                .isEqualTo(Map.of("Printer", Set.of("Square"), "Shape", Set.of(), "Square", Set.of()));
    }

    @Test
    void whatTakesAwayNeedsThoseThatStopUsingIt() throws IOException {
        assertThat(needs(Map.of(
                "Shape.java", "interface Shape { int corners(); }",
                "Square.java", "class Square implements Shape { public int corners() { return 4; } }",
                "Printer.java", "class Printer { String print(Shape shape) { return shape.toString(); } }")))
                .isEqualTo(Map.of("Printer", Set.of(), "Shape", Set.of("Printer", "Square"), "Square", Set.of("Shape", "Printer")));
    }

    @Test
    void findsWhatNoUseOfASymbolTells() throws IOException {
        assertThat(needs(Map.of(
                "Shape.java", "interface Shape { double area(); int corners(); }",
                "Square.java", "class Square implements Shape { public double area() { return 1; } public int corners() { return 4; } }")))
                .isEqualTo(Map.of("Shape", Set.of("Square"), "Square", Set.of()));
    }

    @Test
    void newFilesThatUseEachOtherAreOne() throws IOException {
        assertThat(needs(Map.of(
                "Circle.java", "class Circle implements Shape { public double area() { return Pi.VALUE; } }",
                "Pi.java", "class Pi { static final double VALUE = 3; }",
                "Alone.java", "class Alone {}")))
                .isEqualTo(Map.of("Circle+Pi", Set.of(), "Alone", Set.of()));
    }

    private static Map<String, Set<String>> needs(Map<String, String> changed) throws IOException {
        List<FileChange> changes = BASE.changesTo(BASE.plus(SourceTree.of(changed)));
        try (CompileCheck compiler = new CompileCheck()) {
            CompileNeeds needs = new CompileNeeds(BASE, changes, compiler, true);
            Map<String, Set<String>> found = new TreeMap<>();
            for (ChangeUnit unit : needs.units()) {
                found.put(names(unit), needs.of(unit, compiler::compiles).stream().map(CompileNeedsTest::names).collect(Collectors.toSet()));
            }
            return found;
        }
    }

    private static String names(ChangeUnit unit) {
        return unit.changes().stream().map(FileChange::simpleName).collect(Collectors.joining("+"));
    }
}
