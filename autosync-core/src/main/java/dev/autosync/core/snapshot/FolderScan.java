package dev.autosync.core.snapshot;

import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Scans one folder and those below it; other threads of the scan's pool may take those. The names of a folder that has not changed are not read again,
 * its files are looked at each by itself.
 */
final class FolderScan extends RecursiveTask<@Nullable Folder> {
    private static final long serialVersionUID = 1L;
    private static final String IGNORE_FILE = ".gitignore";

    private final transient Scan scan;
    private final transient Path folder;
    private final String prefix;
    private final transient @Nullable Folder known;
    private final transient IgnoreRules above;

    private final transient List<FolderScan> forked = new ArrayList<>();

    /** A file of the folder. */
    private record Found(Entry entry, Path path, @Nullable Object key) {}

    /**
     * A folder to be scanned.
     *
     * @param prefix what the paths of its files begin with; empty for the root
     * @param known the same folder in an earlier scan, or null
     * @param above the rules of the folder that it lies in
     */
    FolderScan(Scan scan, Path folder, String prefix, @Nullable Folder known, IgnoreRules above) {
        this.scan = scan;
        this.folder = folder;
        this.prefix = prefix;
        this.known = known;
        this.above = above;
    }

    /** What the folder holds; null if there is no folder any more. */
    @Override
    protected @Nullable Folder compute() {
        try {
            return scan();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Folder scan() throws IOException {
        // Looked at before its names are read: a later change of them leaves another time.
        BasicFileAttributes attributes = scan.attributes(folder);
        if (attributes == null || !attributes.isDirectory()) {
            return gone(new NotDirectoryException(folder.toString()));
        }
        long mtime = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        Folder.Listed before = known == null ? null : known.listed();
        if (known != null && before != null && before.trusted() && before.mtimeNanos() == mtime && attributes.fileKey() != null
                && FileKeys.same(before.key(), attributes.fileKey())) {
            IgnoreFile own = before.ignoring() ? ignoreFile(before.ignoreFile(), attributes) : null;
            IgnoreRules rules = above.within(prefix, own, before.rules());
            if (rules.same(before.rulesHash()) && before.ignoring() == (own != null)) {
                return again(known, rules == before.rules() && own == before.ignoreFile() ? before
                        : new Folder.Listed(mtime, attributes.fileKey(), true, before.rulesHash(), rules, own != null, own));
            }
        }
        return read(attributes, mtime, before);
    }

    /** The same names as before. */
    private Folder again(Folder earlier, Folder.Listed listed) throws IOException {
        Folder[] folders = earlier.folders();
        for (Folder below : folders) {
            fork(below.path(), below.prefix(), below, listed);
        }
        Entry[] files = earlier.files();
        List<Found> found = null;
        for (int i = 0; i < files.length; i++) {
            checkInterrupt();
            Path file = earlier.file(i);
            BasicFileAttributes attributes = scan.attributes(file);
            Entry entry = attributes == null || attributes.isDirectory() || attributes.isOther() ? null
                    : scan.entry(file, files[i].path(), attributes, files[i], earlier.key(i));
            if (entry == files[i]) {
                earlier.remember(i, attributes);
            } else if (found == null) {
                found = all(earlier, i);
            }
            if (found != null && entry != null) {
                found.add(new Found(entry, file, attributes == null ? null : attributes.fileKey()));
            }
        }
        Folder[] now = joined();
        if (found == null && listed == earlier.listed() && Arrays.equals(now, folders)) {
            return earlier;
        }
        // Names can go without the folder's time having been seen to change only while we look; then they are read again next time.
        boolean complete = (found == null || found.size() == files.length) && now.length == folders.length;
        return folder(complete ? listed : listed.distrusted(), found == null ? all(earlier, files.length) : found, now);
    }

    private static List<Found> all(Folder folder, int count) {
        List<Found> all = new ArrayList<>(folder.files().length);
        for (int i = 0; i < count; i++) {
            all.add(new Found(folder.files()[i], folder.file(i), folder.key(i)));
        }
        return all;
    }

    /** Other names than before, or perhaps others. */
    private @Nullable Folder read(BasicFileAttributes attributes, long mtime, Folder.@Nullable Listed before) throws IOException {
        List<Path> children = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                checkInterrupt();
                children.add(child);
                names.add(PathText.of(child.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return gone(e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        IgnoreFile own = scan.heedsIgnoreFiles() && names.contains(IGNORE_FILE)
                ? ignoreFile(before == null ? null : before.ignoreFile(), attributes) : null;
        IgnoreRules rules = above.within(prefix, own, before == null ? null : before.rules());
        Folder.Listed listed = new Folder.Listed(mtime, attributes.fileKey(), attributes.fileKey() != null && scan.trust(attributes).in(mtime),
                rules.sha256(), rules, own != null, own);
        byte[] prefixBytes = rules.any() ? PathBytes.of(prefix) : new byte[0];
        List<Found> found = new ArrayList<>(children.size());
        for (int i = 0; i < names.size(); i++) {
            checkInterrupt();
            read(children.get(i), names.get(i), listed, rules, prefixBytes, found);
        }
        found.sort(Comparator.comparing(one -> one.entry().path()));
        return folder(listed, found, joined());
    }

    private void read(Path child, String name, Folder.Listed listed, IgnoreRules rules, byte[] prefixBytes, List<Found> found)
            throws IOException {
        if (name.equals(".git") || name.equals(Workspace.STATE_FOLDER) || scan.excludes(child)) {
            return;
        }
        BasicFileAttributes attributes = scan.attributes(child);
        if (attributes == null || attributes.isOther()) {
            return;
        }
        String path = prefix + name;
        if (rules.any() && rules.leaveOut(bytes(prefixBytes, name), prefixBytes.length, attributes.isDirectory())) {
            return;
        }
        if (attributes.isDirectory()) {
            String below = path + "/";
            fork(child, below, known == null ? null : known.below(below), listed);
            return;
        }
        int index = known == null ? -1 : known.indexOf(path);
        Entry entry = scan.entry(child, path, attributes, known == null || index < 0 ? null : known.files()[index],
                known == null || index < 0 ? null : known.key(index));
        if (entry != null) {
            found.add(new Found(entry, child, attributes.fileKey()));
        }
    }

    private static byte[] bytes(byte[] prefix, String name) {
        byte[] last = PathBytes.of(name);
        byte[] all = new byte[prefix.length + last.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(last, 0, all, prefix.length, last.length);
        return all;
    }

    private @Nullable IgnoreFile ignoreFile(@Nullable IgnoreFile before, BasicFileAttributes attributes) throws IOException {
        return IgnoreFile.read(folder.resolve(IGNORE_FILE), before, scan.trust(attributes));
    }

    private void fork(Path below, String of, @Nullable Folder earlier, Folder.Listed listed) {
        IgnoreRules rules = listed.rules();
        FolderScan task = new FolderScan(scan, below, of, earlier, rules == null ? above : rules);
        forked.add(task);
        task.fork();
    }

    /** The folders below, without those that are there no more. */
    private Folder[] joined() {
        List<Folder> folders = new ArrayList<>(forked.size());
        // The latest first: those are still in this thread's own queue.
        for (int i = forked.size() - 1; i >= 0; i--) {
            Folder below = forked.get(i).join();
            if (below != null) {
                folders.add(below);
            }
        }
        folders.sort(Comparator.comparing(Folder::prefix));
        return folders.toArray(new Folder[0]);
    }

    private Folder folder(Folder.Listed listed, List<Found> found, Folder[] folders) {
        Entry[] files = new Entry[found.size()];
        Path[] paths = new Path[files.length];
        Object[] keys = new Object[files.length];
        for (int i = 0; i < files.length; i++) {
            files[i] = found.get(i).entry();
            paths[i] = found.get(i).path();
            keys[i] = found.get(i).key();
        }
        return new Folder(prefix, folder, listed, files, paths, keys, folders);
    }

    /** Somebody deletes as we read; the next scan sees what is left. */
    private @Nullable Folder gone(IOException why) throws IOException {
        if (prefix.isEmpty()) {
            throw why;
        }
        return null;
    }

    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the scan was given up");
        }
    }
}
