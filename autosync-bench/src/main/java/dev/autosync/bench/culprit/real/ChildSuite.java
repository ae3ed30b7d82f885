package dev.autosync.bench.culprit.real;

import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tests of the project in processes that stay ({@link TestChild}), as many of them as are asked at a time.
 *
 * <p>Red without a named test where the tree does not compile, and where the tests end their process or take too long.
 */
final class ChildSuite implements TestSuite, Closeable {
    private static final int FIRST_SIGNAL = 128;

    private final Path folder;
    private final String classPath;
    private final BlockingDeque<Child> idle = new LinkedBlockingDeque<>();

    /**
     * A suite without any process yet.
     *
     * @param folder for the working folders of the processes
     * @param libraries what the tests need
     */
    ChildSuite(Path folder, Collection<Path> libraries) {
        this.folder = folder;
        Path bench = Path.of(URI.create(TestChild.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        this.classPath = Stream.concat(Stream.of(bench), libraries.stream()).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public boolean selective() {
        return true;
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    @Override
    public String fingerprint() {
        return "all tests of the project";
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Child child = idle.pollFirst();
            if (child == null) {
                child = new Child(Files.createTempDirectory(folder, "child"), classPath);
            }
            try {
                TestRun run = child.ask(context, start);
                idle.addFirst(child);
                return run;
            } catch (IOException e) {
                return child.dead(since(start));
            }
        } catch (IOException e) {
            return TestRun.of(Verdict.NOT_RUN, e.toString(), List.of(), since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        for (Child child = idle.pollFirst(); child != null; child = idle.pollFirst()) {
            child.process.destroyForcibly();
        }
    }

    private static final class Child {
        private final Process process;
        private final DataOutputStream out;
        private final DataInputStream in;

        Child(Path folder, String classPath) throws IOException {
            this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-Xshare:auto", "-cp", classPath, TestChild.class.getName())
                    .directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
            this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        }

        TestRun ask(TestContext context, long start) throws IOException {
            out.writeUTF(context.workspace().toString());
            out.writeInt(context.only().size());
            for (String id : context.only()) {
                out.writeUTF(id);
            }
            out.flush();
            String error = in.readUTF();
            List<TestResult> results = new ArrayList<>();
            boolean failed = false;
            for (int left = in.readInt(); left > 0; left--) {
                String id = in.readUTF();
                String message = in.readUTF();
                failed |= !message.isEmpty();
                TestResult.Status status = message.isEmpty() ? TestResult.Status.PASSED : TestResult.Status.FAILED;
                results.add(TestResult.of(id, status, Duration.ZERO, message));
            }
            if (!error.isEmpty()) {
                return TestRun.of(Verdict.RED, "does not compile: " + error, List.of(), since(start));
            }
            Verdict verdict = failed ? Verdict.RED : results.isEmpty() ? Verdict.NO_TESTS : Verdict.GREEN;
            return TestRun.of(verdict, results.size() + " tests ran", results, since(start));
        }

        /** A process that ended by itself was ended by the tests. */
        TestRun dead(Duration duration) throws InterruptedException {
            process.waitFor(1, TimeUnit.MINUTES);
            process.destroyForcibly();
            int exit = process.waitFor();
            Verdict verdict = exit >= FIRST_SIGNAL ? Verdict.CRASHED : Verdict.RED;
            return TestRun.of(verdict, "the process of the tests ended with " + exit, List.of(), duration).incomplete();
        }
    }
}
