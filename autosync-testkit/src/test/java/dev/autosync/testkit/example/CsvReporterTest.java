package dev.autosync.testkit.example;

import dev.autosync.spi.Reporter;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.ReporterContract;

class CsvReporterTest extends ReporterContract {
    @Override
    protected Reporter reporter() {
        return new CsvReporterFactory().create(MapSettings.empty());
    }
}
