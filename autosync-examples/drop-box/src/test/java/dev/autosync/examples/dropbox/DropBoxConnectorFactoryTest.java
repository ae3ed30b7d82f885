package dev.autosync.examples.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.Sink;
import dev.autosync.testkit.TestConnectorContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropBoxConnectorFactoryTest {

    @Test
    void isFoundOnTheModulePathAndOnTheClassPath() throws IOException {
        Map<Class<?>, Class<?>> plugins = Map.of(ConnectorFactory.class, DropBoxConnectorFactory.class, PatchFormat.class,
                UnreadableFormat.class);
        assertThat(DropBox.class.getModule().getDescriptor().provides())
                .extracting(provides -> provides.service() + " " + provides.providers())
                .containsExactlyInAnyOrderElementsOf(plugins.entrySet().stream()
                        .map(entry -> entry.getKey().getName() + " [" + entry.getValue().getName() + "]").toList());
        for (Map.Entry<Class<?>, Class<?>> entry : plugins.entrySet()) {
            try (InputStream file = DropBox.class.getResourceAsStream("/META-INF/services/" + entry.getKey().getName())) {
                assertThat(file).hasContent(entry.getValue().getName());
            }
        }
    }

    @Test
    void wantsToReportAfterEveryCycle(@TempDir Path folder) {
        Map<String, String> settings = Map.of("inbox", "in", "outbox", "out");
        try (Sink sink = (Sink) new DropBoxConnectorFactory().open(TestConnectorContext.of(folder, settings))) {
            assertThat(sink.stableOnly()).isFalse();
        }
    }
}
