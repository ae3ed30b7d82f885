package dev.autosync.core.patch;

import static dev.autosync.spi.PatchPlan.Verdict.ALREADY_APPLIED;
import static dev.autosync.spi.PatchPlan.Verdict.EDITS;
import static dev.autosync.spi.PatchPlan.Verdict.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats that coding agents write: every sentence about them is a scenario beside this test. */
class AgentFormatsTest {
    private static final PatchFormat APPLY = new ApplyPatchFormat();
    private static final PatchFormat SEARCH = new SearchReplaceFormat();

    static Stream<Arguments> scenarios() throws IOException {
        return Stream.concat(Scenario.in("apply-patch").stream().map(scenario -> Arguments.of(APPLY, scenario)),
                Scenario.in("search-replace").stream().map(scenario -> Arguments.of(SEARCH, scenario)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("scenarios")
    void eachScenarioHasItsOutcome(PatchFormat format, Scenario scenario) {
        MapTree tree = scenario.before();
        Patch patch = scenario.patch(format.name());
        PatchPlan plan = DiffCase.plan(format, patch, tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(scenario.verdict());
        assertThat(plan.reason()).contains(scenario.argument("says").orElse(""));
        MapTree after = tree.after(plan);
        assertThat(after.texts()).isEqualTo(scenario.after().texts());
        if (plan.verdict() == EDITS && scenario.argument("says").isEmpty()) {
            // Whatever is not as the patch says is told.
            assertThat(plan.reason().isEmpty() || plan.reason().contains("do not count")).as(plan.reason()).isTrue();
        }
        scenario.argument("places").ifPresent(places -> assertThat(String.join(" ", plan.places())).isEqualTo(places));
        scenario.argument("nearest").ifPresent(nearest -> assertThat(plan.nearest().orElseThrow()).hasToString(nearest));
        if (plan.verdict() == EDITS) {
            PatchPlan again = DiffCase.plan(format, patch, after);
            assertThat(again.verdict()).as(again.reason()).isNotEqualTo(EDITS);
            scenario.argument("again").ifPresent(verdict -> assertThat(again.verdict().name()).as(again.reason()).isEqualTo(verdict));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "|1",
        "no envelope|1",
        "*** Begin Patch|2",
        "*** Begin Patch\\n*** End Patch|2",
        "*** Begin Patch\\n*** Add File: a\\n+x|4",
        "*** Begin Patch\\n*** Add File: a\\nx\\n*** End Patch|3",
        "*** Begin Patch\\n*** Add File:\\n+x\\n*** End Patch|2",
        "*** Begin Patch\\n*** Update File: a\\n*** End Patch|2",
        "*** Begin Patch\\n*** Update File: a\\n@@\\n*** End Patch|3",
        "*** Begin Patch\\n*** Update File: a\\n@@\\n-x\\ny\\n*** End Patch|5",
        "*** Begin Patch\\n*** Update File: a\\n*** Move to: a\\n*** End Patch|3",
        "*** Begin Patch\\n*** Update File: a\\n@@\\n-x\\n*** End of File\\n+y\\n*** End Patch|6",
        "*** Begin Patch\\n*** Rename File: a\\n*** End Patch|2",
        "*** Begin Patch\\n*** Delete File: a\\n*** End Patch\\nmore|4",
        "*** Begin Patch\\n*** Delete File: a\\n+x\\n*** End Patch|3"})
    void aMalformedEnvelopeIsRefusedWithItsLine(String patch, int line) {
        String text = patch == null ? "" : patch.replace("\\n", "\n");
        PatchPlan plan = DiffCase.plan(APPLY, Patch.builder("p", "apply-patch").content(text).build(), new MapTree().file("a", "x\n"));
        assertThat(plan.verdict()).isEqualTo(REFUSED);
        assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
        assertThat(plan.reason()).startsWith("line " + line + " of the patch: ");
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirLine() {
        byte[] bytes = "f\n<<<<<<< SEARCH\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        for (PatchFormat format : List.of(APPLY, SEARCH)) {
            PatchPlan plan = DiffCase.plan(format, Patch.builder("p", format.name()).content(bytes).build(), new MapTree());
            assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
            assertThat(plan.reason()).isEqualTo("line 3 of the patch: the patch is no UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "klingon", "", "ISO-2022-CN"})
    void anEncodingThatCannotBeWrittenIsRefused(String encoding) {
        Patch patch = Patch.builder("p", "apply-patch").content("*** Begin Patch\n*** Delete File: a\n*** End Patch\n")
                .option("encoding", encoding).build();
        PatchPlan plan = APPLY.plan(patch, new MapTree().file("a", "x\n"), PatchLimits.ofDefaults());
        assertThat(plan.code()).contains(ErrorCode.PATCH_MALFORMED);
    }

    @Test
    void theLimitsAreThoseThatThePatchIsGiven() {
        String two = "*** Begin Patch\n*** Update File: a\n@@\n-x\n+y\n@@\n-z\n+Z\n*** Update File: b\n-x\n+y\n*** End Patch\n";
        MapTree tree = new MapTree().file("a", "x\nz\n").file("b", "x\n");
        assertThat(limited(two, tree, PatchLimits.builder().maxHunks(3).maxFiles(2).maxLines(12)).verdict()).isEqualTo(EDITS);
        assertThat(limited(two, tree, PatchLimits.builder().maxHunks(2)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxFiles(1)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxLines(11)).code()).contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, new MapTree().file("a", "x\nz\n" + "w\n".repeat(20)).file("b", "x\n"), PatchLimits.builder().maxLines(15)).code())
                .contains(ErrorCode.PATCH_LIMIT);
        assertThat(limited(two, tree, PatchLimits.builder().maxFileBytes(3)).code()).contains(ErrorCode.PATCH_LIMIT);
    }

    private static PatchPlan limited(String envelope, MapTree tree, PatchLimits.Builder limits) {
        return APPLY.plan(Patch.builder("p", "apply-patch").content(envelope).build(), tree, limits.build());
    }

    @Test
    void aHunkReadsItsContextAndChangesTheRest() {
        String envelope = "*** Begin Patch\n*** Update File: a\n@@\n one\n-two\n+2\n three\n*** Delete File: b\n*** End Patch\n";
        Footprint footprint = DiffCase.plan(APPLY, Patch.builder("p", "apply-patch").content(envelope).build(),
                new MapTree().file("a", "zero\none\ntwo\nthree\n").file("b", "x\n")).footprint().orElseThrow();
        assertThat(footprint).hasToString("reads [a:2-2, a:4-4], changes [a:3-3, b]");
    }

    @Test
    @Timeout(30)
    void manyNearMatchesStayCheap() {
        String envelope = "*** Begin Patch\n*** Update File: f\n@@\n" + " a\n".repeat(20_000) + "-b\n*** End Patch\n";
        PatchPlan plan = DiffCase.plan(APPLY, Patch.builder("p", "apply-patch").content(envelope).build(),
                new MapTree().file("f", "a\n".repeat(200_000)));
        assertThat(plan.verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    @Test
    @Timeout(60)
    void tooMuchWorkIsRefused() {
        StringBuilder blocks = new StringBuilder("f\n");
        for (int i = 0; i < 20_000; i++) {
            blocks.append("<<<<<<< SEARCH\nline ").append(i).append("\n=======\nLINE ").append(i).append("\n>>>>>>> REPLACE\n");
        }
        PatchPlan plan = DiffCase.plan(SEARCH, Patch.builder("p", "search-replace").content(blocks.toString()).build(),
                new MapTree().file("f", UnifiedDiffCasesTest.lines("line ", 0, 50_000)));
        assertThat(plan.code()).contains(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void aSecondTimeIsSeenWhenOnlyTheReplacementStands() {
        Patch patch = Patch.builder("p", "search-replace").target("f").content("<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n").build();
        assertThat(DiffCase.plan(SEARCH, patch, new MapTree().file("f", "b\n")).verdict()).isEqualTo(ALREADY_APPLIED);
    }
}
