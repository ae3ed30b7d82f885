package dev.autosync.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineMergeTest {
    private static final String BASE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    private static Optional<String> merge(String base, String theirs, String ours) {
        return LineMerge.merge(bytes(base), bytes(theirs), bytes(ours)).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void joinsChangesOfDifferentLines() {
        assertThat(merge(BASE, BASE.replace("8\n", "eight\nand\n"), BASE.replace("2\n", "two\n").replace("4\n", "")))
                .contains("1\ntwo\n3\n5\n6\n7\neight\nand\n9\n");
    }

    @Test
    void refusesChangesOfTheSameLinesAndOfNeighbours() {
        assertThat(merge(BASE, BASE.replace("5\n", "five\n"), BASE.replace("5\n", "V\n"))).isEmpty();
        assertThat(merge(BASE, BASE.replace("5\n", "five\n"), BASE.replace("6\n", "six\n"))).isEmpty();
        assertThat(merge(BASE, BASE.replace("5\n", "five\n"), BASE.replace("7\n", "seven\n"))).isPresent();
        assertThat(merge(BASE, BASE.replace("5\n", "5\nx\n"), BASE.replace("5\n", "5\ny\n"))).isEmpty();
    }

    @Test
    void takesTheSameChangeOnBothSidesForOne() {
        String both = BASE.replace("5\n", "five\n");
        assertThat(merge(BASE, both.replace("9\n", "nine\n"), both)).contains(both.replace("9\n", "nine\n"));
    }

    @Test
    void keepsAMissingEndOfTheLastLine() {
        assertThat(merge("a\nb\nc\nd", "A\nb\nc\nd", "a\nb\nc\nD")).contains("A\nb\nc\nD");
        assertThat(merge("a\nb", "a\nb\nc\n", "A\nb")).isEmpty();
        assertThat(merge("a\nx\nb", "a\nx\nb\nc\n", "A\nx\nb")).contains("A\nx\nb\nc\n");
    }

    @Property(tries = 1_000)
    void givesTheirsOnTheBaseAndIsTheSameEitherWayRound(@ForAll long seed) {
        Random random = new Random(seed);
        String base = text(random, random.nextInt(30));
        String one = changed(random, base);
        String other = changed(random, base);
        assertThat(merge(base, one, base)).contains(one);
        assertThat(merge(base, base, one)).contains(one);
        assertThat(merge(base, one, other)).isEqualTo(merge(base, other, one));
        merge(base, one, other).ifPresent(both -> assertThat(lines(both)).containsAll(kept(base, one, other)));
    }

    /** Lines that are in no other place of any text and that neither side has taken out. */
    private static List<String> kept(String base, String one, String other) {
        return lines(base).stream().filter(line -> line.startsWith("#") && lines(one).contains(line) && lines(other).contains(line)).toList();
    }

    @Property(tries = 1_000)
    void skippingEqualEndsFindsChangesThatAreRightAndFewest(@ForAll long seed) {
        Random random = new Random(seed);
        String before = text(random, random.nextInt(200));
        String after = changed(random, before);
        Lines old = Lines.of(bytes(before));
        Lines now = Lines.of(bytes(after));
        LineIds ids = new LineIds();
        List<LineDiff.Change> whole = LineDiff.of(ids.of(old), ids.of(now));
        List<LineDiff.Change> changes = LineChanges.of(old, now);
        StringBuilder made = new StringBuilder();
        int at = 0;
        for (LineDiff.Change change : changes) {
            lines(before).subList(at, change.oldFrom()).forEach(made::append);
            lines(after).subList(change.newFrom(), change.newTo()).forEach(made::append);
            at = change.oldTo();
        }
        lines(before).subList(at, old.count()).forEach(made::append);
        assertThat(made.toString()).isEqualTo(after);
        assertThat(cost(changes)).isEqualTo(cost(whole));
    }

    private static int cost(List<LineDiff.Change> changes) {
        return changes.stream().mapToInt(change -> change.oldTo() - change.oldFrom() + change.newTo() - change.newFrom()).sum();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=\n)"));
    }

    private static String text(Random random, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(random.nextBoolean() ? "same" : "#" + i).append('\n');
        }
        return text.append(random.nextInt(3) == 0 ? "open" : "").toString();
    }

    private static String changed(Random random, String text) {
        List<String> lines = new ArrayList<>(lines(text));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(lines.size() + 1);
            if (at < lines.size() && random.nextBoolean()) {
                lines.remove(at);
            } else if (at < lines.size() || lines.isEmpty() || lines.get(lines.size() - 1).endsWith("\n")) {
                lines.add(at, "new " + random.nextInt(5) + "\n");
            }
        }
        return String.join("", lines);
    }
}
