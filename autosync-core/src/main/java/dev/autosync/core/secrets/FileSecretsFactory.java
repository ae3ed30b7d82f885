package dev.autosync.core.secrets;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;

/** Opens providers {@code file}. Key: {@code groupMayRead}, for files that must be readable by a group; false if it is not there. */
final class FileSecretsFactory implements SecretsProviderFactory {
    static final String NAME = "file";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SecretsProvider open(PluginSettings settings) {
        return new FileSecrets(settings.bool("groupMayRead").orElse(false));
    }
}
