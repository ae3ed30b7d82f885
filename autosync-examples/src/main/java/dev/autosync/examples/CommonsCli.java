package dev.autosync.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The input: two releases of Apache Commons CLI, read from the jars of sources that Maven Central has and the build copied.
 *
 * <p>Nothing in the main job is written for this project but this class.
 */
final class CommonsCli {
    private static final String MAIN = "src/main/java/";
    private static final String TEST = "src/test/java/";
    private static final String TEST_RESOURCES = "src/test/resources/";

    private final String beforeVersion;
    private final String afterVersion;
    private final Map<String, byte[]> project;
    private final SourceTree main;
    private final SourceTree tests;
    private final List<FileChange> changes;

    private CommonsCli(Path before, Path tests, Path after) throws IOException {
        Map<String, byte[]> main = unpack(before, MAIN, MAIN);
        main.keySet().removeIf(path -> !path.endsWith(".java"));
        Map<String, byte[]> files = unpack(tests, TEST, TEST_RESOURCES);
        this.beforeVersion = version(before);
        this.afterVersion = version(after);
        this.main = texts(main);
        this.tests = texts(files);
        this.changes = this.main.changesTo(texts(unpack(after, MAIN, MAIN)));
        files.putAll(main);
        this.project = Collections.unmodifiableMap(files);
    }

    /** Reads {@code before.jar}, {@code before-tests.jar} and {@code after.jar}. */
    static CommonsCli read(Path folder) throws IOException {
        return new CommonsCli(folder.resolve("before.jar"), folder.resolve("before-tests.jar"), folder.resolve("after.jar"));
    }

    /** The older release. */
    String beforeVersion() {
        return beforeVersion;
    }

    /** The newer release. */
    String afterVersion() {
        return afterVersion;
    }

    /** Every file of the older release as it lies in a checkout of the project: sources, tests and what the tests read. */
    Map<String, byte[]> project() {
        return project;
    }

    /** The main Java files of the older release. */
    SourceTree main() {
        return main;
    }

    /** The test Java files of the older release. */
    SourceTree tests() {
        return tests;
    }

    /** What the newer release changed in main Java files. */
    List<FileChange> changes() {
        return changes;
    }

    /** Whether a type has a test that is named after it. */
    boolean hasTest(String simpleName) {
        return tests.files().keySet().stream().anyMatch(path -> path.endsWith("/" + simpleName + "Test.java"));
    }

    private static Map<String, byte[]> unpack(Path jar, String javaRoot, String resourceRoot) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (entry.isDirectory() || entry.getName().startsWith("META-INF/")) {
                    continue;
                }
                try (InputStream in = file.getInputStream(entry)) {
                    String root = entry.getName().endsWith(".java") ? javaRoot : resourceRoot;
                    files.put(root + entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    /** Decodes strictly: a text that gave back other bytes than it came from would make wrong patches. */
    private static SourceTree texts(Map<String, byte[]> files) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(".java")) {
                texts.put(file.getKey(), StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.getValue())).toString());
            }
        }
        return SourceTree.of(texts);
    }

    /** The version that Maven wrote into the jar. */
    private static String version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.stream().filter(e -> e.getName().endsWith("/pom.properties")).findFirst().orElseThrow();
            Properties properties = new Properties();
            try (InputStream in = file.getInputStream(entry)) {
                properties.load(in);
            }
            return properties.getProperty("version");
        }
    }
}
