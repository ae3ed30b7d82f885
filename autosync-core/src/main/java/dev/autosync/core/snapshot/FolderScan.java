package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one folder and those below it; other threads of the scan's pool may take those. */
final class FolderScan extends RecursiveTask<List<Entry>> {
    private static final long serialVersionUID = 1L;

    /** Twice the coarsest time stamp in use, FAT's two seconds, would be 4 s; no file system that we lock on is FAT. */
    private static final long RACY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** About as many bytes can be written in the time that it takes to open and close a file. */
    private static final long OPEN_BYTES = 16 << 10;

    private final transient Rules rules;
    private final transient Path folder;
    private final String prefix;

    /**
     * What holds for a whole scan.
     *
     * @param excluded tells the files that are left out
     * @param posix whether files have POSIX permissions
     * @param known the entries whose hashes may be used again, by path
     * @param knownSince when they were read, in nanoseconds since 1970
     * @param cost counts what was read, see {@link Snapshot#unsavedCost}
     * @param sha256 hashes files, for each thread
     * @param neverOpened the key of the file that is left out by whatever name, since to open and close it would free a lock; empty for none
     */
    record Rules(Predicate<Path> excluded, boolean posix, Map<String, Entry> known, long knownSince, LongAdder cost,
            ThreadLocal<Sha256> sha256, String neverOpened) {}

    /**
     * A folder to be read.
     *
     * @param prefix what the paths of its files begin with; empty for the root
     */
    FolderScan(Rules rules, Path folder, String prefix) {
        this.rules = rules;
        this.folder = folder;
        this.prefix = prefix;
    }

    /** The entries, all but in the order of their paths. */
    @Override
    protected List<Entry> compute() {
        List<Entry> entries = new ArrayList<>();
        List<FolderScan> folders = new ArrayList<>();
        try {
            read(entries, folders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.sort(Comparator.comparing(Entry::path));
        folders.sort(Comparator.comparing(below -> below.prefix));
        folders.forEach(below -> entries.addAll(below.join()));
        return entries;
    }

    private void read(List<Entry> entries, List<FolderScan> folders) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the scan was given up");
                }
                read(child, entries, folders);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Somebody deletes as we read; the next scan sees what is left.
            if (prefix.isEmpty()) {
                throw e;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void read(Path child, List<Entry> entries, List<FolderScan> folders) throws IOException {
        String name = child.getFileName().toString();
        String path = prefix + name;
        if (name.equals(".git") || name.equals(Workspace.STATE_FOLDER) || rules.excluded().test(child)) {
            return;
        }
        BasicFileAttributes attributes = attributes(child);
        if (attributes == null) {
            return;
        }
        if (attributes.isDirectory()) {
            FolderScan below = new FolderScan(rules, child, path + "/");
            folders.add(below);
            below.fork();
        } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
            entry(child, path, attributes).ifPresent(entries::add);
        }
    }

    private @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return rules.posix() ? Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS)
                    : Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Optional<Entry> entry(Path file, String path, BasicFileAttributes attributes) throws IOException {
        boolean executable = attributes.isRegularFile() && attributes instanceof PosixFileAttributes p
                && p.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        long mtime = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String key = attributes.fileKey() == null ? "" : attributes.fileKey().toString();
        if (!key.isEmpty() && key.equals(rules.neverOpened())) {
            return Optional.empty();
        }
        Entry known = rules.known().get(path);
        if (known != null && unchanged(known, attributes, mtime, key, rules.knownSince())) {
            return Optional.of(known.executable() == executable ? known
                    : new Entry(path, known.link(), executable, known.size(), mtime, key, known.sha256()));
        }
        rules.cost().add(OPEN_BYTES + attributes.size());
        try {
            byte[] hash = attributes.isSymbolicLink()
                    ? Sha256.digest().digest(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8))
                    : rules.sha256().get().ofFile(file);
            return Optional.of(new Entry(path, attributes.isSymbolicLink(), executable, attributes.size(), mtime, key, hash));
        } catch (AccessDeniedException e) {
            return Optional.of(new Entry(path, false, executable, attributes.size(), mtime, key, new byte[0]));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean unchanged(Entry known, BasicFileAttributes attributes, long mtime, String key, long knownSince) {
        return known.link() == attributes.isSymbolicLink() && known.size() == attributes.size() && known.mtimeNanos() == mtime
                && known.fileKey().equals(key) && known.sha256().length > 0 && mtime + RACY_NANOS < knownSince;
    }
}
