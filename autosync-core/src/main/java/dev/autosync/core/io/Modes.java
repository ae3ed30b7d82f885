package dev.autosync.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a file system keeps the right to execute. Windows has none; FAT and exFAT, and NTFS as Linux mounts it, answer with the same
 * permissions for every file, whatever was set.
 */
final class Modes {
    private static final Logger LOG = LoggerFactory.getLogger(Modes.class);

    private Modes() {}

    /**
     * Tries it out with a file of the engine's own; what cannot be tried is taken to keep it.
     *
     * @param root what is asked about
     * @param stateFolder where it is tried; on another file system it would say nothing
     */
    static boolean kept(Path root, Path stateFolder) {
        if (!root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        if (!Workspace.sharesFileSystem(stateFolder, root)) {
            return true;
        }
        Path probe = stateFolder.resolve(RealFiles.STAGED + "mode-" + UUID.randomUUID());
        try {
            Files.createFile(probe, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                return !executable(probe) && setExecutable(probe);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            LOG.debug("Cannot try out whether {} keeps permissions", stateFolder, e);
            return true;
        }
    }

    private static boolean setExecutable(Path probe) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_EXECUTE);
        permissions.addAll(Files.getPosixFilePermissions(probe));
        try {
            Files.setPosixFilePermissions(probe, permissions);
        } catch (NoSuchFileException e) {
            throw e; // a recovery has cleared it away
        } catch (IOException e) {
            return false;
        }
        return executable(probe);
    }

    private static boolean executable(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
