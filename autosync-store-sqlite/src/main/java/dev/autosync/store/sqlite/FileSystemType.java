package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.lock.ProcessLock;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says on what kind of file system a folder lies, so that a test can say something else. */
interface FileSystemType {
    FileSystemType REAL = directory -> Files.getFileStore(directory).type();

    /**
     * The type.
     *
     * @param directory a folder that exists
     */
    String of(Path directory) throws IOException;

    /** Refuses a folder on which write-ahead mode would damage the database some day. */
    default void requireLocal(Path directory) {
        String type = typeOf(directory);
        if (ProcessLock.isNetworkFileSystem(type)) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + directory + " for an SQLite store: it is on a network file system ("
                    + type + "), where processes on several machines would not see each other's locks and memory and damage the database."
                    + " Use the json store, or a workspace on a local disk", null);
        }
    }

    private String typeOf(Path directory) {
        Path existing = directory.toAbsolutePath();
        if (String.valueOf(existing.getRoot()).startsWith("\\\\")) {
            return "smb";
        }
        try {
            while (!Files.isDirectory(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return of(existing);
        } catch (IOException e) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot tell the file system of " + directory + ": " + e, e);
        }
    }
}
