package dev.autosync.core.embedding;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Reporter;
import dev.autosync.spi.ReporterFactory;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import java.nio.file.Path;

/** Plugins as others might write them. */
public final class Providers {
    private Providers() {}

    /** One as it should be. */
    public static final class Good implements ReporterFactory {
        @Override
        public String name() {
            return "good";
        }

        @Override
        public Reporter create(PluginSettings settings) {
            return (report, output) -> output.console("good has reported");
        }
    }

    /** One that cannot be made. */
    public static final class Throwing implements ReporterFactory {
        public Throwing() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public Reporter create(PluginSettings settings) {
            throw new AssertionError("never made");
        }
    }

    /** One that does not even know its name. */
    public static final class Nameless implements ReporterFactory {
        @Override
        public String name() {
            throw new IllegalStateException("no name");
        }

        @Override
        public Reporter create(PluginSettings settings) {
            throw new AssertionError("never asked");
        }
    }

    /** One whose name is taken. */
    public static final class AnotherJson implements StoreFactory {
        @Override
        public String name() {
            return "json";
        }

        @Override
        public Store open(Path directory, PluginSettings settings) {
            throw new AssertionError("never asked");
        }
    }
}
