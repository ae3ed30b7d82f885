package dev.autosync.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Keeps anybody from making files in a folder, the superuser too, until it is closed. */
record ReadOnly(Path directory, boolean immutable) implements AutoCloseable {

    static ReadOnly of(Path directory) throws IOException, InterruptedException {
        permissions(directory, "r-xr-xr-x");
        if (!canMakeFiles(directory)) {
            return new ReadOnly(directory, false);
        }
        // Permissions say nothing to the superuser, the attribute of some Linux file systems does.
        boolean immutable = run(List.of("chattr", "+i", directory.toString()));
        ReadOnly readOnly = new ReadOnly(directory, immutable);
        if (canMakeFiles(directory)) {
            readOnly.close();
            Assumptions.abort("nothing keeps this user from writing here");
        }
        return readOnly;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (immutable) {
            run(List.of("chattr", "-i", directory.toString()));
        }
        permissions(directory, "rwxr-xr-x");
    }

    private static boolean canMakeFiles(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, "probe", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void permissions(Path directory, String permissions) throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    private static boolean run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
