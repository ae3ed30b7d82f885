package dev.autosync.spi;

/**
 * A way to the outside: to a forge, a chat, a folder.
 *
 * <p>Implemented by plugins, as one or more of {@link Source}, {@link Sink}, {@link Trigger} and {@link StatusReporter}: what a connector
 * implements is what it can do. A plugin passes {@code ConnectorContract} of {@code autosync-testkit}. Threads: the engine calls one method
 * at a time, on the thread that called the engine, while it holds the workspace. A connector starts no thread that outlives a call, honours
 * interrupts, and writes below {@link ConnectorContext#stateFolder()} and nowhere else in the workspace. What it throws becomes a warning of
 * the report and an event of the history; it cannot fail a cycle.
 *
 * @since 0.1.0
 */
public interface Connector extends AutoCloseable {

    /**
     * Whether it is set up so that it can work. Changes nothing anywhere; may ask the other side.
     *
     * @return what is wrong, if anything
     * @throws ConnectorException if the other side cannot be reached
     * @throws InterruptedException if the thread was interrupted
     */
    CheckResult check() throws InterruptedException;

    /** Releases everything. Does nothing the second time. */
    @Override
    void close();
}
