package dev.autosync.spi;

/**
 * Fetches secrets from one place.
 *
 * <p>Implemented by plugins; a plugin passes {@code SecretsProviderContract} of {@code autosync-testkit}. Threads: may be called from several at
 * once. It keeps no secret longer than it must, and puts none into messages, logs or files.
 *
 * @since 0.1.0
 */
public interface SecretsProvider extends AutoCloseable {

    /**
     * Fetches a secret.
     *
     * @param name what stands in the reference behind the provider's name and a slash
     * @return the secret; whoever called closes it
     * @throws SecretsException with {@code SECRET_NOT_FOUND} or {@code SECRET_UNUSABLE}, or {@code SECRET_REFERENCE} if no secret of this
     *     place may be called so; the message names the place, never the secret
     * @throws InterruptedException if the thread was interrupted
     */
    Secret fetch(String name) throws InterruptedException;

    /** Releases everything. Does nothing the second time. */
    @Override
    void close();
}
