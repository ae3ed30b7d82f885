package dev.autosync.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.concurrency.Check.Verdict;
import dev.autosync.lock.CountingModel;
import dev.autosync.lock.HoldingModel;
import dev.autosync.lock.ReadMostlyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code as it is. */
class RealCodeTest {
    private static final Path WORK = Path.of("target", "concurrency", "real");

    @Test
    void standsUpToTwoThreadsOnARealProcessor() throws Exception {
        verify(new StressCheck(LongRun.isOn() ? "dev.autosync" : "ExclusionStress.OneKey|OneWrite"));
    }

    @ParameterizedTest
    @ValueSource(classes = {CountingModel.class, HoldingModel.class, ReadMostlyModel.class})
    void isRightInEachInterleavingThatWasTried(Class<?> model) throws Exception {
        Check check = new ClassCheck(model);
        assumeTrue(check.runsHere(), "Lincheck runs on JDK 25, this is " + Runtime.version());
        assumeTrue(LongRun.isOn(), "in every build MutantsTest runs one of them, with a defect and without");
        verify(check);
    }

    private static void verify(Check check) throws Exception {
        Verdict verdict = check.run(List.of(), WORK);
        LongRun.say((verdict.passed() ? "passes: " : "FAILS:  ") + check);
        assertThat(verdict.passed()).as(verdict.output()).isTrue();
    }
}
