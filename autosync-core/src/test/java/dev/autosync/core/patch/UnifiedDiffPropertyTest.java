package dev.autosync.core.patch;

import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.text.UnifiedDiffWriter;
import dev.autosync.patch.FileContent;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class UnifiedDiffPropertyTest {

    @Property(tries = 2_000)
    void aDiffAppliedToTheOldFileGivesTheNewOne(@ForAll long seed, @ForAll boolean mixedEnds, @ForAll boolean ids) {
        Random random = new Random(seed);
        List<String> lines = DiffTexts.file(random, 40, mixedEnds);
        FileContent before = DiffTexts.content(lines);
        FileContent after = DiffTexts.content(DiffTexts.edited(random, lines, mixedEnds));
        byte[] diff = DiffTexts.diff("d/f", before, after);
        if (diff.length == 0) {
            return;
        }
        MapTree tree = new MapTree().file("d/f", before.bytes());
        PatchPlan plan = DiffTexts.plan(ids ? diff : DiffTexts.withoutIds(diff), tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(EDITS);
        assertThat(plan.reason()).isEmpty();
        assertThat(tree.after(plan).read("d/f")).contains(after);
    }

    @Property(tries = 500)
    void aDiffOfCreationDeletionOrModeDoesTheSame(@ForAll long seed, @ForAll boolean hadMode, @ForAll boolean hasMode) {
        Random random = new Random(seed);
        Optional<FileContent> before = random.nextInt(3) == 0 ? Optional.empty()
                : Optional.of(DiffTexts.content(DiffTexts.file(random, 5, true)).executable(hadMode));
        Optional<FileContent> after = random.nextInt(3) == 0 ? Optional.empty()
                : Optional.of(DiffTexts.content(DiffTexts.file(random, 5, true)).executable(hasMode));
        String path = List.of("f", "a b/\u00e9 \"x\"", "b/f").get(random.nextInt(3));
        byte[] diff = UnifiedDiffWriter.write(path, before, after);
        if (diff.length == 0) {
            return;
        }
        MapTree tree = new MapTree().content(path, before);
        PatchPlan plan = DiffTexts.plan(diff, tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(EDITS);
        assertThat(tree.after(plan).read(path)).isEqualTo(after);
    }

    @Property(tries = 2_000)
    void appliedTwiceADiffNeverChangesAnything(@ForAll long seed, @ForAll boolean ids) {
        Random random = new Random(seed);
        List<String> lines = DiffTexts.file(random, 40, false);
        FileContent before = DiffTexts.content(lines);
        FileContent after = DiffTexts.content(DiffTexts.edited(random, lines, false));
        byte[] diff = DiffTexts.diff("f", before, after);
        if (diff.length == 0) {
            return;
        }
        PatchPlan again = DiffTexts.plan(ids ? diff : DiffTexts.withoutIds(diff), new MapTree().file("f", after.bytes()));
        if (ids) {
            assertThat(again.verdict()).as(again.reason()).isEqualTo(ALREADY_APPLIED);
        } else {
            assertThat(again.verdict()).as(again.reason()).isNotEqualTo(EDITS);
        }
    }

    @Property(tries = 500)
    void hunksFollowTheirLinesWhenOthersAreAddedAbove(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int above) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "unique " + i + "\n").toList());
        FileContent before = DiffTexts.content(lines);
        List<String> changed = new ArrayList<>(lines);
        for (int at = 50; at > 5; at -= 1 + random.nextInt(20)) {
            changed.set(at, "changed " + at + "\n");
        }
        String prefix = "new\n".repeat(above);
        byte[] diff = DiffTexts.diff("f", before, DiffTexts.content(changed));
        MapTree tree = new MapTree().file("f", prefix + String.join("", lines));
        PatchPlan plan = DiffTexts.plan(diff, tree);
        assertThat(plan.reason()).contains("hunk 1 of f applied " + above + (above == 1 ? " line" : " lines") + " further down");
        assertThat(tree.after(plan).texts().get("f")).isEqualTo(prefix + String.join("", changed));
        PatchPlan again = DiffTexts.plan(diff, tree.after(plan));
        assertThat(again.verdict()).isEqualTo(ALREADY_APPLIED);
    }

    @Property(tries = 3_000)
    void mutatedPatchesYieldAPlan(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> lines = DiffTexts.file(random, 30, true);
        FileContent before = DiffTexts.content(lines);
        byte[] diff = DiffTexts.joined(DiffTexts.diff("f", before, DiffTexts.content(DiffTexts.edited(random, lines, true))),
                UnifiedDiffCasesTest.create("n", "new").getBytes(StandardCharsets.UTF_8),
                "diff --git a/k b/m\nsimilarity index 90%\nrename from k\nrename to m\n".getBytes(StandardCharsets.UTF_8),
                UnifiedDiffCasesTest.hunk("\"q\\303\\251\"", 1, " x", "+y").getBytes(StandardCharsets.UTF_8));
        for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
            diff = mutated(random, diff);
        }
        planned(diff, new MapTree().file("f", before.bytes()).file("k", "k\n").file("q\u00e9", "x\n"));
    }

    @Property(tries = 1_000)
    void randomBytesYieldAPlan(@ForAll byte[] bytes, @ForAll long seed) {
        planned(bytes, new MapTree().file("f", bytes));
        Random random = new Random(seed);
        String[] parts = {"diff --git a/f b/f\n", "--- a/f\n", "+++ b/f\n", "@@ -1 +1 @@\n", "@@ -0,0 +1,2 @@\n", "-a\n", "+b\n", " c\n", "\n",
            "\\ No newline at end of file\n", "rename from f\n", "rename to g\n", "new file mode 100644\n", "deleted file mode 100755\n",
            "--- /dev/null\n", "+++ /dev/null\n", "GIT binary patch\n", "literal 1\n", "IcmZPo000310RR91\n", "index 1..2 100644\n", "\"", "@@ -"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        planned(text.toString().getBytes(StandardCharsets.UTF_8), new MapTree().file("f", "a\nc\n"));
    }

    private static void planned(byte[] diff, MapTree tree) {
        try {
            PatchPlan plan = DiffTexts.plan(diff, tree);
            assertThat(plan.reason().codePoints()).noneMatch(Character::isISOControl);
            tree.after(plan);
        } catch (PathRefusedException e) {
            assertThat(e).hasMessageContaining("refused"); // only the tree may say so
        }
    }

    private static byte[] mutated(Random random, byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
        byte[] noise = new byte[random.nextInt(3)];
        random.nextBytes(noise);
        return switch (random.nextInt(4)) {
            case 0 -> DiffTexts.joined(head, tail);
            case 1 -> DiffTexts.joined(head, part, part, tail);
            case 2 -> DiffTexts.joined(head, noise, tail);
            default -> DiffTexts.joined(head, ("" + random.nextInt(20)).getBytes(StandardCharsets.UTF_8), part, tail);
        };
    }
}
