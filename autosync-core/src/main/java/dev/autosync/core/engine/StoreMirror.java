package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.history.Stores;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;

/** The copy of the history that is kept as JSON beside another kind of store. Open only while it is brought up to date. */
record StoreMirror(Workspace workspace, StoreFactory factory) {
    /** The kind of store that it is. */
    static final String KIND = "json";

    static final String FOLDER = "store/mirror";

    static StoreMirror of(Workspace workspace, Plugins<StoreFactory> known) {
        return new StoreMirror(workspace, known.get(KIND, message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN,
                "Cannot keep a mirror of the history of " + workspace.root() + ": " + message
                        + ". It comes with the dependency dev.autosync:autosync-store-json")));
    }

    /** Brings it up to date. */
    void follow(Store source) throws InterruptedException {
        workspace.createStateFolder("store");
        try (Store copy = factory.open(workspace.checkStateFolder(FOLDER), JsonSection.empty())) {
            Stores.mirror(source, copy);
        }
    }
}
