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
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Scans one folder; those below it are tasks of their own, which other threads of the scan's pool may take. The names of a folder that has not
 * changed are not read again, its files are looked at each by itself. Nothing waits, so that folders may lie as deep as they can.
 */
final class FolderScan extends CountedCompleter<@Nullable Folder> {
    private static final long serialVersionUID = 1L;
    private static final String IGNORE_FILE = ".gitignore";

    private final transient Scan scan;
    private final transient Path folder;
    private final String prefix;
    private final transient @Nullable Folder known;
    private final transient IgnoreRules above;

    private final transient List<FolderScan> forked = new ArrayList<>();

    /* What is known of this folder before those below it are done; null if there is no folder any more. */
    private transient Folder.@Nullable Listed listed;
    private transient @Nullable List<Found> found;
    private transient @Nullable Folder folderNow;

    /** Whether somebody has taken a name away while we looked: names are read again next time. */
    private transient boolean missing;

    /** A file of the folder. */
    private record Found(Entry entry, Path path, @Nullable Object key) {}

    /** The root, see {@link #FolderScan(FolderScan, Scan, Path, String, Folder, IgnoreRules)}. */
    FolderScan(Scan scan, Path root, @Nullable Folder known, IgnoreRules rules) {
        this(null, scan, root, "", known, rules);
    }

    /**
     * A folder to be scanned.
     *
     * @param in the scan of the folder that it lies in, or null
     * @param prefix what the paths of its files begin with; empty for the root
     * @param known the same folder in an earlier scan, or null
     * @param above the rules of the folder that it lies in
     */
    private FolderScan(@Nullable FolderScan in, Scan scan, Path folder, String prefix, @Nullable Folder known, IgnoreRules above) {
        super(in);
        this.scan = scan;
        this.folder = folder;
        this.prefix = prefix;
        this.known = known;
        this.above = above;
    }

    @Override
    public void compute() {
        try {
            scan();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tryComplete();
    }

    /** What the folder holds; null if there is no folder any more. */
    @Override
    public @Nullable Folder getRawResult() {
        return folderNow;
    }

    private void scan() throws IOException {
        // Looked at before its names are read: a later change of them leaves another time.
        BasicFileAttributes attributes = scan.attributes(folder);
        if (attributes == null || !attributes.isDirectory()) {
            checkGone(new NotDirectoryException(folder.toString()));
            return;
        }
        long mtime = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        Folder.Listed before = known == null ? null : known.listed();
        if (known != null && before != null && before.trusted() && before.mtimeNanos() == mtime && attributes.fileKey() != null
                && FileKeys.same(before.key(), attributes.fileKey())) {
            IgnoreFile own = before.ignoring() ? ignoreFile(before.ignoreFile(), attributes) : null;
            IgnoreRules rules = above.within(prefix, own, before.rules());
            if (rules.same(before.rulesHash()) && before.ignoring() == (own != null)) {
                again(known, rules == before.rules() && own == before.ignoreFile() ? before
                        : new Folder.Listed(mtime, attributes.fileKey(), true, before.rulesHash(), rules, own != null, own));
                return;
            }
        }
        read(attributes, mtime, before);
    }

    /** The same names as before. */
    private void again(Folder earlier, Folder.Listed now) throws IOException {
        listed = now;
        for (Folder below : earlier.folders()) {
            fork(below.path(), below.prefix(), below, now);
        }
        Entry[] files = earlier.files();
        List<Found> changed = null;
        for (int i = 0; i < files.length; i++) {
            checkInterrupt();
            Path file = earlier.file(i);
            BasicFileAttributes attributes = scan.attributes(file);
            Entry entry = attributes == null || attributes.isDirectory() || attributes.isOther() ? null
                    : scan.entry(file, files[i].path(), attributes, files[i], earlier.key(i));
            missing |= entry == null;
            if (entry == files[i]) {
                earlier.remember(i, attributes);
            } else if (changed == null) {
                changed = all(earlier, i);
            }
            if (changed != null && entry != null) {
                changed.add(new Found(entry, file, attributes == null ? null : attributes.fileKey()));
            }
        }
        found = changed;
    }

    /** All folders below are done. */
    @Override
    public void onCompletion(CountedCompleter<?> caller) {
        Folder.Listed now = listed;
        if (now == null) {
            return;
        }
        Folder[] below = below();
        List<Found> files = found;
        if (known != null && files == null) {
            if (now == known.listed() && Arrays.equals(below, known.folders())) {
                folderNow = known;
                return;
            }
            files = all(known, known.files().length);
        }
        boolean complete = !missing && below.length == forked.size();
        folderNow = folder(complete ? now : now.distrusted(), files == null ? List.of() : files, below);
    }

    private static List<Found> all(Folder folder, int count) {
        List<Found> all = new ArrayList<>(folder.files().length);
        for (int i = 0; i < count; i++) {
            all.add(new Found(folder.files()[i], folder.file(i), folder.key(i)));
        }
        return all;
    }

    /** Other names than before, or perhaps others. */
    private void read(BasicFileAttributes attributes, long mtime, Folder.@Nullable Listed before) throws IOException {
        List<Path> children = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                checkInterrupt();
                children.add(child);
                names.add(PathText.of(child.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            checkGone(e);
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        IgnoreFile own = scan.heedsIgnoreFiles() && names.contains(IGNORE_FILE)
                ? ignoreFile(before == null ? null : before.ignoreFile(), attributes) : null;
        IgnoreRules rules = above.within(prefix, own, before == null ? null : before.rules());
        Folder.Listed now = new Folder.Listed(mtime, attributes.fileKey(), attributes.fileKey() != null && scan.trust(attributes).in(mtime),
                rules.sha256(), rules, own != null, own);
        byte[] prefixBytes = rules.any() ? PathBytes.of(prefix) : new byte[0];
        List<Found> files = new ArrayList<>(children.size());
        for (int i = 0; i < names.size(); i++) {
            checkInterrupt();
            read(children.get(i), names.get(i), now, rules, prefixBytes, files);
        }
        files.sort(Comparator.comparing(one -> one.entry().path()));
        found = files;
        listed = now;
    }

    private void read(Path child, String name, Folder.Listed now, IgnoreRules rules, byte[] prefixBytes, List<Found> files)
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
            fork(child, below, known == null ? null : known.below(below), now);
            return;
        }
        int index = known == null ? -1 : known.indexOf(path);
        Entry entry = scan.entry(child, path, attributes, known == null || index < 0 ? null : known.files()[index],
                known == null || index < 0 ? null : known.key(index));
        if (entry != null) {
            files.add(new Found(entry, child, attributes.fileKey()));
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

    private void fork(Path below, String of, @Nullable Folder earlier, Folder.Listed now) {
        IgnoreRules rules = now.rules();
        FolderScan task = new FolderScan(this, scan, below, of, earlier, rules == null ? above : rules);
        forked.add(task);
        addToPendingCount(1);
        task.fork();
    }

    /** The folders below, without those that are there no more. */
    private Folder[] below() {
        List<Folder> folders = new ArrayList<>(forked.size());
        for (FolderScan task : forked) {
            Folder below = task.folderNow;
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

    /** Somebody deletes as we read; the next scan sees what is left. But the root is to be there. */
    private void checkGone(IOException why) throws IOException {
        if (prefix.isEmpty()) {
            throw why;
        }
    }

    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the scan was given up");
        }
    }
}
