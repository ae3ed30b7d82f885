package dev.autosync.examples.dropbox;

import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.ConnectorFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens connectors that take patches from one folder and drop reports into another, under the name {@code drop-box}.
 *
 * <p>Settings: {@code inbox} and {@code outbox}, folders that are there, absolute or relative to the workspace. Both must be given.
 *
 * @since 0.1.0
 */
public final class DropBoxConnectorFactory implements ConnectorFactory {

    /** Called by ServiceLoader. */
    public DropBoxConnectorFactory() {}

    @Override
    public String name() {
        return "drop-box";
    }

    @Override
    public Connector open(ConnectorContext context) {
        return new DropBox(new Inbox(folder(context, "inbox")), new Outbox(folder(context, "outbox")));
    }

    private static Path folder(ConnectorContext context, String key) {
        String text = context.settings().string(key).filter(t -> !t.isBlank())
                .orElseThrow(() -> context.settings().invalid(key, "must name a folder"));
        try {
            return context.workspace().resolve(text);
        } catch (InvalidPathException e) {
            throw context.settings().invalid(key, "cannot be the name of a folder");
        }
    }
}
