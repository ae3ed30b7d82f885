package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.lock.FileWorkspaceLock;
import dev.autosync.core.lock.Lease;
import dev.autosync.history.StoreCopy;
import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.retry.Deadline;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which kind of store keeps the history of a workspace. When the configuration names another one, the history moves with it: without
 * that, what has landed would be forgotten, and land again.
 */
final class StoreChoice {
    private static final Logger LOG = LoggerFactory.getLogger(StoreChoice.class);
    private static final String NAME = "store.json";

    private final Workspace workspace;
    private final FilePort files;
    private final FileWorkspaceLock lock;
    private final Duration lockWait;

    StoreChoice(Workspace workspace, FilePort files, FileWorkspaceLock lock, Duration lockWait) {
        this.workspace = workspace;
        this.files = files;
        this.lock = lock;
        this.lockWait = lockWait;
    }

    /**
     * What was written down.
     *
     * @param type which kind of store keeps the history
     * @param left the kind that an engine was asked to leave: naming it does not bring the history back
     */
    private record Chosen(String type, Optional<String> left) {

        boolean hasLeft(String name) {
            return !type.equals(name) && left.filter(name::equals).isPresent();
        }
    }

    /**
     * A store that was opened.
     *
     * @param name which kind
     * @param stayed whether it is not the one that was named, which the engine was asked to leave
     */
    record Opened(String name, Store store, boolean stayed) {}

    /**
     * Opens a store, with the history in it that another one has kept so far.
     *
     * @param name what the configuration names
     * @param opener opens it
     * @param known every kind of store that is there
     */
    Opened open(String name, Supplier<Store> opener, Plugins<StoreFactory> known) {
        Optional<Chosen> written = read(workspace, files);
        if (written.isPresent() && written.get().hasLeft(name)) {
            String type = written.get().type();
            StoreFactory factory = known.get(type, message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, "Cannot open the history of "
                    + workspace.root() + ": it is in the store '" + type + "', to which it was moved from '" + name + "', and " + message));
            return new Opened(type, factory.open(workspace.checkStateFolder("store"), JsonSection.empty()), true);
        }
        Optional<String> chosen = written.map(Chosen::type);
        Store store = opener.get();
        try {
            Optional<String> before = chosen.isPresent() || hasHistory(store) ? chosen : found(name, known);
            if (before.isPresent() && !before.get().equals(name)) {
                move(before.get(), name, store, known);
            } else if (chosen.isEmpty() && !choose(name)) {
                // Another engine was first, and may have recorded something since.
                move(chosen().orElse(name), name, store, known);
            }
            return new Opened(name, store, false);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Sees that the history is still where it was when the engine was opened. To be called by who holds the workspace.
     *
     * @param current the store that the engine works with
     * @param named the one that was named when it was built: if that is where the history is, the one that was left may be named again
     * @throws StoreException if another engine has moved it
     */
    void check(String current, String named) {
        Optional<Chosen> chosen = read(workspace, files);
        if (chosen.isPresent() && !chosen.get().type().equals(current)) {
            throw moved(current, chosen.get().type());
        }
        if (chosen.isPresent() && chosen.get().left().isPresent() && named.equals(chosen.get().type())) {
            remember(named);
        }
    }

    /** Writes down that the history is in another store now, and that naming the old one does not bring it back. To be called by who holds the workspace. */
    void leave(String left, String to) {
        remember(to, left);
    }

    private StoreException moved(String name, String to) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot go on with the history of " + workspace.root() + " in the store '" + name
                + "': another engine has moved it to '" + to + "'. Open the engine again, with that store", null);
    }

    private Optional<String> chosen() {
        return chosen(workspace, files);
    }

    /** Which kind of store keeps the history; empty if nobody wrote that down. */
    static Optional<String> chosen(Workspace workspace, FilePort files) {
        return read(workspace, files).map(Chosen::type);
    }

    private static Optional<Chosen> read(Workspace workspace, FilePort files) {
        return JsonFile.read(files, workspace.state(NAME), Workspace.STATE_FOLDER + "/" + NAME)
                .map(json -> new Chosen(json.version(1).requiredString("type"), json.string("left")));
    }

    /** Another store that has a history here, where nobody wrote down which one it is. */
    private Optional<String> found(String name, Plugins<StoreFactory> known) {
        for (StoreFactory factory : known.all()) {
            if (!factory.name().equals(name)) {
                try (Store other = factory.open(workspace.checkStateFolder("store"), JsonSection.empty())) {
                    if (hasHistory(other)) {
                        return Optional.of(factory.name());
                    }
                } catch (AutoSyncException e) {
                    LOG.debug("Nothing to move from the store '{}'", factory.name(), e);
                }
            }
        }
        return Optional.empty();
    }

    /** Moves a history, if it is not there already. */
    private void move(String before, String name, Store store, Plugins<StoreFactory> known) {
        if (before.equals(name)) {
            return;
        }
        StoreFactory factory = known.get(before, message -> new AutoSyncException(ErrorCode.PLUGIN_UNKNOWN, "Cannot move the history of "
                + workspace.root() + " to '" + name + "': it is in the store '" + before + "', and " + message));
        try (Store old = factory.open(workspace.checkStateFolder("store"), JsonSection.empty());
                Lease lease = lock.acquire(Deadline.in(lockWait), atLeast -> highest(atLeast, old, store))) {
            String now = chosen().orElse(before);
            if (now.equals(name)) {
                // Another engine has moved it meanwhile, and may have gone on there.
                return;
            }
            if (!now.equals(before)) {
                throw moved(before, now);
            }
            StoreCopy copy = Stores.copy(old, store);
            remember(name);
            LOG.info("The history of {} has moved from the store '{}' to '{}': {} events", workspace.root(), before, name, copy.events());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AutoSyncException(ErrorCode.WORKSPACE_BUSY, "Cannot move the history of " + workspace.root() + " from '" + before + "' to '"
                    + name + "': interrupted while waiting for the workspace. Open the engine again", e);
        }
    }

    /** Whether anything was ever written; a token may be there without. */
    private static boolean hasHistory(Store store) {
        return !store.read(EventQuery.all().latest(1)).isEmpty();
    }

    /** A token that neither store has seen. Neither grants it: what is moved carries the tokens that it was written under. */
    private static FencingToken highest(FencingToken atLeast, Store one, Store other) {
        return new FencingToken(Math.max(atLeast.value(), 1 + Math.max(token(one), token(other))));
    }

    private static long token(Store store) {
        return store.lastToken().map(FencingToken::value).orElse(0L);
    }

    private void remember(String name) {
        remember(name, null);
    }

    private void remember(String name, @Nullable String left) {
        // An old choice that comes back after a power cut would bring back a store that lacks what was recorded since.
        writing(() -> AtomicFile.writeDurably(files, workspace.state(NAME), image(name, left)));
    }

    /** Writes the choice down where there is none; false if somebody else was first. */
    private boolean choose(String name) {
        boolean[] first = new boolean[1];
        writing(() -> first[0] = AtomicFile.createDurably(files, workspace.state(NAME), image(name, null)));
        return first[0];
    }

    private static FileImage image(String name, @Nullable String left) {
        String text = JsonOut.text(out -> {
            out.number("version", 1).text("type", name);
            if (left != null) {
                out.text("left", left);
            }
        });
        return new FileImage(text.getBytes(StandardCharsets.UTF_8), FileImage.NO_MODE);
    }

    private void writing(FilePort.Work work) {
        try {
            workspace.createState();
            work.run();
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot write down which store keeps the history of " + workspace.root() + ": " + e
                    + ". Check permissions and space", e);
        }
    }
}
