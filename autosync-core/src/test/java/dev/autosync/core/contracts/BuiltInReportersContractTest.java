package dev.autosync.core.contracts;

import dev.autosync.core.json.JsonSection;
import dev.autosync.core.report.ConsoleReporterFactory;
import dev.autosync.core.report.HtmlReporterFactory;
import dev.autosync.core.report.JsonReporterFactory;
import dev.autosync.core.report.MarkdownReporterFactory;
import dev.autosync.spi.Reporter;
import dev.autosync.testkit.ReporterContract;
import org.junit.jupiter.api.Nested;

/** The built-in reporters keep the contract that reporters of plugins must keep. */
class BuiltInReportersContractTest {

    @Nested
    class Console extends ReporterContract {
        @Override
        protected Reporter reporter() {
            return new ConsoleReporterFactory().create(JsonSection.empty());
        }
    }

    @Nested
    class Markdown extends ReporterContract {
        @Override
        protected Reporter reporter() {
            return new MarkdownReporterFactory().create(JsonSection.empty());
        }
    }

    @Nested
    class Json extends ReporterContract {
        @Override
        protected Reporter reporter() {
            return new JsonReporterFactory().create(JsonSection.empty());
        }
    }

    @Nested
    class Html extends ReporterContract {
        @Override
        protected Reporter reporter() {
            return new HtmlReporterFactory().create(JsonSection.empty());
        }
    }
}
