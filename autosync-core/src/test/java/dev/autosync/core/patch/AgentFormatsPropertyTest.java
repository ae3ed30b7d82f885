package dev.autosync.core.patch;

import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AgentFormatsPropertyTest {

    /** Lines from one on, and what comes in their place. */
    private record Change(int from, int to, List<String> added) {}

    private static List<Change> changes(Random random, int lines) {
        List<Change> changes = new ArrayList<>();
        for (int at = 3 + random.nextInt(5); at < lines - 6; at += 8 + random.nextInt(8)) {
            int removed = random.nextInt(3);
            int start = at;
            List<String> added = IntStream.range(removed == 0 ? -1 : 0, random.nextInt(3)).mapToObj(i -> "  new " + start + " " + i).toList();
            changes.add(new Change(at, at + removed, added));
        }
        return changes;
    }

    private static List<String> after(List<String> lines, List<Change> changes) {
        List<String> after = new ArrayList<>(lines);
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            after.subList(change.from(), change.to()).clear();
            after.addAll(change.from(), change.added());
        }
        return after;
    }

    private static byte[] bytes(List<String> lines, int kind) {
        String end = kind % 2 == 0 ? "\n" : "\r\n";
        String text = (kind / 4 % 2 == 0 ? "" : "\ufeff") + String.join(end, lines) + (kind / 2 % 2 == 0 ? end : "");
        Charset charset = kind < 8 || kind / 4 % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE;
        return text.getBytes(charset);
    }

    private static String envelope(List<String> lines, List<Change> changes, String tail) {
        StringBuilder text = new StringBuilder("*** Begin Patch\n*** Update File: f\n");
        for (Change change : changes) {
            text.append("@@\n");
            lines.subList(change.from() - 2, change.from()).forEach(line -> text.append(' ').append(line).append(tail).append('\n'));
            lines.subList(change.from(), change.to()).forEach(line -> text.append('-').append(line).append(tail).append('\n'));
            change.added().forEach(line -> text.append('+').append(line).append('\n'));
            lines.subList(change.to(), change.to() + 2).forEach(line -> text.append(' ').append(line).append(tail).append('\n'));
        }
        return text.append("*** End Patch\n").toString();
    }

    private static String blocks(List<String> lines, List<Change> changes, String tail) {
        StringBuilder text = new StringBuilder("f\n");
        for (Change change : changes) {
            text.append("<<<<<<< SEARCH\n");
            lines.subList(change.from() - 2, change.to() + 2).forEach(line -> text.append(line).append(tail).append('\n'));
            text.append("=======\n");
            lines.subList(change.from() - 2, change.from()).forEach(line -> text.append(line).append(tail).append('\n'));
            change.added().forEach(line -> text.append(line).append('\n'));
            lines.subList(change.to(), change.to() + 2).forEach(line -> text.append(line).append(tail).append('\n'));
            text.append(">>>>>>> REPLACE\n");
        }
        return text.toString();
    }

    @Property(tries = 600)
    void whatIsNotChangedKeepsItsBytesInEveryKindOfFile(@ForAll long seed, @ForAll @IntRange(max = 15) int kind, @ForAll boolean spaces,
            @ForAll boolean envelope) {
        Random random = new Random(seed);
        List<String> lines = IntStream.range(0, 60).mapToObj(i -> "  line " + i + " \u00e9" + (i % 7 == 0 ? " " : "")).toList();
        List<Change> changes = changes(random, lines.size());
        // With spaces that the file does not have the lines fit on the second rung only.
        String tail = spaces ? "  " : "";
        PatchFormat format = envelope ? new ApplyPatchFormat() : new SearchReplaceFormat();
        Patch patch = Patch.builder("p", format.name()).content(envelope ? envelope(lines, changes, tail) : blocks(lines, changes, tail)).build();
        MapTree tree = new MapTree().file("f", bytes(lines, kind));
        PatchPlan plan = DiffCase.plan(format, patch, tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(EDITS);
        assertThat(plan.reason().isEmpty()).isEqualTo(!spaces);
        assertThat(tree.after(plan).read("f").orElseThrow().bytes()).isEqualTo(bytes(after(lines, changes), kind));
        PatchPlan again = DiffCase.plan(format, patch, tree.after(plan));
        assertThat(again.verdict()).as(again.reason()).isEqualTo(ALREADY_APPLIED);
    }

    @Property(tries = 400)
    void aSecondTimeChangesNothingHoweverOftenLinesRepeat(@ForAll long seed, @ForAll boolean envelope) {
        Random random = new Random(seed);
        List<String> lines = IntStream.range(0, 30).mapToObj(i -> "w" + random.nextInt(6)).toList();
        List<Change> changes = changes(random, lines.size()).subList(0, 1);
        if (changes.get(0).added().isEmpty()) {
            return; // one of several equal lines in a row can be taken away as often as there are enough of them
        }
        PatchFormat format = envelope ? new ApplyPatchFormat() : new SearchReplaceFormat();
        Patch patch = Patch.builder("p", format.name()).content(envelope ? envelope(lines, changes, "") : blocks(lines, changes, "")).build();
        MapTree tree = new MapTree().file("f", bytes(lines, 0));
        PatchPlan plan = DiffCase.plan(format, patch, tree);
        if (plan.verdict() == EDITS) {
            assertThat(tree.after(plan).read("f").orElseThrow().bytes()).isEqualTo(bytes(after(lines, changes), 0));
            assertThat(DiffCase.plan(format, patch, tree.after(plan)).verdict()).isNotEqualTo(EDITS);
        }
    }

    @Property(tries = 200)
    void everyTypographicCharacterIsAPlainOneOnTheLastRung(@ForAll @IntRange(max = 0xffff) int anything) {
        String dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212";
        String quotes = "\u2018\u2019\u201a\u201b";
        String doubleQuotes = "\u201c\u201d\u201e\u201f";
        String spaces = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000";
        String typographic = dashes + quotes + doubleQuotes + spaces;
        String plain = "-".repeat(7) + "'".repeat(4) + "\"".repeat(4) + " ".repeat(13);
        assertThat(Rung.PUNCTUATION.key("a" + typographic + "b")).isEqualTo("a" + plain + "b");
        if (typographic.indexOf(anything) < 0) {
            assertThat(Rung.PUNCTUATION.key("a" + (char) anything + "b")).isEqualTo("a" + (char) anything + "b");
        }
    }
}
