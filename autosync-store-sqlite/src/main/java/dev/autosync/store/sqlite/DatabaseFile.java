package dev.autosync.store.sqlite;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;

/**
 * The file of a store, and what can be said about it when something is wrong.
 *
 * <p>It is never opened here, only looked at: to close any descriptor of it would drop the locks of SQLite in this process (POSIX).
 *
 * @param directory the folder that it is in
 */
record DatabaseFile(Path directory) {
    private static final String RESTORE = "; restore it from a copy, or move it and its -wal file away: the history then begins anew, "
            + "the workspace is not concerned";

    /** The file system's identity of the file; null where it has none. */
    record Identity(@Nullable Object key) {}

    static DatabaseFile in(Path directory) {
        return new DatabaseFile(directory.toAbsolutePath());
    }

    Path path() {
        return directory.resolve("store.db");
    }

    Path writeAheadLog() {
        return directory.resolve("store.db-wal");
    }

    /** What the database and its log take on the disk, in bytes; 0 if there is none. */
    long bytes() {
        return size(path()) + size(writeAheadLog());
    }

    /** The same of the log alone. */
    long logBytes() {
        return size(writeAheadLog());
    }

    private long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw failed("measure", e);
        }
    }

    /** Refuses work for which the file system has not enough room. */
    static void requireRoom(Path directory, long bytes) throws IOException {
        long usable = Files.getFileStore(directory).getUsableSpace();
        if (usable < bytes) {
            throw new IOException("that takes " + bytes + " bytes in " + directory + ", of which " + usable + " are free; make room on the disk");
        }
    }

    /** Which file is there; null if there is none. Refuses what can be no database of ours, or only a part of one. */
    @Nullable Identity find() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(), BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                // A link that came with the folder could lead anywhere, and to open a named pipe would wait for ever.
                throw foreign("it is no regular file");
            }
            if (attributes.size() == 0) {
                throw damaged("it is empty, which no crash leaves behind");
            }
            return new Identity(attributes.fileKey());
        } catch (NoSuchFileException e) {
            requireNoRemains();
            return null;
        } catch (IOException e) {
            throw failed("open", e);
        }
    }

    /** A log left alone would be played into the next database of this name. */
    private void requireNoRemains() {
        if (Files.exists(writeAheadLog(), NOFOLLOW_LINKS)) {
            throw damaged("it is gone, while " + writeAheadLog().getFileName() + " is there");
        }
        if (Files.exists(directory, NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
            throw failed("open", new IOException(directory + " is no folder"));
        }
    }

    StoreException foreign(String why) {
        return new StoreException(ErrorCode.STORE_FOREIGN, "Cannot use " + path() + ": " + why
                + "; it was left as it is. Move it away, or give the store a folder of its own", null);
    }

    StoreException newer(int version, int known) {
        return new StoreException(ErrorCode.STORE_VERSION, "Cannot use " + path() + ": its schema has version " + version
                + ", this AutoSync knows versions up to " + known + "; it was left as it is. Use the version that wrote it, or a later one",
                null);
    }

    StoreException damaged(String why) {
        return damaged(why, null);
    }

    StoreException failed(String what, IOException cause) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + " " + path() + ": " + cause, cause);
    }

    StoreException failed(String why) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + path() + ": " + why, null);
    }

    /** What SQLite's answer means for the user of a store. */
    StoreException failed(String what, SQLException cause) {
        if (cause.getCause() instanceof NativeLibraryNotFoundException) {
            return nativeLibraryMissing(cause.getCause());
        }
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(cause.getErrorCode() & 0xff);
        return switch (code) {
            case SQLITE_CORRUPT -> damaged(String.valueOf(cause.getMessage()), cause);
            case SQLITE_NOTADB -> new StoreException(ErrorCode.STORE_FOREIGN, foreign("it is no SQLite database").getMessage(), cause);
            case SQLITE_BUSY -> failed(what, cause, "; another process was writing all the time, try again");
            case SQLITE_FULL -> failed(what, cause, "; make room on the disk");
            case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM -> failed(what, cause,
                    "; SQLite must be able to read and write all files of the folder, and to make new ones, even to read");
            default -> failed(what, cause, "");
        };
    }

    StoreException nativeLibraryMissing(Throwable cause) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + path() + ": SQLite's native library could not be loaded: " + cause
                + "; it is unpacked into the temporary folder, which must be writable and not mounted noexec: set the system property"
                + " org.sqlite.tmpdir to another folder, or use the json store", cause);
    }

    private StoreException failed(String what, SQLException cause, String advice) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot " + what + " " + path() + ": " + cause.getMessage() + advice, cause);
    }

    private StoreException damaged(String why, @Nullable Throwable cause) {
        return new StoreException(ErrorCode.STORE_DAMAGED, "Cannot go on with " + path() + ": " + why + RESTORE, cause);
    }
}
