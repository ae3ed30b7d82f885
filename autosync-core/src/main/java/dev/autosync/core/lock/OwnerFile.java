package dev.autosync.core.lock;

import dev.autosync.core.io.FilePort;
import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the {@link OwnerRecord} is kept.
 *
 * @param local whether that is on a disk of this machine
 */
record OwnerFile(FilePort files, Path file, boolean local) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerFile.class);

    Optional<OwnerRecord> read() {
        return OwnerRecord.read(files, file);
    }

    /** Who took the workspace last, and what has become of that process. */
    Optional<LockOwner> owner() {
        return read().map(record -> record.owner(ProcessIdentity.current().stateOf(record.process(), local)));
    }

    /** Writes the record. If that cannot be done, as on a full disk, nobody is to be named wrongly at least. */
    void write(OwnerRecord record) {
        try {
            record.write(files, file);
        } catch (IOException e) {
            LOG.debug("Cannot write {}", file, e);
            try {
                files.delete(file);
            } catch (IOException left) {
                LOG.debug("Cannot delete {}", file, left);
            }
        }
    }
}
