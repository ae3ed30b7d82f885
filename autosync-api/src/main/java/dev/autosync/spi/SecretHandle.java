package dev.autosync.spi;

/**
 * The way to a secret, without the secret.
 *
 * <p>Called by connectors. Threads: safe to share. Prints as its reference.
 *
 * @since 0.1.0
 */
public interface SecretHandle {

    /**
     * The reference, as configurations spell it.
     *
     * @return for example {@code secret:env/GITHUB_TOKEN}
     */
    String reference();

    /**
     * Fetches the secret: each time anew, so that one that was changed is seen.
     *
     * @return the secret; whoever called closes it
     * @throws SecretsException if it is not there or cannot be used
     * @throws InterruptedException if the thread was interrupted
     */
    Secret fetch() throws InterruptedException;
}
