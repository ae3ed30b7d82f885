package dev.autosync.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The project of {@code src/consumer}, built by a Maven of its own.
 *
 * <p>That Maven's local repository is made for it: it begins with the poms and jars that the build around us has just made, as if they were
 * installed, and nothing else. All other artifacts are copied from the user's local repository, which is only read, or downloaded.
 */
final class ConsumerBuild {
    private static final Path ROOT = Path.of("..");
    private static final String VERSION = System.getProperty("consumer.version");

    private final Path folder = Path.of(System.getProperty("consumer.folder"));
    private final Path repository = folder.resolve("repository");

    private ConsumerBuild() {}

    static ConsumerBuild run() throws Exception {
        ConsumerBuild build = new ConsumerBuild();
        Folders.delete(build.folder);
        Folders.copy(Path.of("src", "consumer"), build.folder);
        Folders.copy(build.sources("class-path"), build.sources("module-path"));
        // Without it, the script of Maven would look for its settings in the folders around.
        Path settings = Files.createDirectory(build.folder.resolve(".mvn"));
        Files.writeString(settings.resolve("jvm.config"), String.join(" ", Program.SHORT_LIVED));
        build.installOurs();
        build.runMaven();
        return build;
    }

    /** The classes of one of the modules. */
    Path classes(String module) {
        return folder.resolve(module).resolve("target").resolve("classes");
    }

    /** The folder with everything that one of the modules depends on at run time. */
    Path lib(String module) {
        return folder.resolve(module).resolve("target").resolve("lib");
    }

    /** A fresh workspace whose tests are those of one of the modules. */
    Path workspace(String module) throws IOException {
        Path workspace = folder.resolve(module).resolve("target").resolve("workspace");
        Folders.delete(workspace);
        Folders.copy(folder.resolve("workspace"), workspace);
        String command = String.join("\", \"", Program.JAVA, "-cp", classes(module).toString(), "org.example.consumer.Check");
        Files.writeString(workspace.resolve("autosync").resolve("core_config.json"), """
                {"version": 1, "tests": {"type": "command", "command": ["%s"]}}
                """.formatted(command.replace("\\", "\\\\")));
        return workspace;
    }

    private Path sources(String module) {
        return folder.resolve(module).resolve(Path.of("src", "main", "java", "org"));
    }

    private void installOurs() throws IOException, URISyntaxException {
        install("autosync-parent", ROOT);
        install("autosync-bom", ROOT.resolve("autosync-bom"));
        for (String module : List.of("autosync-api", "autosync-core", "autosync-store-json")) {
            install(module, ROOT.resolve(module));
        }
        Path api = Path.of(SyncEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(Files.isSameFile(api, jar("autosync-api", ROOT.resolve("autosync-api"))))
                .as("the jars are those of this build, not %s: run mvn verify for the whole project", api).isTrue();
    }

    /** Puts a module where Maven puts it when it is installed. */
    private void install(String artifact, Path module) throws IOException {
        Path home = Files.createDirectories(repository.resolve(Path.of("dev", "autosync", artifact, VERSION)));
        Files.copy(module.resolve("pom.xml"), home.resolve(artifact + "-" + VERSION + ".pom"));
        if (Files.isDirectory(module.resolve("src"))) {
            Files.copy(jar(artifact, module), home.resolve(artifact + "-" + VERSION + ".jar"));
        }
    }

    private static Path jar(String artifact, Path module) {
        return module.resolve("target").resolve(artifact + "-" + VERSION + ".jar");
    }

    private void runMaven() throws IOException, InterruptedException {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("consumer.maven"), "bin", windows ? "mvn.cmd" : "mvn").toString(), "-B", "-ntp",
                "-Dmaven.repo.local=" + repository, "-Ddownloaded=" + Path.of(System.getProperty("consumer.repository")).toUri(),
                "-Dautosync=" + VERSION));
        if (System.getProperty("consumer.offline").equals("is true")) {
            command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
        }
        for (String plugin : List.of("maven-resources-plugin", "maven-compiler-plugin", "maven-dependency-plugin")) {
            command.add("-D" + plugin + "=" + versionOf(plugin));
        }
        command.add("process-classes");
        Program maven = Program.run(folder, command);
        assertThat(maven.exitCode()).as(maven.output()).isZero();
    }

    /** The version that the build around us uses, so that nothing else has to be downloaded. */
    private static String versionOf(String plugin) throws IOException {
        Pattern version = Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>([^<]+)</version>");
        Matcher matcher = version.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(matcher.find()).as("the version of %s in the root pom", plugin).isTrue();
        return matcher.group(1);
    }
}
