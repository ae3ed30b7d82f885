package dev.autosync.core.testing;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the last content that was green, so that the same content need not be tested again. Lies in {@code .autosync/green.json}
 * and may be deleted at any time. Only green is remembered: anything else deserves another run.
 */
public final class GreenMemory {
    private static final Logger LOG = LoggerFactory.getLogger(GreenMemory.class);
    private static final long MAX_BYTES = 64 << 20;

    private final Workspace workspace;
    private final FilePort files;

    /** The memory of a workspace. */
    public GreenMemory(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    /** The green run of this content with this suite, if that is what is remembered. */
    public Optional<TestRun> recall(String contentHash, TestSuite suite) {
        if (suite.fingerprint().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<FileImage> image = files.read(file(), MAX_BYTES);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            JsonSection json = JsonSection.of(JsonText.parse(new String(image.get().bytes(), StandardCharsets.UTF_8), file().toString(),
                    ErrorCode.CONFIG_SYNTAX));
            boolean same = json.requiredString("contentHash").equals(contentHash)
                    && json.requiredString("suite").equals(suite.fingerprint());
            return same ? Optional.of(TestRunText.read(json, Verdict.GREEN)) : Optional.empty();
        } catch (IOException | AutoSyncException | DateTimeException | IllegalArgumentException e) {
            LOG.debug("Cannot use {}; the tests are run again", file(), e);
            return Optional.empty();
        }
    }

    /** Remembers a green run; forgets every other. */
    public void remember(String contentHash, TestSuite suite, TestRun run) throws IOException {
        if (!run.green() || suite.fingerprint().isEmpty()) {
            return;
        }
        AtomicFile.write(files, file(), JsonOut.text(out -> TestRunText.write(out
                .number("version", 1)
                .text("contentHash", contentHash)
                .text("suite", suite.fingerprint()), run)));
    }

    /** Remembers nothing any more: what was green has been seen red. */
    public void forget() throws IOException {
        files.delete(file());
    }

    private Path file() {
        return workspace.state("green.json");
    }
}
