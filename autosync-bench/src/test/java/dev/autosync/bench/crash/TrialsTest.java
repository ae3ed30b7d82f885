package dev.autosync.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.bench.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private final List<Figure> figures = new ArrayList<>();

    @Test
    void aControlThatSeesNoViolationMakesTheRunVoid() {
        Trials trials = trials(true, Map.of());
        Tally control = new Tally("kill", Tally.CONTROL);
        control.run();
        assertThat(control.mustFail()).isTrue();

        trials.sayControl(control);

        assertThatThrownBy(trials::throwIfVoid).hasMessageContaining("void").hasMessageContaining("kill");
    }

    @Test
    void aControlThatSeesOneDoesNot() {
        Trials trials = trials(true, Map.of());
        Tally control = new Tally("kill", Tally.CONTROL);
        control.run();
        control.violation("half a tree");

        trials.sayControl(control);

        assertThatCode(trials::throwIfVoid).doesNotThrowAnyException();
        assertThat(figures).containsExactly(figure("negative-control", "runs", 1), figure("negative-control", "violations", 1));
    }

    @Test
    void whatCannotBeRunHereHasAFigureOfNoRuns() {
        trials(true, Map.of()).skip("kill", "no processes");

        assertThat(figures).containsExactly(figure("autosync", "runs", 0));
    }

    @Test
    void whatTheTrialsHaveMetWithIsCountedToo() {
        Tally tally = new Tally("kill", Tally.AUTOSYNC);
        tally.run();
        tally.count("torn-tail", false);
        tally.run();
        tally.count("torn-tail", true);

        assertThat(tally.figures()).containsExactly(figure("autosync", "runs", 2), figure("autosync", "violations", 0),
                figure("autosync", "torn-tail", 1));
    }

    @Test
    void theEnvironmentSaysWhatIsRunAndHowOften() {
        Trials trials = trials(false, Map.of("CRASH_CASES", "kill, bit-flips", "CRASH_RUNS", "30"));

        assertThat(trials.wanted("kill")).isTrue();
        assertThat(trials.wanted("bit-flips")).isTrue();
        assertThat(trials.wanted("fault-sweep")).isFalse();
        assertThat(trials.runs(20, 1000)).isEqualTo(30);
        assertThat(trials.controls(5, 100)).isEqualTo(10);
        assertThat(trials.controls(5, 8)).isEqualTo(8);
    }

    @Test
    void withoutItEverythingIsRunAsOftenAsDocumented() {
        assertThat(trials(false, Map.of()).wanted("fault-sweep")).isTrue();
        assertThat(trials(false, Map.of()).runs(20, 1000)).isEqualTo(1000);
        assertThat(trials(true, Map.of()).runs(20, 1000)).isEqualTo(20);
        assertThat(trials(true, Map.of()).controls(5, 100)).isEqualTo(5);
    }

    private Trials trials(boolean quick, Map<String, String> environment) {
        return new Trials(quick, environment, figures::add);
    }

    private static Figure figure(String who, String metric, int value) {
        return new Figure("crash", "kill", who, metric, value, "count");
    }
}
