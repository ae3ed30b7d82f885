package dev.autosync.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's project, whose dependencies are those of the README, on the jars that this build has made. */
class ConsumerTest {
    private static final String MAIN = "org.example.consumer.Main";

    private static ConsumerBuild build;

    @BeforeAll
    static void buildTheConsumer() throws Exception {
        build = ConsumerBuild.run();
    }

    @Test
    void theProgramIsTheOneOfTheReadme() throws IOException {
        String main = Files.readString(Path.of("src/consumer/class-path/src/main/java/org/example/consumer/Main.java"));
        String readme = Files.readString(Path.of("..", "README.md"));
        String lines = main.substring(main.indexOf("// ten lines\n") + 13, main.indexOf("// end")).stripIndent().stripTrailing();
        assertThat(readme).contains("```java\n" + lines + "\n```");
        for (String module : List.of("class-path", "module-path")) {
            assertThat(Files.readString(Path.of("src/consumer", module, "pom.xml"))).contains("<artifactId>autosync-core</artifactId>")
                    .contains("<artifactId>autosync-store-json</artifactId>");
        }
        assertThat(readme).contains("<artifactId>autosync-core</artifactId>").contains("<artifactId>autosync-store-json</artifactId>");
    }

    @Test
    void bringsNoMoreThanItNeeds() throws IOException {
        for (String module : List.of("class-path", "module-path")) {
            assertThat(Folders.names(build.lib(module))).extracting(ConsumerTest::withoutVersion)
                    .containsExactly("autosync-api", "autosync-core", "autosync-store-json", "jackson-core", "slf4j-api");
        }
    }

    @Test
    void theApiBringsNothingAndSaysWhatIsMissing() throws Exception {
        assertThat(Folders.names(build.lib("api-alone"))).extracting(ConsumerTest::withoutVersion).containsExactly("autosync-api");

        Program program = java(build.workspace("class-path"), "-cp", classPath("api-alone", build.lib("api-alone")), "org.example.plugin.Main");

        assertThat(program.output()).contains("Add the dependency dev.autosync:autosync-core").contains("AS-1504");
    }

    @Test
    void worksOnTheClassPath() throws Exception {
        Path workspace = build.workspace("class-path");

        Program program = java(workspace, "-cp", classPath("class-path", build.lib("class-path")), MAIN);

        assertThat(program.output()).contains("AutoSync is in unnamed module");
        assertWorked(program, workspace);
    }

    @Test
    void worksOnTheModulePath() throws Exception {
        Path workspace = build.workspace("module-path");

        Program program = java(workspace, "-p", build.classes("module-path") + File.pathSeparator + build.lib("module-path"), "-m",
                "org.example.consumer/" + MAIN);

        assertThat(program.output()).contains("AutoSync is in module dev.autosync");
        assertWorked(program, workspace);
    }

    /** The control: without the registration there is no engine, so it is the registration that was tested. */
    @Test
    void doesNotWorkWithAJarThatDoesNotRegisterTheEngine(@TempDir Path temp) throws Exception {
        Path lib = temp.resolve("lib");
        Folders.copy(build.lib("class-path"), lib);
        Path core = lib.resolve(Folders.names(lib).stream().filter(name -> name.startsWith("autosync-core")).findFirst().orElseThrow());
        try (FileSystem jar = FileSystems.newFileSystem(core)) {
            Files.delete(jar.getPath("META-INF/services/dev.autosync.spi.CoreProvider"));
        }

        Program program = java(build.workspace("class-path"), "-cp", classPath("class-path", lib), MAIN);

        assertThat(program.exitCode()).isNotZero();
        assertThat(program.output()).contains("AS-1504");
    }

    private static void assertWorked(Program program, Path workspace) throws IOException {
        assertThat(program.exitCode()).as(program.output()).isZero();
        assertThat(program.output()).contains("1 applied, 1 blamed").contains("culprit bad-manners")
                .contains("event patch more-people").contains("event patch bad-manners").contains("event cycle green");
        assertThat(workspace.resolve("greeting.txt")).hasContent("Hello, world\nHello, moon\n");
        assertThat(Folders.names(workspace.resolve(".autosync").resolve("reports"))).contains("kpi_summary.md", "test_results.json");
    }

    private static Program java(Path workspace, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Program.JAVA));
        command.addAll(Program.SHORT_LIVED);
        command.addAll(List.of(arguments));
        command.add(workspace.toString());
        return Program.run(workspace.getParent(), command);
    }

    private static String classPath(String module, Path lib) {
        return build.classes(module) + File.pathSeparator + lib + File.separator + "*";
    }

    private static String withoutVersion(String jar) {
        return jar.replaceAll("-[0-9].*", "");
    }
}
