package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import dev.autosync.core.io.AtomicFile;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonOut;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two files of {@code .autosync/snapshots}: {@code initial_snapshot.json}, written once, for people and programs; and
 * {@code index}, a snapshot of late, a cache that may be deleted at any time.
 */
public final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final String FOLDER = "snapshots";
    private static final int MAGIC = 0x41535832;
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
            return image.isPresent() ? decode(image.get().bytes()) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("Cannot use {}; every file is read again", index(), e);
            return Optional.empty();
        }
    }

    /**
     * Remembers a snapshot, and writes the first one down for good. The index stays as it is while it is cheaper to read again what has
     * changed since than to write all of it.
     */
    public void save(Snapshot snapshot) throws IOException {
        workspace.createStateFolder(FOLDER);
        if (Files.notExists(initial())) {
            AtomicFile.write(files, initial(), json(snapshot));
        }
        if (snapshot.unsavedCost() > index().toFile().length()) {
            AtomicFile.write(files, index(), encode(snapshot));
        }
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
                .objects("files", snapshot.entries(), (file, entry) -> file
                        .text("path", entry.path())
                        .text("kind", entry.link() ? "link" : "file")
                        .number("size", entry.size())
                        .bool("executable", entry.executable())
                        .text("sha256", HexFormat.of().formatHex(entry.sha256()))));
    }

    private static byte[] encode(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + snapshot.entries().size() * 128);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeLong(snapshot.scannedAtNanos());
        out.writeUTF(snapshot.summary().contentHash());
        out.writeLong(snapshot.summary().bytes());
        out.writeInt(snapshot.entries().size());
        for (Entry entry : snapshot.entries()) {
            out.writeUTF(entry.path());
            out.writeByte((entry.link() ? 1 : 0) | (entry.executable() ? 2 : 0));
            out.writeLong(entry.size());
            out.writeLong(entry.mtimeNanos());
            out.writeUTF(entry.fileKey());
            out.writeByte(entry.sha256().length);
            out.write(entry.sha256());
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    private static Optional<Snapshot> decode(byte[] bytes) throws IOException {
        if (bytes.length < 20 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            return Optional.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        if ((int) crc.getValue() != ByteBuffer.wrap(bytes).getInt(bytes.length - 4)) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.readInt();
        long scannedAt = in.readLong();
        String contentHash = in.readUTF();
        long contentBytes = in.readLong();
        int count = in.readInt();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            int flags = in.readByte();
            entries.add(new Entry(path, (flags & 1) != 0, (flags & 2) != 0, in.readLong(), in.readLong(), in.readUTF(),
                    in.readNBytes(in.readByte())));
        }
        return Optional.of(Snapshot.saved(entries, scannedAt, SnapshotSummary.of(contentHash, count, contentBytes)));
    }
}
