package dev.autosync.testkit.example;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;

/** Makes reporters of the name {@code csv}. */
public final class CsvReporterFactory implements ReporterFactory {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Reporter create(PluginSettings settings) {
        return new CsvReporter(settings.string("file").orElse("patches.csv"));
    }
}
