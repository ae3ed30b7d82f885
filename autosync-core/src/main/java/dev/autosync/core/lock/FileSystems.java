package dev.autosync.core.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.ProcessLock;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees that a workspace lies on one disk of this machine, where locks hold and renames are one step. */
final class FileSystems {
    private static final Logger LOG = LoggerFactory.getLogger(FileSystems.class);

    private final boolean networkAllowed;
    private final Stores stores;

    /**
     * What file systems are asked.
     *
     * @param networkAllowed whether the locks of a network file system are relied upon
     */
    FileSystems(boolean networkAllowed) {
        this(networkAllowed, folder -> Mount.of(Files.getFileStore(folder)));
    }

    FileSystems(boolean networkAllowed, Stores stores) {
        this.networkAllowed = networkAllowed;
        this.stores = stores;
    }

    /** Tells on which file system a folder lies. */
    interface Stores {
        Mount of(Path folder) throws IOException;
    }

    /**
     * A file system.
     *
     * @param name what tells it from others
     * @param type what kind it is
     */
    record Mount(String name, String type) {
        static Mount of(FileStore store) {
            return new Mount(store.toString(), store.type());
        }
    }

    /** Whether a folder is on a disk of this machine. */
    boolean isLocal(Path folder) {
        try {
            return !ProcessLock.isNetworkFileSystem(stores.of(folder).type());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Refuses a workspace before anything of it is changed.
     *
     * @throws AutoSyncException {@link ErrorCode#FILE_SYSTEM}
     */
    void check(Workspace workspace) {
        try {
            Mount mount = stores.of(workspace.root());
            if (ProcessLock.isNetworkFileSystem(mount.type())) {
                if (!networkAllowed) {
                    throw new AutoSyncException(ErrorCode.FILE_SYSTEM, "Cannot work in " + workspace.root() + ": it lies on a network file system ("
                            + mount.type() + "), where two machines may both be told that they hold it. Use a folder on a disk of this machine;"
                            + " or, if the locks of that file system are known to hold, set lock.networkFileSystem to true");
                }
                LOG.warn("The workspace {} is on a network file system ({}): whether two machines can hold it at once is up to that one;"
                        + " late writes to the history are refused by their token all the same", workspace.root(), mount.type());
            }
            Path state = workspace.root().resolve(Workspace.STATE_FOLDER);
            if (Files.isDirectory(state) && !stores.of(state).name().equals(mount.name())) {
                throw new AutoSyncException(ErrorCode.FILE_SYSTEM, "Cannot work in " + workspace.root() + ": " + state
                        + " lies on another file system, from which nothing can be renamed in one step. Remove the mount");
            }
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot tell on which file system " + workspace.root() + " lies: " + e, e);
        }
    }
}
