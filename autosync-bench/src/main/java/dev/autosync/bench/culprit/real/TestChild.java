package dev.autosync.bench.culprit.real;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A process that stays: compiles a tree and runs its tests, each time it is asked. What the tests print is thrown away.
 *
 * <p>A question is the folder of the tree and the ids of the tests to run, none for all. The answer is an error of the compiler or nothing, and the
 * ids of the tests with whether they passed. A run that takes too long ends the process.
 */
final class TestChild {
    /**
     * Of the processor: a machine that is busy changes no verdict. Tests that never end compute. The first run of a process loads and warms up all that the
     * others use.
     */
    private static final Duration MOST_TIME_AT_FIRST = Duration.ofSeconds(20);
    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    private static final int TOO_LONG = 64;
    private static final int MOST_CHARS = 2_000;

    /** Tests open files relative to the root of the project, and this process has one working folder for all trees. */
    private static final Path SOURCES = Path.of("src");

    private final WarmCompiler compiler = new WarmCompiler();
    private final Launcher launcher = LauncherFactory.create();

    private TestChild() {}

    public static void main(String[] args) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        TestChild child = new TestChild();
        Duration most = MOST_TIME_AT_FIRST;
        try {
            while (true) {
                Path tree = Path.of(in.readUTF());
                List<String> only = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    only.add(in.readUTF());
                }
                Duration end = used().plus(most);
                Future<?> watch = clock.scheduleWithFixedDelay(() -> endAfter(end), 1, 1, TimeUnit.SECONDS);
                child.answer(tree, only, out);
                watch.cancel(false);
                out.flush();
                most = MOST_TIME;
            }
        } catch (EOFException e) {
            // Nobody asks any more. A test may have left a thread behind.
            Runtime.getRuntime().halt(0);
        }
    }

    private static Duration used() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void endAfter(Duration end) {
        if (used().compareTo(end) > 0) {
            Runtime.getRuntime().halt(TOO_LONG);
        }
    }

    private void answer(Path tree, List<String> only, DataOutputStream out) throws IOException {
        Files.deleteIfExists(SOURCES);
        Files.createSymbolicLink(SOURCES, tree.resolve(SOURCES));
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(tree.resolve(SOURCES))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                texts.put(tree.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        WarmCompiler.Result result = compiler.compile(texts);
        Outcomes outcomes = new Outcomes();
        if (result.error().isEmpty()) {
            test(result.classes(), only, outcomes);
        }
        out.writeUTF(cut(result.error()));
        out.writeInt(outcomes.messages.size());
        for (Map.Entry<String, String> test : outcomes.messages.entrySet()) {
            out.writeUTF(test.getKey());
            out.writeUTF(cut(test.getValue()));
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MOST_CHARS));
    }

    private void test(SortedMap<String, SortedMap<String, byte[]>> bySource, List<String> only, Outcomes outcomes) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        bySource.values().forEach(classes::putAll);
        try (Loader loader = new Loader(classes)) {
            List<DiscoverySelector> selectors = new ArrayList<>();
            if (only.isEmpty()) {
                bySource.forEach((path, own) -> {
                    if (path.startsWith("src/test/")) {
                        own.keySet().forEach(name -> selectors.add(DiscoverySelectors.selectClass(loader, name)));
                    }
                });
            } else {
                only.forEach(id -> selectors.add(DiscoverySelectors.selectUniqueId(id)));
            }
            Thread.currentThread().setContextClassLoader(loader);
            launcher.execute(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(), outcomes);
        } finally {
            Thread.currentThread().setContextClassLoader(TestChild.class.getClassLoader());
        }
    }

    /** What each test, and each class that could not be set up, said: nothing if it passed. The ids are those of the platform, which it can select again. */
    private static final class Outcomes implements TestExecutionListener {
        private final Map<String, String> messages = new TreeMap<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                messages.put(test.getUniqueId(), passed ? "" : "failed: " + result.getThrowable().map(Object::toString).orElse("nobody knows why"));
            }
        }
    }

    /** Loads the classes of one tree, and finds what its tests read. */
    private static final class Loader extends URLClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) throws IOException {
            super(new URL[] {SOURCES.resolve("test/resources").toUri().toURL()}, TestChild.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
