package dev.autosync.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;

class KillTest {
    private static final int KILLS = 10;

    @TempDir
    Path temp;

    @Test
    @Timeout(120)
    void everyEventThatAProcessAcknowledgedBeforeItWasKilledIsThere() throws Exception {
        Path directory = temp.resolve("store");
        Random random = new Random(1);
        for (int kill = 1; kill <= KILLS; kill++) {
            long acknowledged = appendUntilKilled(directory, kill, 1 + random.nextInt(30));
            try (Store store = StoreFixture.open(directory)) {
                List<StoredEvent> events = store.read(EventQuery.all());
                // One append may have ended without having been heard of.
                assertThat((long) events.size()).as("kill %d", kill).isBetween(acknowledged, acknowledged + 4);
                assertWholeAppends(events);
            }
        }
    }

    /** Kills at no particular moment of the append that follows the one last heard of. */
    private long appendUntilKilled(Path directory, int token, int acknowledgements) throws Exception {
        Path errors = temp.resolve("errors");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Xshare:auto", "-cp", classPath(), Appender.class.getName(), directory.toString(), String.valueOf(token))
                .redirectError(errors.toFile()).start();
        long last = 0;
        try (BufferedReader out = process.inputReader()) {
            int heard = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Long.parseLong(line);
                heard++;
                if (heard == acknowledgements) {
                    // The handle leaves the output open, so that what was acknowledged before the kill is heard.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(errors).isEmptyFile();
        assertThat(last).isPositive();
        return last;
    }

    private static void assertWholeAppends(List<StoredEvent> events) {
        for (int i = 0; i < events.size();) {
            int size = Integer.parseInt(events.get(i).event().subject().substring(2));
            for (int k = 0; k < size; k++) {
                assertThat(events.get(i).event().subject()).isEqualTo(k + "/" + size);
                assertThat(events.get(i).sequence()).isEqualTo(i + 1);
                i++;
            }
        }
    }

    /** Where the classes really are: on the module path they are in no system property. */
    private static String classPath() {
        return Stream.of(JsonStore.class, Appender.class, StoredEvent.class, JsonParser.class).map(KillTest::origin).distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = type.getResource("/" + name).toString();
        String root = url.substring(0, url.length() - name.length());
        if (root.startsWith("jar:")) {
            root = root.substring("jar:".length(), root.length() - "!/".length());
        }
        Path path = Path.of(URI.create(root));
        assertThat(Files.exists(path)).isTrue();
        return path.toString();
    }
}
