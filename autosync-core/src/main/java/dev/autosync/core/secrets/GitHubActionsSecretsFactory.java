package dev.autosync.core.secrets;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;
import java.io.PrintStream;
import java.util.Map;

/** Opens providers {@code github-actions}. Key: {@code mask}, whether the runner is told what to hide; true if it is not there. */
final class GitHubActionsSecretsFactory implements SecretsProviderFactory {
    static final String NAME = "github-actions";

    private final Map<String, String> environment;
    private final PrintStream runner;

    GitHubActionsSecretsFactory(Map<String, String> environment, PrintStream runner) {
        this.environment = environment;
        this.runner = runner;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SecretsProvider open(PluginSettings settings) {
        return new GitHubActionsSecrets(environment, runner, settings.bool("mask").orElse(true));
    }
}
