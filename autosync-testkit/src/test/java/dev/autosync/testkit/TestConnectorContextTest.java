package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestConnectorContextTest {
    @TempDir
    Path folder;

    @Test
    void lendsASecretUnderTheKeyThatRefersToIt() throws InterruptedException {
        TestConnectorContext context = TestConnectorContext.of(folder, Map.of(), Map.of("token", "s3cr3t"));
        SecretHandle handle = context.secret("token").orElseThrow();
        try (Secret secret = handle.fetch()) {
            assertArrayEquals("s3cr3t".toCharArray(), secret.reveal());
        }
        assertEquals("secret:test/token", handle.reference());
        assertEquals("secret:test/token", handle.toString());
        assertEquals(Set.of(), context.settings().neverAskedFor());
        assertEquals(Optional.empty(), context.secret("another"));
    }

    @Test
    void refusesASecretThatIsWrittenIntoTheSettings() {
        TestConnectorContext context = TestConnectorContext.of(folder, Map.of("token", "s3cr3t"), Map.of("token", "s3cr3t"));
        AutoSyncException refused = assertThrows(AutoSyncException.class, () -> context.secret("token"));
        assertEquals(ErrorCode.SECRET_REFERENCE, refused.code());
        assertTrue(refused.getMessage().contains("token") && !refused.getMessage().contains("s3cr3t"), refused.getMessage());
    }

    @Test
    void hasAWorkspaceWithAFolderForTheConnector() {
        TestConnectorContext context = TestConnectorContext.of(folder.resolve("not/there"), Map.of());
        assertTrue(Files.isDirectory(context.workspace()));
        assertTrue(context.stateFolder().startsWith(context.workspace()) && Files.isDirectory(context.stateFolder()));
        assertEquals(context.clock().instant(), context.clock().instant());
    }
}
