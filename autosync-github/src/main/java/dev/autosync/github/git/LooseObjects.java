package dev.autosync.github.git;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;

/** Objects in files of their own, as {@code objects/12/34...}. */
final class LooseObjects {
    private static final int MAX_HEADER = 32;

    private final GitFolder folder;

    LooseObjects(GitFolder folder) {
        this.folder = folder;
    }

    boolean has(AnyObjectId id) throws IOException {
        return Files.isRegularFile(place(id), LinkOption.NOFOLLOW_LINKS);
    }

    Optional<GitObject> read(AnyObjectId id) throws IOException {
        Optional<byte[]> packed = GitFolder.readRegular(place(id), GitObject.MAX_BYTES);
        if (packed.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed.get()))) {
            String[] header = header(in).split(" ", 2);
            int length = Integer.parseInt(header[1]);
            if (length < 0 || length > GitObject.MAX_BYTES) {
                throw new CorruptObjectException("object " + id.name() + " has " + length + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length || in.read() >= 0) {
                throw new CorruptObjectException("object " + id.name() + " has another length than it says");
            }
            return Optional.of(new GitObject(id.copy(), type(header[0]), bytes));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new CorruptObjectException("object " + id.name() + " has a damaged header");
        }
    }

    private static int type(String name) throws CorruptObjectException {
        return switch (name) {
            case "commit" -> Constants.OBJ_COMMIT;
            case "tree" -> Constants.OBJ_TREE;
            case "blob" -> Constants.OBJ_BLOB;
            case "tag" -> Constants.OBJ_TAG;
            default -> throw new CorruptObjectException("an object is of an unknown type");
        };
    }

    private static String header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int c = in.read(); c > 0 && header.length() < MAX_HEADER; c = in.read()) {
            header.append((char) c);
        }
        return header.toString();
    }

    /** Writes an object unless it is there, and forces it to the disk. */
    void write(GitObject object) throws IOException {
        Path place = place(object.id());
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = Objects.requireNonNull(place.getParent());
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent);
        }
        Path temporary = parent.resolve("tmp_obj_" + Long.toHexString(System.nanoTime()));
        try {
            try (OutputStream out = new DeflaterOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)))) {
                out.write(GitObject.header(object.type(), object.bytes().length));
                out.write(object.bytes());
            }
            try (RandomAccessFile file = new RandomAccessFile(temporary.toFile(), "rw")) {
                file.getFD().sync();
            }
            temporary.toFile().setReadOnly();
            move(temporary, place);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            if (!Files.exists(to)) {
                throw e;
            }
        }
    }

    private Path place(AnyObjectId id) throws IOException {
        String name = id.name();
        return folder.file("objects/" + name.substring(0, 2) + "/" + name.substring(2));
    }
}
