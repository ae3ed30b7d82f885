package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.SecretsProviderContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitHubActionsSecretsTest extends SecretsProviderContract {
    private final ByteArrayOutputStream runner = new ByteArrayOutputStream();

    @Override
    protected SecretsProvider open(String canary) {
        return provider(MapSettings.empty(), Map.of("GITHUB_ACTIONS", "true", "TOKEN", canary));
    }

    @Override
    protected String name() {
        return "TOKEN";
    }

    @Override
    protected String missingName() {
        return "TOKENS";
    }

    @Test
    void tellsTheRunnerEachLineOfASecretBeforeAnybodyHasIt() throws Exception {
        try (SecretsProvider provider = open("first 100% line\r\nshort\n\n::set-env::\u00e9x\n")) {
            assertThat(runner.toString(StandardCharsets.UTF_8)).isEmpty();
            provider.fetch("TOKEN").close();
        }
        assertThat(runner.toString(StandardCharsets.UTF_8))
                .isEqualTo("\n::add-mask::first 100%25 line\n\n::add-mask::::set-env::\u00e9x\n");
    }

    @Test
    void saysNothingOfASecretThatIsTooShortToBeHidden() throws Exception {
        try (SecretsProvider provider = open("1234567")) {
            provider.fetch("TOKEN").close();
        }
        assertThat(runner.size()).isZero();
    }

    @Test
    void tellsTheRunnerNothingWhereTheSettingsSaySo() throws Exception {
        MapSettings settings = MapSettings.of(Map.of("mask", false));
        try (SecretsProvider provider = provider(settings, Map.of("GITHUB_ACTIONS", "true", "TOKEN", "ghs_abcdefgh"))) {
            provider.fetch("TOKEN").close();
        }
        assertThat(runner.size()).isZero();
        assertThat(settings.neverAskedFor()).isEmpty();
    }

    @Test
    void givesNothingOutsideOfAJob() {
        assertThatThrownBy(() -> provider(MapSettings.empty(), Map.of("TOKEN", "ghs_abcdefgh")).fetch("TOKEN"))
                .isInstanceOf(SecretsException.class).hasMessageContaining("no job of GitHub Actions").hasMessageContaining("secret:env/");
        assertThat(runner.size()).isZero();
    }

    @Test
    void saysHowAJobComesByItsSecrets() {
        assertThatThrownBy(() -> open("").fetch("TOKEN")).hasMessageContaining("${{ secrets.NAME }}");
    }

    private SecretsProvider provider(MapSettings settings, Map<String, String> environment) {
        return new GitHubActionsSecretsFactory(environment, new PrintStream(runner, true, StandardCharsets.UTF_8)).open(settings);
    }
}
