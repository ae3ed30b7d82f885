package dev.autosync.core.secrets;

import dev.autosync.ErrorCode;
import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import org.jspecify.annotations.Nullable;

/** What AutoSync's own providers have in common: they honour interrupts, and fetch nothing once closed. */
abstract class BuiltInSecrets implements SecretsProvider {
    private static final int MAX_NAME = 300;

    private final String provider;
    private volatile boolean closed;

    BuiltInSecrets(String provider) {
        this.provider = provider;
    }

    @Override
    public final Secret fetch(String name) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the secrets provider " + provider + " was closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a secret was fetched");
        }
        return read(name);
    }

    @Override
    public final void close() {
        closed = true;
    }

    @Override
    public final String toString() {
        return "the secrets provider " + provider;
    }

    abstract Secret read(String name) throws InterruptedException;

    final SecretsException noReference(String name, String why) {
        return refused(ErrorCode.SECRET_REFERENCE, name, why, null);
    }

    final SecretsException notFound(String name, String why) {
        return refused(ErrorCode.SECRET_NOT_FOUND, name, why, null);
    }

    final SecretsException unusable(String name, String why, @Nullable Throwable cause) {
        return refused(ErrorCode.SECRET_UNUSABLE, name, why, cause);
    }

    private SecretsException refused(ErrorCode code, String name, String why, @Nullable Throwable cause) {
        return new SecretsException(code, "Cannot fetch secret:" + provider + "/" + Untrusted.line(name, MAX_NAME) + ": " + why, cause);
    }
}
