package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SecretsProviderContract;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The provider of docs/secrets.md compiles against the API alone and keeps the contract. */
class SecretsPageTest extends SecretsProviderContract {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path classes;

    private static SecretsProviderFactory factory;

    @TempDir
    Path folder;

    @BeforeAll
    static void compileThePage() throws Exception {
        factory = factory();
    }

    @Override
    protected SecretsProvider open(String canary) throws Exception {
        Path file = folder.resolve("secrets.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setEntry("token", new KeyStore.SecretKeyEntry(new SecretKeySpec(canary.getBytes(StandardCharsets.UTF_8), "AES")),
                new KeyStore.PasswordProtection(PASSWORD));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        MapSettings settings = MapSettings.of(Map.of("file", file.toString()));
        SecretsProvider provider = factory.open(settings);
        assertThat(settings.neverAskedFor()).isEmpty();
        return provider;
    }

    @Override
    protected String name() {
        return "token";
    }

    @Override
    protected String missingName() {
        return "tokens";
    }

    private static SecretsProviderFactory factory() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "secrets.md"));
        int start = page.indexOf("```java\n") + "```java\n".length();
        Path source = classes.resolve("KeyStoreSecrets.java");
        Files.writeString(source, page.substring(start, page.indexOf("```", start)));
        String api = new File(SecretsProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        StringWriter said = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        assertThat(compiler.getTask(said, files, null, List.of("-Xlint:all,-path", "-proc:none", "-cp", api, "-d", classes.toString()), null,
                files.getJavaFileObjects(source)).call()).as(said::toString).isTrue();
        assertThat(said.toString()).isEmpty();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, SecretsProvider.class.getClassLoader());
        return (SecretsProviderFactory) loader.loadClass("KeyStoreSecrets").getConstructor().newInstance();
    }
}
