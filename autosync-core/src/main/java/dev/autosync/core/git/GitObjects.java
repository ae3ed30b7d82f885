package dev.autosync.core.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the repository of a work tree keeps its objects: each in a file of its own, or many in a pack. Only read; no process of git is run, none of its
 * settings are looked at.
 *
 * <p>The repository is hostile: no link in it is followed, and no more is believed than what its reader checks. Not understood, and so as if it
 * were not there: a {@code .git} that is a file (linked work trees, submodules), alternates, names by SHA-256, packs beyond {@value #MAX_PACKS}.
 * Packs are those that were there when it was opened. Threads: safe to share; an interrupt closes what its thread reads.
 */
public final class GitObjects implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(GitObjects.class);
    private static final Pattern IDX = Pattern.compile("(pack-[0-9a-f]{40})\\.idx");
    private static final int MAX_PACKS = 128;
    private static final int FOLDER = 1;
    private static final int NONE = 2;

    private final Path folder;
    private final List<PackIndex> packs;
    private final AtomicIntegerArray folders = new AtomicIntegerArray(256);
    private volatile int latest;

    /** A place in a pack. */
    public record InPack(PackIndex index, long offset) {}

    private GitObjects(Path folder, List<PackIndex> packs) {
        this.folder = folder;
        this.packs = packs;
    }

    /** The folder of objects of a work tree, wherever that leads; {@link #open} looks at it first. */
    public static Path folder(Path root) {
        return root.resolve(".git").resolve("objects");
    }

    /** The objects of a work tree; empty if it has no repository of its own. */
    public static Optional<GitObjects> open(Path root) {
        Path objects = folder(root);
        if (!Files.isDirectory(root.resolve(".git"), NOFOLLOW_LINKS) || !Files.isDirectory(objects, NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        List<PackIndex> packs = new ArrayList<>();
        Path folder = objects.resolve("pack");
        if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "pack-*.idx")) {
                for (Path child : children) {
                    if (packs.size() < MAX_PACKS) {
                        add(child, packs);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                LOG.debug("Cannot list {}; its packs are not used", folder, e);
            }
        }
        return Optional.of(new GitObjects(objects, packs));
    }

    private static void add(Path idx, List<PackIndex> packs) {
        var name = IDX.matcher(String.valueOf(idx.getFileName()));
        if (name.matches()) {
            try {
                packs.add(PackIndex.open(idx, idx.resolveSibling(name.group(1) + ".pack")));
            } catch (IOException e) {
                LOG.debug("Cannot use the pack of {}", idx, e);
            }
        }
    }

    /** An object in a pack; null if there is none, or not as far as can be read. */
    public @Nullable InPack inPack(BlobId id) {
        int first = latest;
        for (int i = 0; i < packs.size(); i++) {
            // Contents that are looked for one after the other tend to lie in the same pack.
            int at = (first + i) % packs.size();
            try {
                long offset = packs.get(at).find(id);
                if (offset >= 0) {
                    latest = at;
                    return new InPack(packs.get(at), offset);
                }
            } catch (IOException e) {
                LOG.debug("Cannot read the index of {}", packs.get(at).pack(), e);
            }
        }
        return null;
    }

    /** The file of an object; null if it has none. */
    public @Nullable Path loose(BlobId id) {
        int bucket = (int) (id.first() >>> 56);
        String hex = id.hex();
        Path parent = folder.resolve(hex.substring(0, 2));
        if (folders.get(bucket) == 0) {
            folders.set(bucket, Files.isDirectory(parent, NOFOLLOW_LINKS) ? FOLDER : NONE);
        }
        if (folders.get(bucket) == NONE) {
            return null;
        }
        Path file = parent.resolve(hex.substring(2));
        // Faster than to ask for attributes where most often nothing is.
        return file.toFile().isFile() ? file : null;
    }

    @Override
    public void close() throws IOException {
        for (PackIndex pack : packs) {
            pack.close();
        }
    }
}
