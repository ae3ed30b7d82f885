package dev.autosync.history;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.internal.Core;
import dev.autosync.spi.Store;
import java.nio.file.Path;

/**
 * The history of a workspace without an engine.
 *
 * <p>Called by embedding code. Threads: no state.
 *
 * @since 0.1.0
 */
public final class Stores {
    private Stores() {}

    /**
     * Opens the store of a workspace, as the engine does when it has no settings for it. Several may read at once; append only while no cycle runs.
     *
     * @param workspace a folder
     * @param name the name of the store's plugin, for example {@code json} or {@code sqlite}
     * @return the store; whoever called closes it
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_UNKNOWN} if there is no such plugin, {@link ErrorCode#WORKSPACE_NOT_FOUND} if the workspace is
     *     no folder, or as the plugin says
     */
    public static Store open(Path workspace, String name) {
        return Core.provider().openStore(workspace, name);
    }
}
