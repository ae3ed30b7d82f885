package dev.autosync.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.ChildJvm;
import dev.autosync.spi.ReporterFactory;
import dev.autosync.spi.StoreFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools embed AutoSync on class paths, module paths and behind class loaders of their own; it is the same everywhere. */
class EmbeddingTest {
    private static final List<String> CYCLE = List.of("patch good APPLIED", "patch bad BLAMED", "green true", "file kpi_summary.md",
            "file dashboard.json", "file test_results.json", "file lessons_learned.json", "file feedback_loop.json", "recorded true");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"here", "thread-without-loader", "thread-with-foreign-loader", "isolated"})
    void runsOnTheClassPathWhateverTheLoaders(String how) throws Exception {
        assertThat(onClassPath(null, how)).containsExactlyElementsOf(said(CYCLE, "the API is in no module", "end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "thread-without-loader", "thread-with-foreign-loader"})
    void runsOnTheModulePathWhateverTheLoaders(String how) throws Exception {
        String main = Embedded.class.getName();
        List<String> lines = lines(List.of("--module-path", ChildJvm.path(ChildJvm.modules()), "--add-modules", "ALL-MODULE-PATH",
                "-cp", ChildJvm.path(ChildJvm.testClasses()), main, how, workspace()));

        assertThat(lines).containsExactlyElementsOf(said(CYCLE, "the API is in a module", "end"));
    }

    @Test
    void saysWhereAnEngineBelongsThatOnlyAnotherCopyOfTheApiCanUse() throws Exception {
        assertThat(onClassPath(null, "api-alone")).first().asString().startsWith("failure Cannot load the engine: ")
                .contains("CoreFactories not a subtype").contains("in the same class loader").endsWith("[AS-1504]");
    }

    @Test
    void reportsABrokenPluginAndLoadsTheRest() throws Exception {
        Path plugins = services(ReporterFactory.class, "no.such.ReporterFactory", Providers.Throwing.class.getName(), "Garbage",
                Providers.Nameless.class.getName(), Providers.Good.class.getName());
        Files.write(plugins.resolve("Garbage.class"), new byte[] {1, 2, 3});

        List<String> lines = onClassPath(plugins, "here", "good");

        assertThat(lines).contains("good has reported", "green true", "end");
        for (String cause : List.of("no.such.ReporterFactory not found", "no licence", "ClassFormatError", "no name")) {
            assertThat(lines).as("a warning with the cause").anyMatch(line -> line.contains(cause));
        }
        assertThat(lines).filteredOn(line -> line.contains("AS-1503")).as("one warning for each").hasSize(4);
    }

    @Test
    void namesBrokenPluginsWhereOneIsMissing() throws Exception {
        Path plugins = services(ReporterFactory.class, "no.such.ReporterFactory");

        assertThat(onClassPath(plugins, "here", "chat")).anyMatch(line -> line.startsWith("failure ") && line.contains("no reporter 'chat'")
                && line.contains("known are: console, html, json, markdown") && line.contains("not loaded: ")
                && line.contains("no.such.ReporterFactory") && line.contains("[AS-1501]"));
    }

    @Test
    void namesBothClassesAndPlacesWhereTwoPluginsHaveOneName() throws Exception {
        Path plugins = services(StoreFactory.class, Providers.AnotherJson.class.getName());

        assertThat(onClassPath(plugins, "here")).anyMatch(line -> line.startsWith("failure ") && line.contains("[AS-1502]")
                && line.contains("the store 'json'") && line.contains(Providers.AnotherJson.class.getName() + " in file:")
                && line.contains("dev.autosync.store.json.JsonStoreFactory in file:") && line.contains("test-classes"));
    }

    private List<String> onClassPath(Path more, String... arguments) throws Exception {
        List<Path> entries = new ArrayList<>(ChildJvm.modules());
        entries.addAll(ChildJvm.testClasses());
        if (more != null) {
            entries.add(more);
        }
        List<String> command = new ArrayList<>(List.of("-cp", ChildJvm.path(entries), Embedded.class.getName(), arguments[0], workspace()));
        command.addAll(Arrays.asList(arguments).subList(1, arguments.length));
        return lines(command);
    }

    private static List<String> lines(List<String> command) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ChildJvm child = ChildJvm.java("warn", command)) {
            for (String line = child.line(); line != null; line = child.line()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private String workspace() throws IOException {
        return Files.createDirectories(folder.resolve("workspace")).toString();
    }

    private Path services(Class<?> type, String... names) throws IOException {
        Path services = Files.createDirectories(folder.resolve("plugins/META-INF/services"));
        Files.write(services.resolve(type.getName()), List.of(names));
        return folder.resolve("plugins");
    }

    private static List<String> said(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }
}
