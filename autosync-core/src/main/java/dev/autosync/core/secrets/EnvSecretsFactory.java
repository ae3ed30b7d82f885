package dev.autosync.core.secrets;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;
import java.util.Map;
import java.util.Set;

/** Opens providers {@code env}. Key: {@code allow}, the variables that may be referred to; any if it is not there. */
final class EnvSecretsFactory implements SecretsProviderFactory {
    static final String NAME = "env";

    private final Map<String, String> environment;

    EnvSecretsFactory(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SecretsProvider open(PluginSettings settings) {
        return new EnvSecrets(environment, Set.copyOf(settings.strings("allow")));
    }
}
