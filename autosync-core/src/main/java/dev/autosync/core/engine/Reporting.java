package dev.autosync.core.engine;

import dev.autosync.ErrorCode;
import dev.autosync.SyncReport;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.secrets.Redactor;
import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.ReportOutput;
import dev.autosync.spi.Reporter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets every reporter speak. None of them can fail a cycle. */
final class Reporting {
    private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

    private final Workspace workspace;
    private final FilePort files;
    private final PrintStream console;
    private final Redactor redactor;

    /**
     * Reporting to a workspace.
     *
     * @param redactor takes secrets out of what is reported
     */
    Reporting(Workspace workspace, FilePort files, PrintStream console, Redactor redactor) {
        this.redactor = redactor;
        this.workspace = workspace;
        this.files = files;
        this.console = console;
    }

    /**
     * What came of it.
     *
     * @param files the files that were written
     * @param warnings a line for each reporter that threw
     */
    record Result(List<Path> files, List<String> warnings) {}

    Result report(SyncReport report, Map<String, Reporter> reporters) {
        List<Path> written = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        reporters.forEach((name, reporter) -> {
            try {
                reporter.report(report, output(written));
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                String why = redactor.redact(Untrusted.line(e.toString(), 400));
                LOG.warn("The reporter {} failed [{}]: {}", name, ErrorCode.PLUGIN_FAILED.id(), why);
                warnings.add("the reporter '" + name + "' failed: " + why);
            }
        });
        return new Result(written, warnings);
    }

    private ReportOutput output(List<Path> written) {
        return new ReportOutput() {
            @Override
            public void file(String name, String text) throws IOException {
                if (!name.matches("[\\p{L}\\p{Nd}_-][\\p{L}\\p{Nd}._-]{0,99}")) {
                    throw new IllegalArgumentException("'" + name + "' is no plain file name");
                }
                Path folder = workspace.createStateFolder("reports");
                Path file = folder.resolve(name);
                AtomicFile.write(files, file, name.endsWith(".json") ? redactor.redactJson(text) : redactor.redact(text));
                if (!written.contains(file)) {
                    written.add(file);
                }
            }

            @Override
            public void console(String text) {
                console.println(redactor.redact(text));
                console.flush();
            }
        };
    }
}
