package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import java.util.Map;

/** Secrets in a map. */
class MapSecrets implements SecretsProvider {
    final Map<String, String> secrets;
    private volatile boolean closed;

    MapSecrets(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    @Override
    public Secret fetch(String name) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the provider was closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String value = secrets.get(name);
        if (value == null) {
            throw new SecretsException(ErrorCode.SECRET_NOT_FOUND, "Cannot fetch secret:map/" + name + ": it is not there", null);
        }
        return Secret.of(value.toCharArray());
    }

    @Override
    public void close() {
        closed = true;
    }
}
