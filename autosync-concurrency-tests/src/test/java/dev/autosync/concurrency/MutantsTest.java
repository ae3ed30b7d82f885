package dev.autosync.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autosync.concurrency.Check.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checks of this module fail when they should. Each is run without the defect as well, under the same conditions, and passes. */
class MutantsTest {
    private static final Path WORK = Path.of("target", "concurrency");

    /** What has passed without a defect; that is the same for many defects. */
    private final Set<List<Object>> passed = new HashSet<>();

    @TestFactory
    Stream<DynamicTest> findsTheDefect() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Mutant mutant : Mutants.ALL) {
            List<Check> checks = mutant.checks();
            int count = LongRun.isOn() ? checks.size() : mutant.inEveryBuild() ? 1 : 0;
            checks.stream().limit(count).filter(Check::runsHere)
                    .forEach(check -> tests.add(dynamicTest(mutant + ": " + check, () -> verify(mutant, check))));
        }
        return tests.stream();
    }

    private void verify(Mutant mutant, Check check) throws Exception {
        Files.createDirectories(WORK);
        Path work = Files.createTempDirectory(WORK, "mutant");
        if (passed.add(List.of(mutant.conditions(), check))) {
            Path classes = ChangedClasses.compile(mutant.conditions(), work.resolve("control"));
            Verdict control = check.run(List.of(classes), work);
            LongRun.say((control.passed() ? "passes: " : "FAILS:  ") + check + ", without a defect");
            assertThat(control.passed()).as("%s fails without a defect%n%s", check, control.output()).isTrue();
        }
        Path classes = ChangedClasses.compile(mutant.edits(), work.resolve("mutant"));
        Verdict verdict = check.run(List.of(classes), work);
        LongRun.say((verdict.passed() ? "MISSES: " : "finds:  ") + check + ", " + mutant);
        assertThat(verdict.passed()).as("%s does not see that %s%n%s", check, mutant, verdict.output()).isFalse();
    }

    @Test
    void canStillPutInEachDefect() throws Exception {
        for (Mutant mutant : Mutants.ALL) {
            for (Edit edit : mutant.edits()) {
                assertThat(edit.applyTo(edit.read())).as(mutant.name()).isNotEqualTo(edit.read());
            }
        }
    }

    @Test
    void saysSoWhenADefectCannotBePutInAnyMore() {
        assertThatThrownBy(() -> new Edit("A.java", "twice", "").applyTo("once")).hasMessageContaining("A.java has changed").hasMessageContaining("no more");
        assertThatThrownBy(() -> new Edit("A.java", "twice", "").applyTo("twice twice")).hasMessageContaining("more than once");
    }

    @Test
    void saysSoWhenACheckHasRunNothing() {
        if (LongRun.isOn()) {
            assertThatThrownBy(() -> new StressCheck("NoSuchTest").run(List.of(), WORK)).hasMessageContaining("has run nothing");
        }
        assertThatThrownBy(() -> new ClassCheck(Edit.class).run(List.of(), WORK)).hasMessageContaining("has run nothing");
    }
}
