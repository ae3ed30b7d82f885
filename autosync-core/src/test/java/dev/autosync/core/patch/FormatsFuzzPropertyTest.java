package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Patches of every text format cut off, damaged and spliced: a verdict with its line, and nothing else. */
class FormatsFuzzPropertyTest {
    private static final List<Case> CASES = new ArrayList<>();
    private static final String[] TOKENS = {"\n", "*** Begin Patch\n", "*** End Patch\n", "*** Update File: f\n", "*** Move to: g\n", "*** End of File\n",
        "@@\n", "@@ x\n", "+x\n", "-x\n", " x\n", "<<<<<<< SEARCH\n", "=======\n", ">>>>>>> REPLACE\n", "```\n", "diff --git a/f b/f\n", "--- a/f\n+++ b/f\n",
        "@@ -1 +1 @@\n", "GIT binary patch\n", "delta 9\n", "literal 4\n", "../", "\0", "\u00ff"};

    private record Case(PatchFormat format, Patch patch, MapTree tree) {}

    @BeforeContainer
    static void readCases() throws IOException {
        for (DiffCase c : DiffCase.all()) {
            CASES.add(new Case(new UnifiedDiffFormat(), c.asPatch(), c.mapTree()));
        }
        for (PatchFormat format : List.of(new ApplyPatchFormat(), new SearchReplaceFormat())) {
            for (Scenario scenario : Scenario.in(format.name())) {
                CASES.add(new Case(format, scenario.patch(format.name()), scenario.before()));
            }
        }
    }

    @Property(tries = 4_000)
    void aDamagedPatchHasAVerdictAndChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        Case c = CASES.get(random.nextInt(CASES.size()));
        byte[] text = c.patch().content();
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            text = damaged(random, text);
        }
        Patch.Builder builder = Patch.builder("p", c.format().name()).content(text);
        c.patch().target().ifPresent(builder::target);
        c.patch().options().forEach(builder::option);
        Map<String, String> before = c.tree().texts();
        try {
            PatchPlan plan = c.format().plan(builder.build(), c.tree(), PatchLimits.ofDefaults());
            assertThat(plan.reason().codePoints()).noneMatch(Character::isISOControl);
            if (plan.code().isPresent() && plan.code().get() != ErrorCode.PATCH_LIMIT) {
                assertThat(plan.reason()).containsPattern("^line [1-9][0-9]* of the patch: ");
            }
            if (plan.verdict() == PatchPlan.Verdict.EDITS) {
                assertThat(plan.footprint()).isPresent();
                c.tree().after(plan);
            }
        } catch (PathRefusedException e) {
            assertThat(e).hasMessageContaining("refused"); // only the tree may say so
        }
        assertThat(c.tree().texts()).isEqualTo(before);
    }

    private static byte[] damaged(Random random, byte[] text) {
        int at = random.nextInt(text.length + 1);
        int end = at + random.nextInt(Math.min(60, text.length - at) + 1);
        byte[] head = Arrays.copyOf(text, at);
        byte[] part = Arrays.copyOfRange(text, at, end);
        byte[] tail = Arrays.copyOfRange(text, end, text.length);
        byte[] other = CASES.get(random.nextInt(CASES.size())).patch().content();
        return switch (random.nextInt(6)) {
            case 0 -> head;
            case 1 -> DiffTexts.joined(head, tail);
            case 2 -> DiffTexts.joined(head, part, part, tail);
            case 3 -> DiffTexts.joined(head, TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.ISO_8859_1), tail);
            case 4 -> DiffTexts.joined(head, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            default -> {
                byte[] flipped = text.clone();
                if (at < flipped.length) {
                    flipped[at] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }
}
