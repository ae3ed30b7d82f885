package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferencesTest {
    private static final Location PLACE = Location.of("autosync/connectors_config.json", 5, "/connectors/github/token");

    private final Map<String, String> environment = new HashMap<>(Map.of("TOKEN", "ghs_one_abcdef", "SHORT", "1234567"));
    private final List<String> calls = new ArrayList<>();
    private final Redactor redactor = new Redactor();

    @Test
    void fetchesAnewEachTimeAndMakesWhatItFetchedKnownToTheRedactor() throws Exception {
        try (SecretReferences references = references("{}")) {
            SecretHandle handle = references.handle("secret:env/TOKEN", PLACE);
            assertThat(handle.reference()).isEqualTo("secret:env/TOKEN");
            assertThat(handle).hasToString("secret:env/TOKEN");
            assertThat(redactor.redact("ghs_one_abcdef")).isEqualTo("ghs_one_abcdef");
            assertThat(fetched(handle)).isEqualTo("ghs_one_abcdef");
            environment.put("TOKEN", "ghs_two_abcdef");
            assertThat(fetched(handle)).isEqualTo("ghs_two_abcdef");
            assertThat(redactor.redact("ghs_one_abcdef ghs_two_abcdef")).isEqualTo("*** ***");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghp_pastedTokenPastedToken", "", "secret:", "secret:env", "secret:env/", "secret:ghp_pasted/x", "SECRET:env/A",
        "secret:env/A\nB", " secret:env/A"})
    void refusesWhatIsNoReferenceWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> references("{}").handle(value, PLACE)).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SECRET_REFERENCE);
            assertThat(e.location()).contains(PLACE);
            assertThat(e.getMessage()).contains("secret:env/NAME").doesNotContain("pasted").doesNotContain("A\nB");
        });
    }

    @Test
    void namesTheNearestProviderAndNotTheOneThatIsNotThere() {
        assertThatThrownBy(() -> references("{}").handle("secret:enf/abcdefgh", PLACE)).hasMessageContaining("did you mean secret:env/")
                .hasMessageNotContaining("abcdefgh");
        assertThatThrownBy(() -> references("{}").handle("secret:pastedtoken/abcdefgh", PLACE))
                .hasMessageContaining("known are broken, env, own").hasMessageNotContaining("pastedtoken").hasMessageEndingWith("[AS-1801]");
    }

    @Test
    void refusesASecretThatIsTooShortToBeKeptOutOfTexts() {
        SecretHandle handle = references("{}").handle("secret:env/SHORT", PLACE);
        assertThatThrownBy(handle::fetch).isInstanceOfSatisfying(SecretsException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNUSABLE);
            assertThat(e.getMessage()).contains("secret:env/SHORT").contains("8 characters").doesNotContain("1234567");
        });
    }

    @Test
    void opensAProviderOnceWhenItIsFirstNamedAndClosesItOnce() {
        SecretReferences references = references("{\"own\": {\"key\": \"k\"}}");
        assertThat(calls).isEmpty();
        references.handle("secret:own/a", PLACE);
        SecretHandle handle = references.handle("secret:own/b", PLACE);
        assertThat(calls).containsExactly("open k");
        references.close();
        references.close();
        assertThat(calls).containsExactly("open k", "close");
        assertThatThrownBy(handle::fetch).isInstanceOf(AutoSyncException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> references.handle("secret:own/c", PLACE)).hasMessageContaining("closed");
    }

    @Test
    void refusesSettingsThatNobodyReads() {
        assertThatThrownBy(() -> references("{\"emv\": {}}")).hasMessageContaining("did you mean 'env'");
        SecretReferences misspelt = references("{\"own\": {\"keyy\": \"k\"}}");
        assertThatThrownBy(() -> misspelt.handle("secret:own/a", PLACE)).hasMessageContaining("did you mean 'key'");
        assertThat(calls).as("what was opened is closed").containsExactly("open none", "close");
    }

    @Test
    void leavesOutWhatAProviderSaysThatThrowsAgainstItsContract() {
        SecretReferences references = references("{}");
        SecretHandle handle = references.handle("secret:broken/x", PLACE);
        assertThatThrownBy(handle::fetch).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED);
            assertThat(e.getMessage()).contains("secret:broken/x").contains("IllegalStateException").doesNotContain("ghs_unknown");
            assertThat(e.getCause()).hasToString("java.lang.IllegalStateException");
            assertThat(e.getCause().getStackTrace()).isNotEmpty();
        });
        assertThatThrownBy(references::close).isInstanceOf(AutoSyncException.class).hasMessageContaining("close the secrets provider 'broken'");
    }

    @Test
    void showsNoValueAnywhere() throws Exception {
        try (SecretReferences references = references("{}")) {
            SecretHandle handle = references.handle("secret:env/TOKEN", PLACE);
            try (Secret secret = handle.fetch()) {
                assertThat(references + " " + handle + " " + secret + " " + redactor).doesNotContain("ghs_");
            }
        }
    }

    @Test
    void bringsThreeProviders() {
        assertThat(SecretReferences.builtIn()).extracting(SecretsProviderFactory::name).containsExactly("env", "file", "github-actions");
    }

    private static String fetched(SecretHandle handle) throws InterruptedException {
        try (Secret secret = handle.fetch()) {
            return String.valueOf(secret.reveal());
        }
    }

    private SecretReferences references(String settings) {
        JsonSection section = JsonSection.of(JsonText.parse(settings, "connectors_config.json", ErrorCode.CONFIG_SYNTAX));
        return new SecretReferences(List.of(new EnvSecretsFactory(environment), new Own(), new Broken()), section, redactor);
    }

    private final class Own implements SecretsProviderFactory {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public SecretsProvider open(PluginSettings settings) {
            calls.add("open " + settings.string("key").orElse("none"));
            return new SecretsProvider() {
                @Override
                public Secret fetch(String name) {
                    return Secret.of(("own-secret-" + name).toCharArray());
                }

                @Override
                public void close() {
                    calls.add("close");
                }
            };
        }
    }

    private static final class Broken implements SecretsProviderFactory {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public SecretsProvider open(PluginSettings settings) {
            return new SecretsProvider() {
                @Override
                public Secret fetch(String name) {
                    throw new IllegalStateException("cannot parse ghs_unknown_secret");
                }

                @Override
                public void close() {
                    throw new IllegalStateException("cannot close");
                }
            };
        }
    }
}
