package dev.autosync.core.snapshot;

import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two files of {@code .autosync/snapshots}: {@code initial_snapshot.json}, written once, for people and programs; and
 * {@code index}, a snapshot of late, a cache that may be deleted at any time.
 */
public final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final String FOLDER = "snapshots";
    private static final long MAX_INDEX_BYTES = 1 << 30;

    private final Workspace workspace;
    private final FilePort files;

    /** The files of a workspace. */
    public SnapshotFiles(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    /** The snapshot that was written down last; empty if there is none, or none that can be trusted. */
    public Optional<Snapshot> latest() {
        try {
            Optional<FileImage> image = files.read(index(), MAX_INDEX_BYTES);
            return image.isPresent() ? SnapshotIndex.decode(image.get().bytes(), workspace.root()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("Cannot use {}; every file is read again", index(), e);
            return Optional.empty();
        }
    }

    /**
     * Remembers a snapshot that was read from a tree, and writes the first one down for good. The index stays as it is while it is cheaper to read again
     * what has changed since than to write all of it.
     *
     * @return the same snapshot, which knows how much of it is written down
     */
    public Snapshot save(Snapshot snapshot) throws IOException {
        workspace.createStateFolder(FOLDER);
        if (Files.notExists(initial())) {
            AtomicFile.write(files, initial(), json(snapshot));
        }
        if (snapshot.unsavedCost() <= index().toFile().length()) {
            return snapshot;
        }
        AtomicFile.write(files, index(), SnapshotIndex.encode(snapshot));
        return snapshot.withoutCost();
    }

    /** Where the first snapshot is. */
    public Path initial() {
        return workspace.state(FOLDER).resolve("initial_snapshot.json");
    }

    private Path index() {
        return workspace.state(FOLDER).resolve("index");
    }

    private static String json(Snapshot snapshot) {
        Instant takenAt = Instant.ofEpochSecond(0, snapshot.scannedAtNanos());
        return JsonOut.text(out -> out
                .number("version", 1)
                .text("takenAt", takenAt.toString())
                .text("contentHash", snapshot.summary().contentHash())
                .number("bytes", snapshot.summary().bytes())
                .objects("files", snapshot.entries(), SnapshotFiles::json));
    }

    private static void json(JsonOut file, Entry entry) {
        file.text("path", entry.path())
                .text("kind", entry.type().name().toLowerCase(Locale.ROOT))
                .number("size", entry.size())
                .bool("executable", entry.executable());
        if (entry.hashed()) {
            file.text("sha256", HexFormat.of().formatHex(entry.sha256()));
        }
    }
}
