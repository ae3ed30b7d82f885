package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SecretsProviderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names that are no text, links and permissions are POSIX")
class FileSecretsTest extends SecretsProviderContract {
    @TempDir
    Path folder;

    @Override
    protected SecretsProvider open(String canary) throws IOException {
        write(canary);
        return provider(MapSettings.empty());
    }

    @Override
    protected String name() {
        return folder.resolve("token").toString();
    }

    @Override
    protected String missingName() {
        return folder.resolve("tokens").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghs_abcdefgh", "ghs_abcdefgh\n", "ghs_abcdefgh\r\n"})
    void takesOneLineEndAway(String content) throws Exception {
        write(content);
        assertThat(fetched(name())).isEqualTo("ghs_abcdefgh");
        write(content + "\n\n");
        assertThat(fetched(name())).isEqualTo(content + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwx-----x"})
    void refusesAFileThatOthersMayUse(String permissions) throws Exception {
        write("ghs_abcdefgh");
        Files.setPosixFilePermissions(Path.of(name()), PosixFilePermissions.fromString(permissions));
        assertRefused(() -> fetched(name()), ErrorCode.SECRET_UNUSABLE, permissions, "chmod 600");
    }

    @Test
    void letsAGroupReadWhereTheSettingsSaySo() throws Exception {
        write("ghs_abcdefgh");
        Files.setPosixFilePermissions(Path.of(name()), PosixFilePermissions.fromString("r--r-----"));
        MapSettings settings = MapSettings.of(Map.of("groupMayRead", true));
        try (SecretsProvider provider = provider(settings)) {
            provider.fetch(name()).close();
            Files.setPosixFilePermissions(Path.of(name()), PosixFilePermissions.fromString("r--rw----"));
            assertRefused(() -> provider.fetch(name()), ErrorCode.SECRET_UNUSABLE, "r--rw----");
        }
        assertThat(settings.neverAskedFor()).isEmpty();
    }

    @Test
    void followsLinksAsKubernetesMountsThemAndChecksWhatIsBehind() throws Exception {
        write("ghs_abcdefgh");
        Path mounted = Files.createSymbolicLink(folder.resolve("..data"), folder);
        Path link = Files.createSymbolicLink(folder.resolve("mounted"), mounted.resolve("token"));
        assertThat(fetched(link.toString())).isEqualTo("ghs_abcdefgh");
        Files.setPosixFilePermissions(Path.of(name()), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(() -> fetched(link.toString()), ErrorCode.SECRET_UNUSABLE, "rw-r--r--");
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        assertThatThrownBy(() -> fetched(circle.toString())).isInstanceOf(SecretsException.class);
    }

    @Test
    void refusesWhatIsNoRegularFile() throws Exception {
        assertRefused(() -> fetched(folder.toString()), ErrorCode.SECRET_UNUSABLE, "not a regular file");
        assertRefused(() -> fetched("/dev/zero"), ErrorCode.SECRET_UNUSABLE, "not a regular file");
    }

    @Test
    void refusesAPathThatIsNotAbsolute() {
        assertRefused(() -> fetched("run/secrets/token"), ErrorCode.SECRET_REFERENCE, "absolute path", "secret:file//run/secrets/token");
    }

    @Test
    void refusesAFileThatIsEmptyTooLargeOrNotText() throws Exception {
        write("\n");
        assertRefused(() -> fetched(name()), ErrorCode.SECRET_NOT_FOUND, "empty");
        write("a".repeat(64 << 10));
        assertThat(fetched(name())).hasSize(64 << 10);
        write("a".repeat((64 << 10) + 1));
        assertRefused(() -> fetched(name()), ErrorCode.SECRET_UNUSABLE, "65536 bytes");
        Files.write(Path.of(name()), new byte[] {'s', 'e', 'c', (byte) 0xFF, 'r', 'e', 't', '1', '2'});
        assertRefused(() -> fetched(name()), ErrorCode.SECRET_UNUSABLE, "UTF-8");
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SecretsException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(parts).doesNotContain("ghs_abcdefgh");
        });
    }

    private static String fetched(String name) throws InterruptedException {
        try (SecretsProvider provider = provider(MapSettings.empty()); Secret secret = provider.fetch(name)) {
            return String.valueOf(secret.reveal());
        }
    }

    private static SecretsProvider provider(MapSettings settings) {
        return new FileSecretsFactory().open(settings);
    }

    private void write(String content) throws IOException {
        Path file = Path.of(name());
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
