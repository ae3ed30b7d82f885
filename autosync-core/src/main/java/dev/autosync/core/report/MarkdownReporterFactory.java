package dev.autosync.core.report;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;

/** Makes {@link MarkdownReporter}s. */
public final class MarkdownReporterFactory implements ReporterFactory {
    @Override
    public String name() {
        return "markdown";
    }

    @Override
    public Reporter create(PluginSettings settings) {
        return new MarkdownReporter();
    }
}
