package dev.autosync.core.gate;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.testing.TestRunText;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a batch that is not decided yet, each durable before the next is begun. Lies in {@code .autosync/runs.jsonl} until the batch is decided and may
 * be deleted at any time.
 *
 * <p>A run counts for its content, what it was asked for and the suite; only suites that say what they are can be told from others. A run of yesterday
 * counts no more: what tests depend on beside the workspace may have changed. Half a line, as a crash leaves it, is no run. Not safe to share between threads.
 */
final class KeptRuns implements EarlierRuns {
    private static final Logger LOG = LoggerFactory.getLogger(KeptRuns.class);
    private static final long MAX_BYTES = 64 << 20;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Workspace workspace;
    private final FilePort files;
    private final TestSuite suite;
    private final Clock clock;
    private final Map<String, Deque<TestRun>> runs = new HashMap<>();
    /** Whether the file ends with half a line, to which nothing may be appended. */
    private boolean torn;

    /** The runs that are kept in a workspace. */
    KeptRuns(Workspace workspace, FilePort files, TestSuite suite, Clock clock) {
        this.workspace = workspace;
        this.files = files;
        this.suite = suite;
        this.clock = clock;
    }

    /** Reads what was kept. Nothing is kept where nobody can tell the suite from others. */
    void open() {
        runs.clear();
        torn = false;
        if (suite.fingerprint().isEmpty()) {
            return;
        }
        try {
            byte[] bytes = files.read(file(), MAX_BYTES).map(FileImage::bytes).orElse(new byte[0]);
            // The last line has no end if it is not whole.
            List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
            lines.subList(0, lines.size() - 1).forEach(this::read);
            torn = !lines.get(lines.size() - 1).isEmpty();
        } catch (IOException e) {
            LOG.debug("Cannot use {}; the tests are run again", file(), e);
        }
    }

    private void read(String line) {
        try {
            JsonSection json = JsonSection.of(JsonText.parse(line, file().toString(), ErrorCode.CONFIG_SYNTAX));
            Duration age = Duration.between(Instant.parse(json.requiredString("at")), clock.instant());
            if (!age.isNegative() && age.compareTo(LONGEST) < 0) {
                runs.computeIfAbsent(json.requiredString("key"), key -> new ArrayDeque<>()).add(TestRunText.read(json, Verdict.valueOf(json.requiredString("verdict"))));
            }
        } catch (AutoSyncException | DateTimeException | IllegalArgumentException e) {
            LOG.debug("Cannot use a line of {}; its tests are run again", file(), e);
        }
    }

    @Override
    public Optional<TestRun> take(String content, Asked asked) {
        return Optional.ofNullable(runs.get(key(content, asked))).map(Deque::poll);
    }

    @Override
    public void keep(String content, Asked asked, TestRun run) {
        if (suite.fingerprint().isEmpty() || !run.verdict().evidence()) {
            return;
        }
        byte[] line = ((torn ? "\n" : "") + JsonOut.line(out -> TestRunText.write(out
                .text("key", key(content, asked))
                .text("at", clock.instant().toString())
                .text("verdict", run.verdict().name()), run)) + "\n").getBytes(StandardCharsets.UTF_8);
        try (AppendLog log = files.openLog(file())) {
            if (log.length() + line.length <= MAX_BYTES) {
                torn = true;
                log.append(line);
                torn = false;
                log.force();
            }
        } catch (IOException e) {
            LOG.warn("Cannot keep a run in {}; after a crash its tests are run again", file(), e);
        }
    }

    private String key(String content, Asked asked) {
        return content + " " + suite.fingerprint() + " " + (asked.failFast() ? "first failure " : "") + String.join("\t", asked.only().stream().sorted().toList());
    }

    /** The batch is decided: nobody asks any more. */
    void forget() {
        runs.clear();
        try {
            files.delete(file());
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", file(), e);
        }
    }

    private Path file() {
        return workspace.state("runs.jsonl");
    }
}
