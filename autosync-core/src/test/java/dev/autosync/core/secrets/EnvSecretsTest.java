package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SecretsProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvSecretsTest extends SecretsProviderContract {

    @Override
    protected SecretsProvider open(String canary) {
        return provider(MapSettings.empty(), Map.of("GITHUB_TOKEN", canary));
    }

    @Override
    protected String name() {
        return "GITHUB_TOKEN";
    }

    @Override
    protected String missingName() {
        return "GITHUB_TOKEM";
    }

    @Test
    void namesTheVariableThatMayHaveBeenMeant() {
        assertThatThrownBy(() -> open("secret-value").fetch("GITHUB_TOKE")).hasMessageContaining("did you mean GITHUB_TOKEN?");
    }

    @Test
    void takesAnEmptyVariableForOneThatIsNotThere() {
        assertThatThrownBy(() -> open("").fetch("GITHUB_TOKEN")).isInstanceOfSatisfying(SecretsException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
            assertThat(e.getMessage()).contains("is empty");
        });
    }

    @Test
    void givesOnlyWhatTheAllowListNames() throws Exception {
        MapSettings settings = MapSettings.of(Map.of("allow", List.of("GITHUB_TOKEN")));
        try (SecretsProvider provider = provider(settings, Map.of("GITHUB_TOKEN", "ghs_abcdefgh", "OTHER", "other-secret"))) {
            provider.fetch("GITHUB_TOKEN").close();
            assertThatThrownBy(() -> provider.fetch("OTHER")).isInstanceOfSatisfying(SecretsException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SECRET_REFERENCE);
                assertThat(e.getMessage()).contains("secrets.env.allow").doesNotContain("other-secret");
            });
        }
        assertThat(settings.neverAskedFor()).isEmpty();
    }

    private static SecretsProvider provider(MapSettings settings, Map<String, String> environment) {
        return new EnvSecretsFactory(environment).open(settings);
    }
}
