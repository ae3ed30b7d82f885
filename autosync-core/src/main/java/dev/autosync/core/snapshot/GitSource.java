package dev.autosync.core.snapshot;

import dev.autosync.core.git.BlobId;
import dev.autosync.core.git.BlobReader;
import dev.autosync.core.git.GitObjects;
import dev.autosync.core.git.PackIndex;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds contents that git has already, and holds them by links. Each is read back, through the link, and compared: neither a damaged pack nor two contents
 * of one name can make it another. Threads: safe to share, between those of a scan.
 */
final class GitSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitSource.class);

    /** What is smaller takes no more room than to say where it is. */
    private static final int LEAST_BYTES = 64;
    private static final int MAX_FAILURES = 3;
    private static final int MAX_NAMES = 4;

    private final Path root;
    private final GitLinks links;
    private final ConcurrentLinkedQueue<BlobReader> readers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final Map<PackIndex, Optional<Held>> packs = new HashMap<>();
    private @Nullable Optional<GitObjects> opened;

    /** A pack that is held by a link. */
    private record Held(long link, FileChannel file) {}

    /** Compares what is read with what is wanted. */
    private interface Check extends BlobReader.Sink {
        boolean passed();
    }

    /** Makes a check, for each reading a new one. */
    private interface Checks {
        Check begin();
    }

    GitSource(Path root, GitLinks links) {
        this.root = root;
        this.links = links;
    }

    /** Where git has a content that is in memory; null if it has not, or it cannot be held. */
    @Nullable GitReference find(byte[] content, int length) {
        if (length < LEAST_BYTES || objects().isEmpty()) {
            return null;
        }
        return find(BlobId.of(content, length), length, () -> new Check() {
            private int at;
            private boolean same = true;

            @Override
            public void take(byte[] bytes, int from, int some) {
                same = same && some <= length - at && Arrays.equals(bytes, from, from + some, content, at, at + some);
                at += some;
            }

            @Override
            public boolean passed() {
                return same && at == length;
            }
        });
    }

    /** Where git has a content of that name and that hash. */
    @Nullable GitReference find(BlobId id, long size, ContentKey key) {
        return find(id, size, () -> new Check() {
            private final MessageDigest digest = Sha256.digest();

            @Override
            public void take(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public boolean passed() {
                return ContentKey.of(digest.digest()).equals(key);
            }
        });
    }

    /** Whether git may have anything at all. */
    boolean any() {
        return objects().isPresent();
    }

    private synchronized Optional<GitObjects> objects() {
        Optional<GitObjects> now = opened;
        if (now == null) {
            now = links.possible() ? GitObjects.open(root) : Optional.empty();
            opened = now;
        }
        return failures.get() < MAX_FAILURES ? now : Optional.empty();
    }

    private @Nullable GitReference find(BlobId id, long size, Checks checks) {
        GitObjects objects = objects().orElse(null);
        if (objects == null) {
            return null;
        }
        BlobReader pooled = readers.poll();
        BlobReader reader = pooled != null ? pooled : new BlobReader();
        try {
            GitObjects.InPack place = objects.inPack(id);
            GitReference found = place == null ? null : packed(reader, id, place, size, checks.begin());
            Path file = found == null ? objects.loose(id) : null;
            return file == null ? found : loose(reader, id, file, size, checks.begin());
        } finally {
            readers.add(reader);
        }
    }

    private @Nullable GitReference packed(BlobReader reader, BlobId id, GitObjects.InPack place, long size, Check check) {
        Held pack = hold(place.index()).orElse(null);
        if (pack == null) {
            return null;
        }
        List<Long> bases = new ArrayList<>(0);
        try {
            reader.packed(pack.file(), place.offset(), base -> {
                long at = place.index().find(base);
                bases.add(at);
                return at;
            }, size, check);
        } catch (IOException e) {
            LOG.debug("Cannot read {} in {}", id.hex(), place.index().pack(), e);
            return null;
        }
        return check.passed() ? new GitReference.Packed(id, pack.link(), place.offset(), bases.stream().mapToLong(Long::longValue).toArray())
                : null;
    }

    private @Nullable GitReference loose(BlobReader reader, BlobId id, Path file, long size, Check check) {
        GitReference reference = new GitReference.Loose(id);
        Path link = links.path(reference);
        boolean ours = false;
        try {
            ours = link(reference.folder(), reference.name(), file);
            try (FileChannel channel = links.open(link)) {
                reader.loose(channel, size, check);
            }
            if (check.passed()) {
                return reference;
            }
        } catch (IOException e) {
            LOG.debug("Cannot read {}", file, e);
        }
        drop(ours, link);
        return null;
    }

    private synchronized Optional<Held> hold(PackIndex index) {
        return packs.computeIfAbsent(index, this::held);
    }

    /** Packs of one name may differ (JGit takes it from which objects are in them), those of one checksum do not. */
    private Optional<Held> held(PackIndex index) {
        try (FileChannel pack = PackIndex.openRegular(index.pack())) {
            long first = PackIndex.checksum(pack);
            for (long number = first; number != first + MAX_NAMES; number++) {
                String name = GitReference.Packed.name(number);
                Path link = links.folder().resolve(GitLinks.PACKS).resolve(name);
                boolean ours = link(GitLinks.PACKS, name, index.pack());
                if (ours || same(link, index.pack())) {
                    FileChannel held = links.open(link);
                    if (PackIndex.checksum(held) == first) {
                        return Optional.of(new Held(number, held));
                    }
                    held.close();
                    drop(ours, link);
                    break;
                }
            }
        } catch (IOException e) {
            LOG.debug("Cannot hold {}", index.pack(), e);
        }
        return Optional.empty();
    }

    private static boolean same(Path link, Path file) throws IOException {
        Object key = Files.readAttributes(link, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
        return key != null && Objects.equals(key, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
    }

    private boolean link(String folder, String name, Path file) throws IOException {
        try {
            return links.link(folder, name, file);
        } catch (IOException e) {
            // Another file system, no permission, no such thing: it will not be otherwise the next time.
            failures.incrementAndGet();
            throw e;
        }
    }

    private void drop(boolean ours, Path link) {
        if (ours) {
            try {
                links.delete(link);
            } catch (IOException e) {
                LOG.debug("Cannot delete {}; nothing refers to it, and whoever takes the workspace next deletes it", link, e);
            }
        }
    }

    @Override
    public void close() {
        readers.forEach(BlobReader::close);
        readers.clear();
        try {
            for (Optional<Held> pack : packs.values()) {
                if (pack.isPresent()) {
                    pack.get().file().close();
                }
            }
            if (opened != null && opened.isPresent()) {
                opened.get().close();
            }
        } catch (IOException e) {
            LOG.debug("Cannot close what was only read", e);
        }
        packs.clear();
        opened = Optional.empty();
    }
}
