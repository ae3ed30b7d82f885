package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void isOneLineOfJsonWithStableNames() {
        assertThat(new Figure("cycle", "20000-files", "autosync", "ms", 41.2, "ms").line())
                .isEqualTo("{\"bench\":\"cycle\",\"case\":\"20000-files\",\"who\":\"autosync\",\"metric\":\"ms\",\"value\":41.2,\"unit\":\"ms\"}");
    }

    @Test
    void isRoundedToWhatAMeasurementCanMean() {
        assertThat(new Figure("jmh", "a", "b", "ns/op", 123_456.789, "ns/op").line()).contains("\"value\":123500.0,");
        assertThat(new Figure("jmh", "a", "b", "ns/op", 0.000123456, "ns/op").line()).contains("\"value\":1.235E-4,");
        assertThat(new Figure("jmh", "a", "b", "ns/op", 0, "ns/op").line()).contains("\"value\":0.0,");
    }

    @Test
    void refusesNamesAndValuesThatNoReaderExpects() {
        assertThatThrownBy(() -> new Figure("cycle", "20,000 files", "autosync", "ms", 1, "ms")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Figure("cycle", "a", "AutoSync", "ms", 1, "ms")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Figure("cycle", "a", "b", "", 1, "ms")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Figure("cycle", "a", "b", "ms", Double.NaN, "ms")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesOfJmhBenchmarksAreReadable() {
        assertThat(JmhBench.kebab("JsonPatch")).isEqualTo("json-patch");
        assertThat(JmhBench.kebab("replaceIn1000Keys")).isEqualTo("replace-in-1000-keys");
        assertThat(JmhBench.kebab("tenHunksOn1000Lines")).isEqualTo("ten-hunks-on-1000-lines");
    }

    @Test
    void namesOfPeersAreWrittenAsTheyWriteThemselves() {
        assertThat(JmhComparison.kebab("NoFailure")).isEqualTo("no-failure");
        assertThat(JmhComparison.kebab("springRetry")).isEqualTo("spring-retry");
        assertThat(JmhComparison.kebab("spring7")).isEqualTo("spring7");
        assertThat(JmhComparison.kebab("resilience4j")).isEqualTo("resilience4j");
    }

    @Test
    void aByteIsNeverRoundedAway() {
        assertThat(JmhComparison.wholeTenths(0.049)).isZero();
        assertThat(JmhComparison.wholeTenths(32.02)).isEqualTo(32);
        assertThat(JmhComparison.wholeTenths(0.1)).isEqualTo(0.1);
    }

    @Test
    void theScriptKnowsTheSameBenchesAsTheProgram() throws Exception {
        assertThat(Files.readString(Path.of("run"))).contains("\nnames=\"" + String.join(" ", Main.names()) + "\"\n");
    }
}
