package dev.autosync.core.embedding;

import dev.autosync.AutoSyncException;
import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A tool that embeds AutoSync, in a process of its own: it compiles against the API and says what a cycle came to. */
public final class Embedded {
    private Embedded() {}

    /** Arguments: how to run it, the workspace, and the reporters to ask for. */
    public static void main(String[] args) throws Throwable {
        String[] rest = List.of(args).subList(1, args.length).toArray(String[]::new);
        switch (args[0]) {
            case "here" -> cycle(rest);
            case "thread-without-loader" -> onThread(null, rest);
            case "thread-with-foreign-loader" -> onThread(new URLClassLoader(new URL[0], null), rest);
            case "isolated" -> isolated(rest);
            case "api-alone" -> apiAlone(rest);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("end");
    }

    /** One cycle. Public for the copy of this class in another class loader. */
    public static void cycle(String[] args) throws Exception {
        Path workspace = Path.of(args[0]);
        TestSuite tests = context -> {
            boolean bad = Files.exists(context.workspace().resolve("bad.txt"));
            return TestRun.of(bad ? Verdict.RED : Verdict.GREEN, "looked", List.of(TestResult.of("t",
                    bad ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, "")), Duration.ZERO);
        };
        SyncEngine.Builder builder = SyncEngine.builder(workspace).tests(tests).patches(PatchBatch.of(
                Patch.write("good", "good.txt", "good".getBytes()), Patch.write("bad", "bad.txt", "bad".getBytes())));
        for (String reporter : List.of(args).subList(1, args.length)) {
            builder.reporter(reporter);
        }
        try (SyncEngine engine = builder.build()) {
            SyncReport report = engine.sync();
            report.batch().outcomes().forEach(outcome -> System.out.println("patch " + outcome.patch().id() + " " + outcome.kind()));
            System.out.println("green " + report.green());
            report.files().forEach(file -> System.out.println("file " + file.getFileName()));
            report.warnings().forEach(warning -> System.out.println("warning " + warning));
            System.out.println("recorded " + Files.exists(workspace.resolve(".autosync/store/events-000001.jsonl")));
        } catch (AutoSyncException e) {
            System.out.println("failure " + e.getMessage());
        }
        System.out.println("the API is in " + (SyncEngine.class.getModule().isNamed() ? "a module" : "no module"));
    }

    private static void onThread(ClassLoader context, String[] args) throws Throwable {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                cycle(args);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setContextClassLoader(context);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
        thread.start();
        thread.join();
        if (!thrown.isEmpty()) {
            throw thrown.get(0);
        }
    }

    /** A second copy of everything; the first one stays behind the context class loader. */
    private static void isolated(String[] args) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader alone = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            alone.loadClass(Embedded.class.getName()).getMethod("cycle", String[].class).invoke(null, (Object) args);
        }
    }

    /** A second copy of the API alone; an engine is there only for the first copy, which the context class loader knows. */
    private static void apiAlone(String[] args) throws Exception {
        URL api = SyncEngine.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {api}, ClassLoader.getPlatformClassLoader())) {
            alone.loadClass(SyncEngine.class.getName()).getMethod("builder", Path.class).invoke(null, Path.of(args[0]));
        } catch (InvocationTargetException e) {
            System.out.println("failure " + e.getCause().getMessage());
        }
    }
}
