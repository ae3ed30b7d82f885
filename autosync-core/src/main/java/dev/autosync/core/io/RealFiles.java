package dev.autosync.core.io;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the operating system. Below a root, no step of a path is ever followed through a symbolic link, not even when somebody puts one there
 * between two calls.
 */
public final class RealFiles implements FilePort {
    /** What the names of things begin with that are being made in the engine's own folder; a killed process leaves them there. */
    public static final String STAGED = ".as~";

    private static final Logger LOG = LoggerFactory.getLogger(RealFiles.class);
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private final @Nullable Path root;
    private final Sharing sharing;
    private volatile int kept;
    private volatile @Nullable Boolean modes;
    private final ThreadLocal<@Nullable OpenFolders> open = new ThreadLocal<>();

    /** The files of this machine, whose folders are trusted. */
    public RealFiles() {
        this(null, Sharing.OF_THIS_SYSTEM);
    }

    /**
     * The files of this machine.
     *
     * @param root a real path below which no folder is trusted
     */
    public RealFiles(Path root) {
        this(root, Sharing.OF_THIS_SYSTEM);
    }

    RealFiles(@Nullable Path root, Sharing sharing) {
        this.root = root;
        this.sharing = sharing;
    }

    @Override
    public Image look(Path file, long maxBytes) throws IOException {
        try {
            return in(file, (folder, name) -> look(folder, name, file, maxBytes));
        } catch (NoSuchFileException e) {
            return Image.ABSENT;
        }
    }

    private Image look(OpenFolder folder, Path name, Path file, long maxBytes) throws IOException {
        BasicFileAttributes attributes;
        int mode = FileImage.NO_MODE;
        if (posix(file)) {
            PosixFileAttributes all = folder.view(name, PosixFileAttributeView.class).readAttributes();
            mode = keepsModes() ? FileImage.mode(all.permissions()) : FileImage.NO_MODE;
            attributes = all;
        } else {
            attributes = folder.view(name, BasicFileAttributeView.class).readAttributes();
        }
        if (attributes.isSymbolicLink()) {
            return new Image.Link(PathText.of(Files.readSymbolicLink(file)));
        }
        if (attributes.isDirectory()) {
            return new Image.Folder(mode);
        }
        if (!attributes.isRegularFile()) {
            throw new NotRegularException(file + " is not a regular file");
        }
        if (attributes.size() > maxBytes) {
            throw new TooLargeException(file + " holds " + attributes.size() + " bytes, more than " + maxBytes);
        }
        return new FileImage(bytes(folder, name, file, maxBytes), mode);
    }

    private static byte[] bytes(OpenFolder folder, Path name, Path file, long maxBytes) throws IOException {
        return Uninterrupted.call(() -> {
            try (SeekableByteChannel channel = folder.channel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
                    InputStream in = Channels.newInputStream(channel)) {
                // One byte more than allowed tells a file that grew meanwhile from one that just fits.
                byte[] read = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
                if (read.length > maxBytes) {
                    throw new TooLargeException(file + " holds more than " + maxBytes + " bytes");
                }
                return read;
            }
        });
    }

    @Override
    public void create(Path file, FileImage image) throws IOException {
        in(file, (folder, name) -> {
            boolean[] ours = {false};
            FileAttribute<?>[] born = image.mode() == FileImage.NO_MODE || !posix(file) || !keepsModes() ? new FileAttribute<?>[0]
                    : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(image.mode()))};
            return Uninterrupted.call(() -> {
                if (ours[0]) {
                    // An interrupt has closed it half written.
                    folder.deleteFile(name);
                    ours[0] = false;
                }
                // O_EXCL follows no link.
                try (SeekableByteChannel out = folder.channel(name, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), born)) {
                    ours[0] = true;
                    ByteBuffer bytes = ByteBuffer.wrap(image.bytes());
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                }
                if (born.length > 0 && (image.mode() & ~kept) != 0) {
                    keepMode(folder, name, file, image.mode());
                }
                return true;
            });
        });
    }

    /** A new file has the mode that it was given but for the bits that the process masks (umask); those that it does not are remembered. */
    private void keepMode(OpenFolder folder, Path name, Path file, int mode) throws IOException {
        if (FileImage.mode(folder.view(name, PosixFileAttributeView.class).readAttributes().permissions()) == mode) {
            kept |= mode;
        } else {
            setMode(folder, name, file, mode);
        }
    }

    private void setMode(OpenFolder folder, Path name, Path file, int mode) throws IOException {
        if (mode != FileImage.NO_MODE && posix(file) && keepsModes()) {
            folder.view(name, PosixFileAttributeView.class).setPermissions(permissions(mode));
        }
    }

    @Override
    public void createLink(Path link, Image.Link image) throws IOException {
        stage(link, staged -> Files.createSymbolicLink(staged, PathText.target(image.target())));
    }

    @Override
    public void createHardLink(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException e) {
            throw new IOException("no second name can be given to " + file, e);
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        stage(folder, Files::createDirectory);
    }

    /** What makes something at a path, where there is no call that makes it in an open folder. */
    private interface Maker {
        void make(Path place) throws IOException;
    }

    /** Makes something in the engine's own folder first, and renames it from there: that leads through no link. */
    private void stage(Path place, Maker maker) throws IOException {
        Path state = root == null ? null : root.resolve(Workspace.STATE_FOLDER);
        if (state == null || !place.startsWith(Objects.requireNonNull(root)) || place.startsWith(state) || !Files.isDirectory(state, NOFOLLOW_LINKS)) {
            maker.make(place);
            return;
        }
        Path staged = state.resolve(STAGED + UUID.randomUUID());
        in(staged, (own, stagedName) -> in(place, (folder, name) -> {
            if (exists(folder, name)) {
                throw new FileAlreadyExistsException(place.toString());
            }
            maker.make(staged);
            try {
                own.renameTo(stagedName, folder, name);
            } catch (AtomicMoveNotSupportedException e) {
                // Another file system is mounted below the root.
                Files.delete(staged);
                maker.make(place);
            } catch (IOException e) {
                Files.deleteIfExists(staged);
                throw e;
            }
            return true;
        }));
    }

    private static boolean exists(OpenFolder folder, Path name) throws IOException {
        try {
            folder.view(name, BasicFileAttributeView.class).readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        if (!Objects.equals(from.getParent(), to.getParent())) {
            throw new IllegalArgumentException("not in one folder: " + from + ", " + to);
        }
        in(from, (folder, name) -> {
            if (Superuser.IS_THIS && !sameOwner(from, to)) {
                keepOwner(folder, name, fileName(to));
            }
            return sharing.patiently(() -> {
                folder.rename(name, fileName(to));
                return true;
            });
        });
    }

    /** By number: the names of owners are searched for in files of the system, which takes longer than the rename. */
    private static boolean sameOwner(Path file, Path other) throws IOException {
        try {
            return owner(file).equals(owner(other));
        } catch (NoSuchFileException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Map<String, Object> owner(Path file) throws IOException {
        return Files.readAttributes(file, "unix:uid,gid", NOFOLLOW_LINKS);
    }

    /** Only the superuser can give files away; what it replaces is to stay the user's. */
    private static void keepOwner(OpenFolder folder, Path name, Path replaced) throws IOException {
        PosixFileAttributes wanted;
        try {
            wanted = folder.view(replaced, PosixFileAttributeView.class).readAttributes();
        } catch (NoSuchFileException e) {
            return;
        }
        PosixFileAttributes given = folder.view(name, PosixFileAttributeView.class).readAttributes();
        if (!given.isRegularFile() || !wanted.isRegularFile()) {
            return;
        }
        PosixFileAttributeView view = folder.view(name, PosixFileAttributeView.class);
        try {
            if (!given.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
            if (!given.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
        } catch (IOException e) {
            // A file system without owners, or a user namespace that does not know this one: as good as anybody can.
            LOG.debug("Cannot give {} to {}", name, wanted.owner(), e);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        try {
            in(file, (folder, name) -> sharing.patiently(() -> {
                folder.deleteFile(name);
                return true;
            }));
        } catch (NoSuchFileException e) {
            // Which is what is wanted.
        }
    }

    @Override
    public void setMode(Path folder, int mode) throws IOException {
        in(folder, (parent, name) -> {
            setMode(parent, name, folder, mode);
            return true;
        });
    }

    @Override
    public boolean deleteEmptyFolder(Path folder) throws IOException {
        OpenFolders opened = open.get();
        if (opened != null) {
            opened.forget(folder);
        }
        try {
            return in(folder, (parent, name) -> {
                parent.deleteFolder(name);
                return true;
            });
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    @Override
    public void force(Path file) throws IOException {
        // Windows forces only what is open for writing; elsewhere the file may be read-only.
        StandardOpenOption access = posix(file) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        in(file, (folder, name) -> Uninterrupted.call(() -> {
            try (FileChannel channel = (FileChannel) folder.channel(name, Set.of(access, NOFOLLOW_LINKS))) {
                channel.force(true);
                return true;
            }
        }));
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
        return RealLog.open(file);
    }

    @Override
    public void together(Work work) throws IOException {
        if (root == null || open.get() != null) {
            work.run();
            return;
        }
        try (OpenFolders folders = new OpenFolders(root)) {
            open.set(folders);
            work.run();
        } finally {
            open.remove();
        }
    }

    /** Work on a name in a folder. */
    private interface FolderWork<T> {
        T run(OpenFolder folder, Path name) throws IOException;
    }

    private <T> T in(Path file, FolderWork<T> work) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NotRegularException(file + " has no folder above it");
        }
        if (root == null || !parent.startsWith(root)) {
            try (OpenFolder folder = OpenFolder.trusted(parent)) {
                return work.run(folder, fileName(file));
            }
        }
        OpenFolders opened = open.get();
        if (opened != null) {
            return work.run(opened.get(parent), fileName(file));
        }
        try (OpenFolder folder = OpenFolder.open(root, parent)) {
            return work.run(folder, fileName(file));
        }
    }

    private static Path fileName(Path file) {
        return Objects.requireNonNull(file.getFileName(), "a file has a name");
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

    /** Whether modes are worth a look below the root. Files without one lie anywhere, and are the engine's own. */
    private boolean keepsModes() {
        Boolean known = modes;
        if (known != null || root == null) {
            return known == null || known;
        }
        Path state = root.resolve(Workspace.STATE_FOLDER);
        if (!Files.isDirectory(state, NOFOLLOW_LINKS)) {
            return true;
        }
        boolean found = Modes.kept(root, state);
        modes = found;
        return found;
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
