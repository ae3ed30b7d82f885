package dev.autosync.spi;

import java.nio.file.Path;

/**
 * Opens stores of one kind.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that builds the engine.
 *
 * @since 0.1.0
 */
public interface StoreFactory {

    /**
     * The name that configurations use.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Opens the store.
     *
     * @param directory the folder that is the store's own; it may not exist yet
     * @param settings what the configuration says under {@code store}; the keys {@code type}, {@code mirror} and {@code retention} are the engine's
     * @return an open store; whoever called closes it
     * @throws StoreException if that could not be done; nothing was changed
     */
    Store open(Path directory, PluginSettings settings);
}
