package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.text.Untrusted;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.StoreMove;
import dev.autosync.history.Stores;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the history of an engine to another kind of store while the engine is open.
 *
 * <p>First all of it is copied and compared, then one small file says that the history is there: killed before, the engine opens the old store;
 * killed after, the new one, whichever is named. Only then the configuration is changed.
 */
final class StoreMover {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMover.class);

    private final Workspace workspace;
    private final CurrentStore current;
    private final StoreChoice choice;
    private final Plugins<StoreFactory> known;
    private final Optional<ConfiguredStore> configured;
    private final @Nullable String namedInCode;

    /**
     * A mover.
     *
     * @param configured where the store is named, if a configuration file was read
     * @param namedInCode the store that the program names, which goes before what the file says; null if it names none
     */
    StoreMover(Workspace workspace, CurrentStore current, StoreChoice choice, Plugins<StoreFactory> known, Optional<ConfiguredStore> configured,
            @Nullable String namedInCode) {
        this.workspace = workspace;
        this.current = current;
        this.choice = choice;
        this.known = known;
        this.configured = configured;
        this.namedInCode = namedInCode;
    }

    /** The plugin of a store. */
    StoreFactory factory(String name) {
        return known.get(name, message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, "Cannot move the history of " + workspace.root()
                + " from the store '" + current.name() + "': " + message));
    }

    /**
     * Moves it.
     *
     * @param factory where to
     * @param lease of the workspace
     */
    StoreMove move(StoreFactory factory, Lease lease) throws InterruptedException {
        String from = current.name();
        String to = factory.name();
        StoreCopy copy = from.equals(to) ? null : copy(from, factory, lease);
        if (namedInCode != null) {
            return StoreMove.of(from, to, copy, false, namedInCode.equals(to) ? null
                    : "the program names the store '" + namedInCode + "'; let it name '" + to + "'");
        }
        try {
            return StoreMove.of(from, to, copy, configured.isPresent() && configured.get().rename(to), null);
        } catch (IOException e) {
            LOG.warn("The history has moved, but {} still names another store than '{}'", CoreConfig.NAME, to, e);
            return StoreMove.of(from, to, copy, false, CoreConfig.NAME + " could not be changed: " + Untrusted.line(String.valueOf(e.getMessage()), 500)
                    + "; name the store '" + to + "' there");
        }
    }

    private StoreCopy copy(String from, StoreFactory factory, Lease lease) throws InterruptedException {
        Store next = factory.open(workspace.checkStateFolder("store"), JsonSection.empty());
        try {
            StoreCopy copy = Stores.copy(current, next);
            lease.verify();
            choice.leave(from, factory.name());
            current.replace(factory.name(), next);
            LOG.info("The history of {} has moved from the store '{}' to '{}': {} events", workspace.root(), from, factory.name(), copy.events());
            return copy;
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!current.name().equals(factory.name())) {
                next.close();
            }
            throw e;
        }
    }
}
