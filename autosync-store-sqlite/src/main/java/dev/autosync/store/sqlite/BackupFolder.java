package dev.autosync.store.sqlite;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** The folder of a backup, which is as it was when the backup fails. */
final class BackupFolder {
    private BackupFolder() {}

    /** Makes a folder, or takes an empty one, and writes a copy of the database there; nothing if there is no database. */
    static void fill(Path folder, Door door) throws InterruptedException {
        Path target = folder.toAbsolutePath();
        Deque<Path> made = new ArrayDeque<>();
        boolean complete = false;
        try {
            requireEmpty(target);
            for (Path missing = target; missing != null && !Files.exists(missing); missing = missing.getParent()) {
                made.add(missing);
            }
            Folders.create(target);
            door.passAlone("back up", tables -> {
                try {
                    Backup.write(tables.database(), DatabaseFile.in(target).path());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return null;
            });
            complete = true;
        } catch (IOException e) {
            throw failed(folder, e);
        } catch (UncheckedIOException e) {
            throw failed(folder, Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e)));
        } finally {
            if (!complete) {
                made.forEach(BackupFolder::deleteIfEmpty);
            }
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new IOException("the folder is not empty; name one that is, or one that does not exist");
            }
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Somebody has put something into it meanwhile.
        }
    }

    private static StoreException failed(Path folder, IOException cause) {
        return new StoreException(ErrorCode.STORE_FAILED, "Cannot back up to " + folder + ": " + cause, cause);
    }
}
