package dev.autosync.core.report;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;

/** Makes {@link ConsoleReporter}s. */
public final class ConsoleReporterFactory implements ReporterFactory {
    @Override
    public String name() {
        return "console";
    }

    @Override
    public Reporter create(PluginSettings settings) {
        return new ConsoleReporter();
    }
}
