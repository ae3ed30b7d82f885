package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.lock.Grants;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the store that keeps the history of a workspace give out tokens to somebody who is no engine, so that an engine from which the workspace is
 * taken records nothing more.
 */
record StoreGrants(Workspace workspace, FilePort files, Plugins<StoreFactory> stores) implements Grants {
    private static final Logger LOG = LoggerFactory.getLogger(StoreGrants.class);

    @Override
    public FencingToken grant(FencingToken atLeast) {
        try {
            Optional<String> name = StoreChoice.chosen(workspace, files);
            Optional<StoreFactory> factory = name.flatMap(of -> stores.all().stream().filter(store -> store.name().equals(of)).findFirst());
            if (factory.isPresent()) {
                try (Store store = factory.get().open(workspace.checkStateFolder("store"), JsonSection.empty())) {
                    return store.grant(atLeast);
                }
            }
        } catch (AutoSyncException e) {
            // A damaged history must not keep anybody from putting things right.
            LOG.warn("The store of {} was not told that the workspace has another holder; late writes of an earlier one may not be refused",
                    workspace.root(), e);
        }
        return atLeast;
    }
}
