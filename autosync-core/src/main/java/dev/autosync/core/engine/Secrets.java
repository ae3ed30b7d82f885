package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.Location;
import dev.autosync.core.secrets.Redactor;
import dev.autosync.core.secrets.SecretReferences;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import java.util.ArrayList;
import java.util.List;

/** The secrets that the connectors of an engine refer to, and what keeps them out of texts. */
final class Secrets implements AutoCloseable {
    private final SecretReferences references;
    private final Redactor redactor;
    private final List<SecretHandle> handles = new ArrayList<>();

    Secrets(SecretReferences references, Redactor redactor) {
        this.references = references;
        this.redactor = redactor;
    }

    /** The way to a secret, which is remembered. */
    SecretHandle handle(String reference, Location place) {
        SecretHandle handle = references.handle(reference, place);
        handles.add(handle);
        return handle;
    }

    /**
     * Fetches every secret once, so that the redactor knows it.
     *
     * @return what could not be fetched, one line each
     */
    List<String> fetchAll() throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (SecretHandle handle : handles) {
            try (Secret secret = handle.fetch()) {
                continue;
            } catch (AutoSyncException e) {
                missing.add(e.getMessage());
            }
        }
        return missing;
    }

    Redactor redactor() {
        return redactor;
    }

    @Override
    public void close() {
        references.close();
    }
}
