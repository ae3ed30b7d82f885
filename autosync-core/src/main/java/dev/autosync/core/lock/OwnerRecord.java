package dev.autosync.core.lock;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.json.JsonOut;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.text.Untrusted;
import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code .autosync/owner.json}: who took the workspace last, and what it is doing. It lies beside the lock file, never in it, because
 * closing any descriptor of a locked file frees the lock (POSIX).
 *
 * @param phase what the process says it is doing
 * @param since when it took the workspace
 * @param lastSign when it last wrote the record
 * @param token under which grant
 */
record OwnerRecord(ProcessIdentity process, String phase, Instant since, Instant lastSign, long token) {
    private static final long MAX_BYTES = 64 << 10;
    private static final int MAX_CHARS = 100;

    /** The record of the same grant, a little later. */
    OwnerRecord next(String phase, Instant now) {
        return new OwnerRecord(process, phase, since, now, token);
    }

    /** Writes the record. It is for messages alone: not worth a forced write. */
    void write(FilePort files, Path file) throws IOException {
        AtomicFile.write(files, file, JsonOut.text(out -> out
                .number("version", 2)
                .text("host", process.host())
                .text("bootId", process.bootId())
                .text("pidNamespace", process.namespace())
                .number("pid", process.pid())
                .number("start", process.start())
                .text("phase", phase)
                .text("since", since.toString())
                .text("lastSign", lastSign.toString())
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
            ProcessIdentity process = new ProcessIdentity(Untrusted.line(json.requiredString("host"), MAX_CHARS), json.requiredString("bootId"),
                    json.requiredString("pidNamespace"), number(json, "pid"), number(json, "start"));
            return Optional.of(new OwnerRecord(process, Untrusted.line(json.requiredString("phase"), MAX_CHARS), Instant.parse(json.requiredString("since")),
                    Instant.parse(json.requiredString("lastSign")), number(json, "token")));
        } catch (IOException | AutoSyncException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The record as callers see it. */
    LockOwner owner(LockOwner.State state) {
        return LockOwner.of(process.host(), process.pid(), phase, since, lastSign, state);
    }

    private static long number(JsonSection json, String key) {
        return json.integer(key, -1, Long.MAX_VALUE).orElseThrow(() -> json.missing(key));
    }
}
