package dev.autosync.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exported API is checked in as text, so that a change of it shows in review. {@code -Dautosync.updateApi=true} writes it anew. */
class ApiTextTest {

    @ParameterizedTest
    @CsvSource({
        "dev.autosync,            dev.autosync.SyncEngine",
        "dev.autosync.testkit,    dev.autosync.testkit.StoreContract",
        "dev.autosync.store.json, dev.autosync.store.json.JsonStoreFactory",
        "dev.autosync.store.sqlite, dev.autosync.store.sqlite.SqliteStoreFactory",
        "dev.autosync.github,     dev.autosync.github.GitHubConnectorFactory",
    })
    void isWhatIsCheckedIn(String module, String typeOfIt) throws Exception {
        Path place = Path.of(Class.forName(typeOfIt).getProtectionDomain().getCodeSource().getLocation().toURI());
        Path file = Path.of("..", "docs", "api", module + ".txt");
        String text = ApiText.of(place);
        if (Boolean.getBoolean("autosync.updateApi")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }

        assertThat(file).as("the API of " + module + " has changed; if that is meant, run with -Dautosync.updateApi=true").hasContent(text);
    }
}
