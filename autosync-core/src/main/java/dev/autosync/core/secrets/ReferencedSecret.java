package dev.autosync.core.secrets;

import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;

/** A handle that knows its reference and how to fetch. */
final class ReferencedSecret implements SecretHandle {
    private final SecretReference reference;
    private final Fetch fetch;

    ReferencedSecret(SecretReference reference, Fetch fetch) {
        this.reference = reference;
        this.fetch = fetch;
    }

    @Override
    public String reference() {
        return reference.toString();
    }

    @Override
    public Secret fetch() throws InterruptedException {
        return fetch.fetch();
    }

    @Override
    public String toString() {
        return reference();
    }

    /** Fetches the secret, each time anew. */
    interface Fetch {
        Secret fetch() throws InterruptedException;
    }
}
