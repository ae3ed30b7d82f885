package dev.autosync.testkit;

import dev.autosync.spi.SecretsProvider;
import java.util.Map;

class MapSecretsTest extends SecretsProviderContract {

    @Override
    protected SecretsProvider open(String canary) {
        return new MapSecrets(Map.of("token", canary));
    }

    @Override
    protected String name() {
        return "token";
    }

    @Override
    protected String missingName() {
        return "tokens";
    }
}
