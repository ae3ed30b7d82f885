package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.core.git.BlobReader;
import dev.autosync.core.git.GitObjects;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A second name (hard link) takes no room, and keeps what it names when git takes its own name away: git gc, git repack and git prune never change a
 * file, they write new ones and delete old ones. From then on the room that it takes is ours. Whether git has taken names away is seen by the
 * times of its folders, so that not every link has to be looked at each time.
 */

/** The links in {@code .autosync/snapshots/git}, in folders of the names that git's have. Linking is safe to share, the rest is not. */
final class GitLinks {
    /** The folder of links to packs. */
    static final String PACKS = "pack";

    private static final String FOLDER = Packs.FOLDER + "/git";
    private static final Pattern FOLDERS = Pattern.compile("[0-9a-f]{2}|" + PACKS);
    private static final int OWNER_ONLY = 0700;

    private final Workspace workspace;
    private final FilePort files;
    private final boolean possible;
    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<String, Look> listed = new HashMap<>();
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    /**
     * When a folder was looked at.
     *
     * @param time of the folder; null if there was none
     * @param twice whether that was its time already when it was looked at before: only then nothing was changed right after that
     */
    private record Look(@Nullable FileTime time, boolean twice) {
        /** Looks again; what came of the last look still holds if both are the same. */
        static Look at(Path folder, @Nullable Look last) {
            FileTime now = time(folder);
            return new Look(now, last != null && Objects.equals(last.time(), now));
        }

        private static @Nullable FileTime time(Path folder) {
            try {
                return Files.readAttributes(folder, BasicFileAttributes.class, NOFOLLOW_LINKS).lastModifiedTime();
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * The links of a folder.
     *
     * @param look at git's folder when they were counted
     * @param alone the bytes of those that have no other name
     */
    private record Count(Look look, long alone) {}

    GitLinks(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
        // Without numbers of names nobody could tell what the links cost.
        this.possible = workspace.root().getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** Whether there can be links on this system. */
    boolean possible() {
        return possible;
    }

    Path folder() {
        return workspace.state(FOLDER);
    }

    Path path(GitReference reference) {
        return folder().resolve(reference.folder()).resolve(reference.name());
    }

    /** Reads which links there are, and forgets what was known of them. */
    Set<Path> load() throws IOException {
        counts.clear();
        listed.clear();
        made.clear();
        return all();
    }

    /** All links that there are. */
    Set<Path> all() throws IOException {
        Set<Path> all = new HashSet<>();
        if (possible) {
            workspace.checkStateFolder(Packs.FOLDER);
            for (Path folder : list(folder())) {
                String name = String.valueOf(folder.getFileName());
                // What is a link leads elsewhere; create() refuses it.
                if (FOLDERS.matcher(name).matches() && Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                    made.add(name);
                    all.addAll(list(folder));
                }
            }
        }
        return all;
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            List<Path> all = new ArrayList<>();
            children.forEach(all::add);
            return all;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Counts anew what has no other name any more, where git has changed something. Says whether that has become more. */
    boolean recount() throws IOException {
        long before = bytes();
        for (String name : made) {
            Count last = counts.get(name);
            Look now = Look.at(GitObjects.folder(workspace.root()).resolve(name), last == null ? null : last.look());
            if (last == null || !now.equals(last.look())) {
                counts.put(name, new Count(now, alone(folder().resolve(name)).values().stream().mapToLong(Long::longValue).sum()));
            }
        }
        return bytes() > before;
    }

    /** The links in those of our folders in which somebody, we included, has changed something since the last call, by folder. */
    Map<String, Set<Path>> changed() throws IOException {
        Map<String, Set<Path>> changed = new HashMap<>();
        for (String name : made) {
            Path folder = folder().resolve(name);
            Look last = listed.get(name);
            Look now = Look.at(folder, last);
            if (!now.equals(last)) {
                listed.put(name, now);
                changed.put(name, Set.copyOf(list(folder)));
                if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                    made.remove(name);
                    counts.remove(name);
                }
            }
        }
        return changed;
    }

    private static Map<Path, Long> alone(Path folder) throws IOException {
        Map<Path, Long> alone = new HashMap<>();
        for (Path link : list(folder)) {
            try {
                Map<String, Object> attributes = Files.readAttributes(link, "unix:nlink,size", NOFOLLOW_LINKS);
                if (attributes.get("nlink") instanceof Integer names && names == 1 && attributes.get("size") instanceof Long size) {
                    alone.put(link, size);
                }
            } catch (NoSuchFileException e) {
                // Whoever reads without holding the workspace may see one go.
                continue;
            }
        }
        return alone;
    }

    /** The bytes of the links whose files have no other name, when they were counted last. */
    long bytes() {
        long sum = 0;
        for (Count count : counts.values()) {
            sum += count.alone();
        }
        return sum;
    }

    /** The links whose files have no other name, and their bytes. */
    Map<Path, Long> alone() throws IOException {
        recount();
        Map<Path, Long> alone = new HashMap<>();
        for (Map.Entry<String, Count> count : counts.entrySet()) {
            if (count.getValue().alone() > 0) {
                alone.putAll(alone(folder().resolve(count.getKey())));
            }
        }
        return alone;
    }

    /**
     * Gives a file of git a second name.
     *
     * @return false if there is such a name already, of whatever file
     */
    boolean link(String folder, String name, Path file) throws IOException {
        if (!made.contains(folder)) {
            create(folder);
        }
        try {
            files.createHardLink(folder().resolve(folder).resolve(name), file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void create(String folder) throws IOException {
        try {
            boolean fresh = !Files.exists(folder(), NOFOLLOW_LINKS);
            workspace.createStateFolder(Packs.FOLDER);
            workspace.createStateFolder(FOLDER);
            if (fresh) {
                files.setMode(folder(), OWNER_ONLY);
            }
            workspace.createStateFolder(FOLDER + "/" + folder);
        } catch (AutoSyncException e) {
            throw new IOException(e);
        }
        made.add(folder);
    }

    /** Opens a link for reading. */
    FileChannel open(Path link) throws IOException {
        // A link to something else than a file would be one to a link, or to what one waits for; nobody but us changes what the name means.
        if (!Files.isRegularFile(link, NOFOLLOW_LINKS)) {
            throw new IOException(Files.exists(link, NOFOLLOW_LINKS) ? "is not a regular file" : "is not there any more");
        }
        return FileChannel.open(link, StandardOpenOption.READ, NOFOLLOW_LINKS);
    }

    /** What a content of so many bytes is according to git. An interrupt waits until it is read: what is to be put back must not depend on it. */
    byte[] read(GitReference reference, long size) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return readOnce(reference, size);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] readOnce(GitReference reference, long size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(Math.min(size, Packs.PART_BYTES)));
        try (FileChannel file = open(path(reference)); BlobReader reader = new BlobReader()) {
            read(reader, file, reference, size, bytes::write);
        }
        return bytes.toByteArray();
    }

    private static void read(BlobReader reader, FileChannel file, GitReference reference, long size, BlobReader.Sink out) throws IOException {
        if (reference instanceof GitReference.Packed packed) {
            int[] next = {0};
            reader.packed(file, packed.offset(), id -> next[0] < packed.bases().length ? packed.bases()[next[0]++] : -1, size, out);
        } else {
            reader.loose(file, size, out);
        }
    }

    /** Deletes a link. */
    void delete(Path link) throws IOException {
        files.delete(link);
    }

    /**
     * Deletes links that are not used.
     *
     * @param all those that there are
     * @param held sees that the workspace is still held, before anything is deleted
     */
    void retain(Set<Path> all, Set<Path> used, Runnable held) throws IOException {
        Set<Path> touched = new TreeSet<>();
        for (Path link : all) {
            if (!used.contains(link)) {
                held.run();
                files.delete(link);
                touched.add(link.getParent());
            }
        }
        for (Path folder : touched) {
            String name = String.valueOf(folder.getFileName());
            counts.remove(name);
            if (files.deleteEmptyFolder(folder)) {
                made.remove(name);
            }
        }
        recount();
    }
}
