package dev.autosync.core.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code .autosync/owner.json}: who took the workspace last, and under which token. It lies beside the lock file, never in it, because
 * closing any descriptor of a locked file frees the lock (POSIX).
 */
record OwnerRecord(ProcessIdentity process, String phase, Instant since, long token) {
    private static final long MAX_BYTES = 64 << 10;

    /** No workspace is granted more often than that; a record that says so would leave no higher token for the next grant. */
    private static final long MAX_TOKEN = 1L << 60;

    /** Writes the record. It is for messages, and for the token of a workspace without a store: not worth a forced write. */
    void write(FilePort files, Path file) throws IOException {
        AtomicFile.write(files, file, JsonOut.text(out -> out
                .number("version", 1)
                .text("host", process.host())
                .text("bootId", process.bootId())
                .text("pidNamespace", process.namespace())
                .number("pid", process.pid())
                .number("startTick", process.startTick())
                .text("phase", phase)
                .text("since", since.toString())
                .number("token", token)));
    }

    /** Reads the record; empty if there is none, or if it cannot be made sense of. */
    static Optional<OwnerRecord> read(FilePort files, Path file) {
        try {
            Optional<FileImage> image = files.read(file, MAX_BYTES);
            if (image.isEmpty()) {
                return Optional.empty();
            }
            JsonSection json = JsonSection.of(JsonText.parse(new String(image.get().bytes(), StandardCharsets.UTF_8), file.toString(),
                    ErrorCode.CONFIG_SYNTAX));
            ProcessIdentity process = new ProcessIdentity(json.requiredString("host"), json.requiredString("bootId"),
                    json.requiredString("pidNamespace"), number(json, "pid", Long.MAX_VALUE), number(json, "startTick", Long.MAX_VALUE));
            return Optional.of(new OwnerRecord(process, json.requiredString("phase"), Instant.parse(json.requiredString("since")),
                    number(json, "token", MAX_TOKEN)));
        } catch (IOException | AutoSyncException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The record as callers see it. */
    LockOwner owner(LockOwner.State state) {
        return LockOwner.of(process.host(), process.pid(), phase, since, state);
    }

    private static long number(JsonSection json, String key, long most) {
        return json.integer(key, -1, most).orElseThrow(() -> json.missing(key));
    }
}
