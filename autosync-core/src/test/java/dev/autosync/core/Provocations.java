package dev.autosync.core;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.core.gate.WorkspaceSnapshots;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Journal;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.snapshot.TreeScanner;
import dev.autosync.lock.FencingToken;
import dev.autosync.core.lock.FileSystemsTest;
import dev.autosync.lock.ProcessLock;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.retry.Deadline;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.snapshot.Snapshots;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Source;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** For each code the mistake, the damage or the accident that leads to it. */
final class Provocations {
    private static final String TESTS = "\"tests\": {\"type\": \"command\", \"command\": [\"true\"]}";

    private final Path workspace;

    Provocations(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * What came of it.
     *
     * @param code the name of the code that was raised, as an exception or as the code of a refused patch
     * @param message what it said
     */
    record Raised(String code, String message) {
        static Raised by(AutoSyncException e) {
            return new Raised(e.code().name(), String.valueOf(e.getMessage()));
        }
    }

    Raised raise(ErrorCode code) throws Exception {
        try {
            return switch (code) {
                case CONFIG_NOT_FOUND -> cycle();
                case CONFIG_SYNTAX -> cycle("{\"version\": 1,");
                case CONFIG_UNKNOWN_KEY -> cycle("{\"version\": 1, \"stor\": \"json\", " + TESTS + "}");
                case CONFIG_WRONG_TYPE -> cycle("{\"version\": 1, \"tests\": {\"type\": \"command\", \"command\": \"mvn -q test\"}}");
                case CONFIG_INVALID_VALUE -> cycle("{\"version\": 1, \"lock\": {\"wait\": \"soon\"}, " + TESTS + "}");
                case CONFIG_MISSING_KEY -> cycle("{\"version\": 1}");
                case CONFIG_VERSION -> cycle("{\"version\": 2, " + TESTS + "}");
                case CONFIG_UNREADABLE -> {
                    Files.createDirectories(workspace.resolve("autosync/core_config.json"));
                    yield cycle();
                }
                case PATCH_MALFORMED -> refused(Patch.unifiedDiff("p", "--- a/f.txt\n+++ b/f.txt\n@@ -1 +1 @@\n-old\n"));
                case PATCH_PATH_REFUSED -> refused(Patch.write("p", "../outside.txt", new byte[0]));
                case PATCH_LIMIT -> refused(Patch.mergePatch("p", "c.json", "{\"a\":".repeat(100_000)));
                case PATCH_UNSUPPORTED -> refused(Patch.unifiedDiff("p", "diff --git a/l b/l\nnew file mode 120000\n"));
                case BATCH_INVALID -> run(green(), Patch.delete("p", "a"), Patch.delete("p", "b"));
                case WORKSPACE_NOT_FOUND -> built(workspace.resolve("nowhere"));
                case WORKSPACE_BUSY -> busy();
                case WORKSPACE_IO -> {
                    Files.writeString(workspace.resolve(".autosync"), "in the way");
                    yield run(green());
                }
                case JOURNAL_DAMAGED -> damagedJournal();
                case WORKSPACE_CHANGED -> changedUnderOurHands();
                case WORKSPACE_LOST -> run(context -> {
                    delete(workspace.resolve(".autosync/lock"));
                    return green().run(context);
                }, Patch.write("p", "f.txt", new byte[0]));
                case LOCK_BUSY -> {
                    ProcessLock lock = ProcessLock.on(workspace.resolve("lock"));
                    try (ProcessLock.Held held = lock.acquire(Deadline.none())) {
                        lock.acquire(Deadline.in(Duration.ZERO)).close();
                        throw nothing();
                    }
                }
                case JOURNAL_VERSION -> laterJournal();
                case FILE_SYSTEM -> onANetwork();
                case SNAPSHOT_UNKNOWN -> {
                    Snapshots.of(workspace).preview("7-0123abcd");
                    throw nothing();
                }
                case SNAPSHOT_NOT_KEPT -> {
                    snapshots(SnapshotLimits.ofDefaults().minFreeBytes(1L << 60), Long.MAX_VALUE).take("");
                    throw nothing();
                }
                case SNAPSHOT_NOT_RESTORABLE -> {
                    Snapshots small = snapshots(SnapshotLimits.ofDefaults().minFreeBytes(0), 5);
                    Files.writeString(workspace.resolve("f.txt"), "one");
                    String id = small.take("").id();
                    Files.writeString(workspace.resolve("f.txt"), "two");
                    small.restore(id);
                    throw nothing();
                }
                case SNAPSHOT_DAMAGED -> damagedPack();
                case STORE_FAILED -> {
                    Files.createDirectories(workspace.resolve(".autosync/store/events-000001.jsonl"));
                    yield cycle("{\"version\": 1, " + TESTS + "}");
                }
                case STORE_DAMAGED -> damagedStore();
                case STORE_STALE_TOKEN -> staleToken();
                case STORE_FOREIGN -> {
                    Files.writeString(Files.createDirectories(workspace.resolve(".autosync/store")).resolve("store.db"), "a shopping list");
                    yield cycle("{\"version\": 1, \"store\": \"sqlite\", " + TESTS + "}");
                }
                case STORE_VERSION -> newerDatabase();
                case PLUGIN_UNKNOWN -> cycle("{\"version\": 1, \"store\": \"sqlit\", " + TESTS + "}");
                case PLUGIN_DUPLICATE -> built(new NamedFormat("unified-diff"));
                case PLUGIN_FAILED -> built(new NamedFormat("Not A Name"));
                case CORE_MISSING -> withoutCore();
                case ENGINE_MISUSED -> {
                    SyncEngine.builder(workspace).build().close();
                    throw nothing();
                }
                case CONNECTOR_FAILED -> pushTo("http://127.0.0.1:1/project.git");
                case CONNECTOR_REFUSED -> {
                    try (ServerSocket closed = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                        Thread server = new Thread(() -> refuse(closed));
                        server.start();
                        Raised raised = pushTo("http://127.0.0.1:" + closed.getLocalPort() + "/project.git");
                        closed.close();
                        server.join();
                        yield raised;
                    }
                }
                case CONNECTOR_PROTOCOL -> {
                    try (SyncEngine engine = SyncEngine.builder(workspace).tests(green()).connector("twice", new TwiceTheSame()).build()) {
                        yield warned(engine.sync().warnings());
                    }
                }
                case SECRET_REFERENCE -> connector("http://127.0.0.1:1/project.git", "pasted-by-accident");
                case SECRET_NOT_FOUND -> connector("http://127.0.0.1:1/project.git", "secret:env/AUTOSYNC_THERE_IS_NO_SUCH_VARIABLE");
                case SECRET_UNUSABLE -> {
                    Path file = workspace.resolve("token");
                    Files.writeString(file, "short");
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    yield connector("http://127.0.0.1:1/project.git", "secret:file/" + file.toRealPath());
                }
                case INTERNAL -> recoveryLeftOut();
            };
        } catch (AutoSyncException e) {
            return Raised.by(e);
        }
    }

    private Raised cycle(String config) throws Exception {
        Files.createDirectories(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), config);
        return cycle();
    }

    private Raised cycle() throws Exception {
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
        }
        throw nothing();
    }

    private Raised refused(Patch patch) throws Exception {
        Files.writeString(workspace.resolve("c.json"), "{}");
        PatchOutcome outcome = PatchRunner.builder(workspace).tests(green()).build().run(PatchBatch.of(patch)).outcomes().get(0);
        return new Raised(((PatchOutcome.Refused) outcome).code().name(), outcome.reason());
    }

    private Raised run(TestSuite suite, Patch... patches) throws Exception {
        PatchRunner.builder(workspace).tests(suite).build().run(PatchBatch.of(patches));
        throw nothing();
    }

    private Raised built(Path place) {
        SyncEngine.builder(place);
        throw nothing();
    }

    private Raised built(PatchFormat format) {
        SyncEngine.builder(workspace).tests(green()).patchFormat(format).build().close();
        throw nothing();
    }

    /** A second runner asks for the workspace while the first one tests. */
    private Snapshots snapshots(SnapshotLimits limits, long maxRestoredBytes) {
        Workspace root = Workspace.at(workspace);
        RealFiles files = new RealFiles(root.root());
        return WorkspaceSnapshots.alone(root, files, new FileWorkspaceLock(root, files, Clock.systemUTC(), null),
                new TreeScanner(root, List.of(), Clock.systemUTC()), limits, maxRestoredBytes);
    }

    private Raised damagedPack() throws Exception {
        Snapshots snapshots = snapshots(SnapshotLimits.ofDefaults().minFreeBytes(0), Long.MAX_VALUE);
        Files.writeString(workspace.resolve("f.txt"), "one content like no other");
        String id = snapshots.take("").id();
        try (Stream<Path> all = Files.list(workspace.resolve(".autosync/snapshots"))) {
            Path pack = all.filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(pack);
            bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("like no other")]++;
            Files.write(pack, bytes);
        }
        Files.writeString(workspace.resolve("f.txt"), "two");
        snapshots.restore(id);
        throw nothing();
    }

    private Raised busy() throws Exception {
        List<Raised> raised = new ArrayList<>();
        PatchRunner.builder(workspace).tests(context -> green(() -> {
            try {
                return run(green());
            } catch (AutoSyncException e) {
                return raised.add(Raised.by(e));
            }
        })).build().run(PatchBatch.of());
        return raised.get(0);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Raised damagedJournal() throws Exception {
        Path journal = workspace.resolve(".autosync/journal");
        byte[][] kept = new byte[1][];
        PatchRunner.builder(workspace).tests(context -> green(() -> kept[0] = Files.readAllBytes(journal))).build()
                .run(PatchBatch.of(Patch.write("p", "f.txt", new byte[10]), Patch.write("q", "g.txt", new byte[10])));
        kept[0][20] ^= 1;
        Files.write(journal, kept[0]);
        return run(green());
    }

    private Raised onANetwork() {
        FileSystemsTest.lockOn(workspace, "nfs4").tryAcquire();
        throw nothing();
    }

    private Raised laterJournal() throws Exception {
        Files.write(Files.createDirectories(workspace.resolve(".autosync")).resolve("journal"), "ASW7 of the future".getBytes(StandardCharsets.UTF_8));
        return run(green());
    }

    private Raised changedUnderOurHands() throws Exception {
        Path file = Files.writeString(workspace.resolve("f.txt"), "old");
        return run(context -> {
            boolean patched = read(file).equals("new");
            return patched ? red(() -> Files.writeString(file, "theirs")) : green().run(context);
        }, Patch.write("p", "f.txt", "new".getBytes()), Patch.write("q", "g.txt", "new".getBytes()));
    }

    private Raised damagedStore() throws Exception {
        try (Store store = store()) {
            append(store, 1);
            append(store, 1);
        }
        Path segment = workspace.resolve("events-000001.jsonl");
        Files.writeString(segment, Files.readString(segment).replaceFirst("subject", "subjekt"));
        try (Store store = store()) {
            store.read(EventQuery.all());
        }
        throw nothing();
    }

    private Raised staleToken() {
        try (Store store = store()) {
            append(store, 8);
            append(store, 7);
        }
        throw nothing();
    }

    private Raised newerDatabase() throws Exception {
        Files.createDirectories(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), "{\"version\": 1, \"store\": \"sqlite\", " + TESTS + "}");
        try (SyncEngine engine = SyncEngine.open(workspace)) {
            engine.sync();
        }
        try (RandomAccessFile database = new RandomAccessFile(workspace.resolve(".autosync/store/store.db").toFile(), "rw")) {
            // SQLite's file format, section 1.3: the user version is a big-endian number at offset 60.
            database.seek(60);
            database.writeInt(99);
        }
        return cycle();
    }

    /** A cycle that publishes to a remote, which refuses or is not there. */
    private Raised pushTo(String remote) throws Exception {
        for (List<String> command : List.of(List.of("git", "init", "-q"), List.of("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit",
                "-q", "--allow-empty", "-m", "begin"))) {
            int exit = new ProcessBuilder(command).directory(workspace.toFile()).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit);
            }
        }
        return connector(remote, "");
    }

    /** Lets nobody in, until the socket is closed. */
    private static void refuse(ServerSocket closed) {
        while (!closed.isClosed()) {
            try (Socket client = closed.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                while (!String.valueOf(request.readLine()).isEmpty()) {
                    continue;
                }
                client.getOutputStream().write(("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"closed\"\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                continue;
            }
        }
    }

    private Raised connector(String remote, String token) throws Exception {
        Files.createDirectories(workspace.resolve("autosync/patches"));
        Files.writeString(workspace.resolve("autosync/patches/p.json"),
                "{\"version\": 1, \"id\": \"p\", \"format\": \"write-file\", \"target\": \"f.txt\", \"content\": \"new\"}");
        Files.writeString(workspace.resolve("autosync/core_config.json"), "{\"version\": 1, \"stable\": {\"greenCycles\": 1}, " + TESTS + "}");
        Files.writeString(workspace.resolve("autosync/connectors_config.json"), "{\"version\": 1, \"connectors\": [{\"type\": \"github\", \"remote\": \""
                + remote + "\"" + (token.isEmpty() ? "" : ", \"token\": \"" + token + "\"") + "}]}");
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(green()).build()) {
            return warned(engine.sync().warnings());
        }
    }

    /** What a warning says that carries a code. */
    private static Raised warned(List<String> warnings) {
        for (String warning : warnings) {
            for (ErrorCode code : ErrorCode.values()) {
                if (warning.contains("[" + code.id() + "]")) {
                    return new Raised(code.name(), warning);
                }
            }
        }
        throw new AssertionError("no warning with a code: " + warnings);
    }

    private Raised recoveryLeftOut() throws IOException {
        Workspace root = Workspace.at(workspace);
        root.createState();
        Files.writeString(workspace.resolve(".autosync/journal"), "left");
        new Journal(root, new RealFiles(), () -> "").begin("t", () -> { }).close();
        throw nothing();
    }

    /** The API alone, in a class loader that knows of nothing else; the platform's would find the modules of this test. */
    private static Raised withoutCore() throws Exception {
        URL api = SyncEngine.class.getProtectionDomain().getCodeSource().getLocation();
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {api}, null)) {
            thread.setContextClassLoader(alone);
            alone.loadClass("dev.autosync.SyncEngine").getMethod("open", Path.class).invoke(null, Path.of("."));
            throw nothing();
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            return new Raised(cause.getClass().getMethod("code").invoke(cause).toString(), String.valueOf(cause.getMessage()));
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private Store store() {
        StoreFactory json = ServiceLoader.load(StoreFactory.class).stream().map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals("json")).findFirst().orElseThrow();
        PluginSettings none = JsonSection.empty();
        return json.open(workspace, none);
    }

    private static void append(Store store, long token) {
        store.append(new FencingToken(token), List.of(Event.of("c", "k", "subject", Instant.EPOCH, Map.of(), "{}")));
    }

    private static TestSuite green() {
        return context -> green(() -> null);
    }

    private interface Deed {
        Object done() throws Exception;
    }

    private static TestRun green(Deed deed) {
        return run(Verdict.GREEN, TestResult.Status.PASSED, deed);
    }

    private static TestRun red(Deed deed) {
        return run(Verdict.RED, TestResult.Status.FAILED, deed);
    }

    private static TestRun run(Verdict verdict, TestResult.Status status, Deed deed) {
        try {
            deed.done();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return TestRun.of(verdict, "as told", List.of(TestResult.of("t", status, Duration.ZERO, "")), Duration.ZERO);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AssertionError nothing() {
        return new AssertionError("nothing was raised");
    }

    /** A source that gives two patches one id. */
    private static final class TwiceTheSame implements Source {
        @Override
        public CheckResult check() {
            return CheckResult.ok();
        }

        @Override
        public PullResult pull(Cursor since, Consumer<Patch> patches) {
            patches.accept(Patch.write("p", "f.txt", new byte[0]));
            patches.accept(Patch.write("p", "g.txt", new byte[0]));
            return PullResult.changes(Cursor.of("1"));
        }

        @Override
        public void close() {}
    }

    private record NamedFormat(String name) implements PatchFormat {
        @Override
        public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
            return PatchPlan.conflict("never asked");
        }
    }
}
