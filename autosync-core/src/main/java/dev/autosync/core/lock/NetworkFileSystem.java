package dev.autosync.core.lock;

import dev.autosync.lock.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells disks of this machine from file systems that other machines see too. */
final class NetworkFileSystem {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkFileSystem.class);

    private NetworkFileSystem() {}

    /** Whether a folder is on a disk of this machine; if not, says that locks there are as good as the other side keeps them. */
    static boolean isLocal(Path folder) {
        String type;
        try {
            type = Files.getFileStore(folder).type();
        } catch (IOException e) {
            return false;
        }
        boolean network = ProcessLock.isNetworkFileSystem(type);
        if (network) {
            LOG.warn("The workspace {} is on a network file system ({}): whether two machines can hold it at once is up to that one;"
                    + " late writes to the history are refused by their token all the same", folder, type);
        }
        return !network;
    }
}
