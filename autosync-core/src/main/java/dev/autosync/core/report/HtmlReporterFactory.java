package dev.autosync.core.report;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;

/** Makes {@link HtmlReporter}s. */
public final class HtmlReporterFactory implements ReporterFactory {
    @Override
    public String name() {
        return "html";
    }

    @Override
    public Reporter create(PluginSettings settings) {
        return new HtmlReporter();
    }
}
