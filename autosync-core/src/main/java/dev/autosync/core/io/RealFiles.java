package dev.autosync.core.io;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The files of the operating system. */
public final class RealFiles implements FilePort {
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private final Sharing sharing;

    /** The files of this machine. */
    public RealFiles() {
        this(Sharing.OF_THIS_SYSTEM);
    }

    RealFiles(Sharing sharing) {
        this.sharing = sharing;
    }

    @Override
    public Optional<FileImage> read(Path file, long maxBytes) throws IOException {
        BasicFileAttributes attributes;
        int mode = FileImage.NO_MODE;
        try {
            if (posix(file)) {
                PosixFileAttributes all = Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
                mode = mode(all.permissions());
                attributes = all;
            } else {
                attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            throw new NotRegularException(file + " is not a regular file");
        }
        int least = (int) Math.min(attributes.size(), maxBytes);
        byte[] bytes = Uninterrupted.call(() -> {
            try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
                    InputStream in = Channels.newInputStream(channel)) {
                // One byte more than allowed tells a file that is too large, or that grew meanwhile, from one that just fits.
                byte[] read = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
                if (read.length > maxBytes) {
                    throw new TooLargeException(file + " holds more than " + maxBytes + " bytes (" + least + " or more)");
                }
                return read;
            }
        });
        return Optional.of(new FileImage(bytes, mode));
    }

    @Override
    public void create(Path file, FileImage image) throws IOException {
        // createNewFile is O_EXCL, which follows no link; the stream's writes are not interruptible, unlike a channel's.
        if (!file.toFile().createNewFile()) {
            throw new IOException("Cannot create " + file + ": it exists");
        }
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(image.bytes());
        }
        if (image.mode() != FileImage.NO_MODE && posix(file)) {
            Files.setPosixFilePermissions(file, permissions(image.mode()));
        }
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        try {
            sharing.patiently(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("Cannot rename " + from + " to " + to + " in one step: they lie on different file systems", e);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        sharing.patiently(() -> Files.deleteIfExists(file));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    @Override
    public boolean deleteEmptyFolder(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    @Override
    public void force(Path file) throws IOException {
        Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
                channel.force(true);
                return true;
            }
        });
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (!posix(folder)) {
            return;
        }
        Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                return true;
            }
        });
    }

    @Override
    public AppendLog openLog(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new NotRegularException(file + " is a symbolic link");
        }
        RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw");
        raw.seek(raw.length());
        return new AppendLog() {
            @Override
            public void append(byte[] bytes) throws IOException {
                raw.write(bytes);
            }

            @Override
            public void force() throws IOException {
                raw.getFD().sync();
            }

            @Override
            public void truncate(long length) throws IOException {
                raw.setLength(length);
                raw.seek(length);
                raw.getFD().sync();
            }

            @Override
            public long length() throws IOException {
                return raw.length();
            }

            @Override
            public void close() throws IOException {
                raw.close();
            }
        };
    }

    /** The permission bits of a set of permissions. */
    static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : BITS) {
            if ((mode & (0400 >> permission.ordinal())) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
