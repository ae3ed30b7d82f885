package dev.autosync.core.report;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;

/** Makes {@link JsonReporter}s. */
public final class JsonReporterFactory implements ReporterFactory {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public Reporter create(PluginSettings settings) {
        return new JsonReporter();
    }
}
