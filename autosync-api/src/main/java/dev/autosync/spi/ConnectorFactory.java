package dev.autosync.spi;

/**
 * Opens connectors of one kind.
 *
 * <p>Implemented by plugins, with a public constructor without parameters, registered by ServiceLoader both in
 * {@code module-info.java} and in {@code META-INF/services}. Threads: called on the thread that builds the engine.
 *
 * @since 0.1.0
 */
public interface ConnectorFactory {

    /**
     * The name that configurations use as the connector's type.
     *
     * @return lower-case letters, digits and hyphens; unique; names that begin with {@code autosync-} are reserved
     */
    String name();

    /**
     * Opens a connector. Reads its settings, and asks nobody outside: that is what {@link Connector#check()} and the others do.
     *
     * @param context what the engine lends it
     * @return the connector; whoever called closes it
     */
    Connector open(ConnectorContext context);
}
