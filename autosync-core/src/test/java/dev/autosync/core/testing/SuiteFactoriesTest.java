package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.autosync.AutoSyncException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteFactoriesTest {

    @Test
    void makesACommandSuiteOfEveryKey() {
        MapSettings settings = new MapSettings(Map.of("command", List.of("mvn", "test"), "timeout", "PT5M", "idleTimeout", "PT1M",
                "junitReports", List.of("target/surefire-reports"), "openTestReports", List.of("target/otr"), "tapReports", List.of("target/tap"),
                "passEnvironment", List.of("MAVEN_OPTS"), "failFastArguments", List.of("-x")));
        CommandSuiteFactory factory = new CommandSuiteFactory();

        assertThat(factory.name()).isEqualTo("command");
        assertThat(factory.create(settings).fingerprint()).isEqualTo(new CommandSuite(List.of("mvn", "test"))
                .timeout(Duration.ofMinutes(5)).idleTimeout(Duration.ofMinutes(1)).junitReports("target/surefire-reports")
                .openTestReports("target/otr").tapReports("target/tap").passEnvironment("MAVEN_OPTS").fingerprint());
        assertThat(settings.asked).containsExactly("command", "failFastArguments", "idleTimeout", "junitReports", "openTestReports", "passEnvironment", "selection",
                "selectionTemplate", "tapReports", "timeout");
    }

    @Test
    void asksForEveryKeyEvenWhenItThrows() {
        MapSettings settings = new MapSettings(Map.of());

        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new CommandSuiteFactory().create(settings))
                .withMessageContaining("command").withMessageContaining("[\"mvn\", \"-q\", \"test\"]");
        assertThat(settings.asked).hasSize(10);
    }

    @Test
    void namesTheKeyOfAWrongValue() {
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new CommandSuiteFactory()
                .create(new MapSettings(Map.of("command", List.of("x"), "junitReports", List.of("../y")))))
                .withMessageStartingWith("junitReports: ");
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new CommandSuiteFactory()
                .create(new MapSettings(Map.of("command", List.of("x"), "tapReports", List.of("/y")))))
                .withMessageStartingWith("tapReports: ");
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new CommandSuiteFactory()
                .create(new MapSettings(Map.of("command", List.of("x"), "passEnvironment", List.of("A=B")))))
                .withMessageStartingWith("passEnvironment: ");
    }

    @Test
    void makesAPlatformSuiteOfEveryKey() {
        MapSettings settings = new MapSettings(Map.of("testClasses", List.of("out/test"), "classPath", List.of("lib/a.jar"),
                "sources", "src", "classes", "out/main", "timeout", "PT5M"));
        JUnitSuiteFactory factory = new JUnitSuiteFactory();

        assertThat(factory.name()).isEqualTo("junit-platform");
        assertThat(factory.create(settings).fingerprint()).isEqualTo(new JUnitPlatformSuite().testClasses(Path.of("out/test"))
                .classPath(Path.of("lib/a.jar")).compile(Path.of("src"), Path.of("out/main")).timeout(Duration.ofMinutes(5))
                .fingerprint());
        assertThat(settings.asked).containsExactly("classPath", "classes", "sources", "testClasses", "timeout");
    }

    @Test
    void refusesAPlatformSuiteThatIsNotWhole() {
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new JUnitSuiteFactory()
                .create(new MapSettings(Map.of()))).withMessageStartingWith("testClasses: ");
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new JUnitSuiteFactory()
                .create(new MapSettings(Map.of("sources", "src")))).withMessageStartingWith("sources: ");
        assertThatExceptionOfType(AutoSyncException.class).isThrownBy(() -> new JUnitSuiteFactory()
                .create(new MapSettings(Map.of("testClasses", List.of("../x"))))).withMessageStartingWith("testClasses: ");
    }
}
