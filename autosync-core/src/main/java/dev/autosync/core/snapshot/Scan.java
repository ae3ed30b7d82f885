package dev.autosync.core.snapshot;

import dev.autosync.core.io.FileImage;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What holds for one whole scan, and looks at single files. Threads: safe to share. */
final class Scan {
    /** About as many bytes can be written in the time that it takes to open and close a file. */
    private static final long OPEN_BYTES = 16 << 10;

    private static final byte[] NO_HASH = {};

    private final Predicate<Path> excluded;
    private final boolean posix;
    private final boolean ignoreFiles;
    private final Trust trust;
    private final Trust elsewhere;
    private final String device;
    private final @Nullable Object neverOpened;
    private final ContentSink sink;
    private final ThreadLocal<Sha256> sha256 = ThreadLocal.withInitial(Sha256::new);
    private final LongAdder cost = new LongAdder();

    /**
     * A scan.
     *
     * @param excluded tells the files that are left out
     * @param posix whether files have permissions that say something
     * @param ignoreFiles whether {@code .gitignore} files tell what is left out
     * @param trust on the file system of the root
     * @param elsewhere on other file systems, mounted below
     * @param device of the file system of the root, see {@link FileKeys#device}
     * @param neverOpened the key of the file that is left out by whatever name, since to open and close it would free a lock; null for none
     * @param sink takes what is read
     */
    Scan(Predicate<Path> excluded, boolean posix, boolean ignoreFiles, Trust trust, Trust elsewhere, String device,
            @Nullable Object neverOpened, ContentSink sink) {
        this.excluded = excluded;
        this.posix = posix;
        this.ignoreFiles = ignoreFiles;
        this.trust = trust;
        this.elsewhere = elsewhere;
        this.device = device;
        this.neverOpened = neverOpened;
        this.sink = sink;
    }

    boolean excludes(Path file) {
        return excluded.test(file);
    }

    boolean heedsIgnoreFiles() {
        return ignoreFiles;
    }

    /** What was read so far, see {@link Snapshot#unsavedCost}. */
    long cost() {
        return cost.sum();
    }

    /** What can be trusted on the file system of a file that is about to be read. */
    Trust trust(BasicFileAttributes attributes) {
        return FileKeys.device(attributes).equals(device) ? trust : elsewhere;
    }

    /** What a name stands for, without following a link; null if for nothing. */
    @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            // Both are one call of the system; only asking for the permissions costs, a twentieth of it.
            return posix ? Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS)
                    : Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * The entry of a file or link.
     *
     * @param known what it was earlier, or null
     * @param knownKey its file key then
     * @return null if it is to be left out, or there is nothing any more
     */
    @Nullable Entry entry(Path file, String path, BasicFileAttributes attributes, @Nullable Entry known, @Nullable Object knownKey)
            throws IOException {
        int mode = attributes.isRegularFile() && attributes instanceof PosixFileAttributes p ? FileImage.mode(p.permissions()) : FileImage.NO_MODE;
        long mtime = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        Entry.Type type = attributes.isSymbolicLink() ? Entry.Type.LINK : Entry.Type.FILE;
        if (known != null && known.trusted() && known.type() == type && known.size() == attributes.size() && known.mtimeNanos() == mtime
                && FileKeys.same(knownKey, attributes.fileKey())) {
            return known.mode() == mode ? known
                    : new Entry(path, type, mode, known.size(), mtime, true, known.sha256());
        }
        return neverOpened != null && neverOpened.equals(attributes.fileKey()) ? null : read(file, path, type, mode, attributes, mtime);
    }

    private @Nullable Entry read(Path file, String path, Entry.Type type, int mode, BasicFileAttributes attributes, long mtime)
            throws IOException {
        cost.add(OPEN_BYTES + attributes.size());
        Sha256 reader = sha256.get();
        byte[] hash;
        try {
            hash = type == Entry.Type.LINK ? reader.ofLink(file) : reader.ofFile(file, attributes.size());
        } catch (AccessDeniedException e) {
            return new Entry(path, type, mode, attributes.size(), mtime, false, NO_HASH);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            if (isStill(file, type)) {
                throw e;
            }
            return null;
        }
        reader.giveTo(sink, hash, file);
        boolean trusted = reader.length() == attributes.size() && trust(attributes).in(mtime);
        return new Entry(path, type, mode, reader.length(), mtime, trusted, hash);
    }

    /** Whether somebody has put something else in the place of a file since it was looked at. */
    private boolean isStill(Path file, Entry.Type type) throws IOException {
        BasicFileAttributes now = attributes(file);
        return now != null && (type == Entry.Type.LINK ? now.isSymbolicLink() : now.isRegularFile());
    }
}
