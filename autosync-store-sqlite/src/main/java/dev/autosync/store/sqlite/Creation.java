package dev.autosync.store.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Makes a database under another name and gives it its own when it is complete, so that half a database never has that name. */
final class Creation {
    private Creation() {}

    /** Makes the database unless somebody else has made it meanwhile. */
    static void create(DatabaseFile file, Schema schema) throws IOException, SQLException {
        Folders.create(file.directory());
        Path draft = Files.createTempFile(file.directory(), "store", ".new");
        try {
            write(draft, schema);
            publish(draft, file.path());
        } finally {
            Files.deleteIfExists(draft);
        }
        Folders.force(file.directory());
    }

    private static void write(Path draft, Schema schema) throws SQLException {
        // To close the only connection moves everything from the log into the database, durably, and deletes the log.
        try (Database database = Database.openToWrite(draft)) {
            database.alone(() -> {
                schema.migrate(database, 0);
                return null;
            });
        }
    }

    private static void publish(Path draft, Path path) throws IOException {
        try {
            // Unlike a rename this never replaces what another process has made in the meantime.
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // Then that one is used.
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links here. A plain move looks before it renames; the engine's lock keeps others out in between.
            moveUnlessThere(draft, path);
        }
    }

    private static void moveUnlessThere(Path draft, Path path) throws IOException {
        try {
            Files.move(draft, path);
        } catch (FileAlreadyExistsException e) {
            // Then that one is used.
        }
    }
}
