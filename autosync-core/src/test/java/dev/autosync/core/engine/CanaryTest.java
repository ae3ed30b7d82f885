package dev.autosync.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Source;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A secret is planted, and tests print it in many spellings: it must come out nowhere. */
class CanaryTest extends CycleFixture {
    private static final String CANARY = "canary+Sécret/\"<&>=0123456789";
    private static final List<String> SPELLINGS = List.of(CANARY,
            Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(("x-access-token:" + CANARY).getBytes(StandardCharsets.UTF_8)),
            Base64.getUrlEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
            URLEncoder.encode(CANARY, StandardCharsets.UTF_8),
            HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8)),
            CANARY.replace("\"", "\\\""),
            CANARY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path token;

    @BeforeEach
    void plantIt() throws IOException {
        token = Files.writeString(outside.resolve("token"), CANARY + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(workspace.resolve("f.txt"), "old");
        Files.createDirectories(workspace.resolve("autosync"));
        Files.writeString(workspace.resolve("autosync/core_config.json"), """
                {"version": 1, "stable": {"greenCycles": 1}, "reporters": ["console", "markdown", "json", "html"]}""");
    }

    @Test
    void comesOutNowhereOnceAConnectorRefersToIt() throws Exception {
        Files.writeString(workspace.resolve("autosync/connectors_config.json"), """
                {"version": 1, "connectors": [{"type": "github", "remote": "http://127.0.0.1:1/project.git", "token": "secret:file/%s"}]}"""
                .formatted(token.toRealPath()));
        SyncReport report = cycles();

        assertThat(report.warnings()).as("the connector was there and failed").isNotEmpty();
        assertThat(leaks(report)).isEmpty();
    }

    @Test
    void comesOutWhereNobodyKnowsThatItIsASecret() throws Exception {
        assertThat(leaks(cycles())).as("the control").isNotEmpty();
    }

    @Test
    void doesNotComeOutOfASuiteThatThrowsIt() throws Exception {
        Files.writeString(workspace.resolve("autosync/connectors_config.json"), """
                {"version": 1, "connectors": [{"type": "github", "remote": "http://127.0.0.1:1/project.git", "token": "secret:file/%s"}]}"""
                .formatted(token.toRealPath()));
        assertThat(leaks(cycles(context -> {
            throw new IllegalStateException("refused: " + CANARY, new IOException(CANARY));
        }))).isEmpty();
    }

    @Test
    void comesOutOfASuiteThatThrowsItWhereNobodyKnowsThatItIsASecret() throws Exception {
        assertThat(leaks(cycles(context -> {
            throw new IllegalStateException("refused: " + CANARY);
        }))).as("the control").isNotEmpty();
    }

    @Test
    void isNotKeptInACursor() throws Exception {
        Files.writeString(workspace.resolve("autosync/connectors_config.json"), """
                {"version": 1, "connectors": [{"type": "github", "remote": "http://127.0.0.1:1/project.git", "token": "secret:file/%s"}]}"""
                .formatted(token.toRealPath()));
        Source leaking = new Source() {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) {
                patches.accept(Patch.write("p", "h.txt", "new".getBytes()));
                return PullResult.changes(Cursor.of("page=2&token=" + CANARY));
            }

            @Override
            public CheckResult check() {
                return CheckResult.ok();
            }

            @Override
            public void close() {}
        };
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().store(store).tests(suite).connector("leaking", leaking).build()) {
            assertThat(engine.sync().warnings()).anyMatch(warning -> warning.contains("'leaking'") && warning.contains("cursor"));
        }
        assertThat(store.read(EventQuery.all().kind("cursor"))).isEmpty();
    }

    private SyncReport cycles() throws Exception {
        return cycles(talkative());
    }

    private SyncReport cycles(TestSuite suite) throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(trap);
        System.setErr(trap);
        try (SyncEngine engine = SyncEngine.builder(workspace).readConfiguration().tests(suite).patches(PatchBatch.of(
                Patch.write("good", "g.txt", "new".getBytes()), Patch.write("bad", "f.txt", "BAD".getBytes()))).build()) {
            engine.sync();
            return engine.sync();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Where a spelling of the secret stands. The place that it was planted at does not count. */
    private List<String> leaks(SyncReport report) throws IOException {
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(workspace)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                note(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8), leaks);
            }
        }
        note("printed", printed.toString(StandardCharsets.UTF_8), leaks);
        note("summary", report.summary(), leaks);
        note("warnings", report.warnings().toString(), leaks);
        note("publications", report.publications().toString(), leaks);
        report.batch().runs().forEach(run -> note("run", run.run() + run.run().output() + run.run().results(), leaks));
        report.batch().outcomes().forEach(outcome -> note("outcome", outcome.reason(), leaks));
        return leaks;
    }

    private static void note(String where, String text, List<String> leaks) {
        SPELLINGS.stream().filter(text::contains).forEach(spelling -> leaks.add(where + ": " + spelling));
    }

    /** A suite that says the secret in every way; without a fingerprint, so that it runs each time. */
    private static TestSuite talkative() {
        String all = String.join(" ", SPELLINGS);
        return context -> {
            boolean bad;
            try {
                bad = Files.readString(context.workspace().resolve("f.txt")).contains("BAD");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return TestRun.of(bad ? Verdict.RED : Verdict.GREEN, "looked with " + all, List.of(
                    TestResult.of("f", bad ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, all),
                    TestResult.of("named " + CANARY, TestResult.Status.SKIPPED, Duration.ZERO, all)), Duration.ZERO).output(all);
        };
    }
}
