package dev.autosync.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.testing.TestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchOutcomeTest {
    private static final Patch PATCH = Patch.delete("p", "f");
    private static final TestResult TEST = TestResult.of("t", TestResult.Status.FAILED, Duration.ZERO, "m");

    private static List<PatchOutcome> all() {
        return List.of(PatchOutcome.Applied.of(PATCH, "r", List.of("f")), PatchOutcome.AlreadyApplied.of(PATCH, "r"),
                PatchOutcome.Ambiguous.of(PATCH, "r", List.of("f:1", "f:9")), PatchOutcome.Conflicted.of(PATCH, "r"),
                PatchOutcome.Refused.of(PATCH, "r", ErrorCode.PATCH_LIMIT), PatchOutcome.Blamed.of(PATCH, "r", Blame.of(0, 1, List.of(TEST))),
                PatchOutcome.Dropped.of(PATCH, "r", List.of("q")), PatchOutcome.Undecided.of(PATCH, "r"));
    }

    @Test
    void hasAKindForEachType() {
        assertThat(all()).extracting(PatchOutcome::kind).containsExactly(PatchOutcome.Kind.values());
        assertThat(PatchOutcome.class.getPermittedSubclasses()).hasSameSizeAs(PatchOutcome.Kind.values());
        assertThat(Arrays.stream(PatchOutcome.class.getPermittedSubclasses())).allMatch(type ->
                java.lang.reflect.Modifier.isFinal(type.getModifiers()));
    }

    @Test
    void givesPatchAndReasonWhateverItIs() {
        assertThat(all()).allSatisfy(outcome -> {
            assertThat(outcome.patch()).isSameAs(PATCH);
            assertThat(outcome.reason()).isEqualTo("r");
            assertThat(outcome.toString()).contains("p").contains("r");
        });
    }

    @Test
    void keepsItsEvidence() {
        List<String> paths = new ArrayList<>(List.of("f"));
        PatchOutcome.Applied applied = PatchOutcome.Applied.of(PATCH, "r", paths);
        paths.clear();

        assertThat(applied.paths()).containsExactly("f");
        assertThatThrownBy(() -> applied.paths().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(((PatchOutcome.Blamed) all().get(5)).blame().failures()).containsExactly(TEST);
        assertThat(((PatchOutcome.Refused) all().get(4)).code()).isEqualTo(ErrorCode.PATCH_LIMIT);
    }

    @Test
    void tellsWhatComesWithIt() {
        NearestMatch nearest = NearestMatch.of("f", 3, List.of("a"), List.of("b"));
        Patch inverse = Patch.unifiedDiff("undo:p", "x");
        assertThat(PatchOutcome.Conflicted.of(PATCH, "r", nearest).nearest()).contains(nearest);
        assertThat(PatchOutcome.Conflicted.of(PATCH, "r").nearest()).isEmpty();
        assertThat(PatchOutcome.AlreadyApplied.inCycle(PATCH, "r", "cycle-12").cycle()).contains("cycle-12");
        assertThat(PatchOutcome.AlreadyApplied.by(PATCH, "r", "other").twin()).contains("other");
        assertThat(PatchOutcome.AlreadyApplied.of(PATCH, "r").cycle()).isEmpty();
        assertThat(PatchOutcome.Refused.of(PATCH, "r", ErrorCode.PATCH_LIMIT, "line 3").place()).isEqualTo("line 3");
        assertThat(PatchOutcome.Applied.of(PATCH, "r", List.of("f")).inverse()).isEmpty();
        assertThat(PatchOutcome.Applied.of(PATCH, "r", List.of("f")).with(PATCH, inverse).inverse()).contains(inverse);
    }
}
