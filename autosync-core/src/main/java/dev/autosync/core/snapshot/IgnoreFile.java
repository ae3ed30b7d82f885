package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of patterns, one a line, as it was when it was read; the last one that matches decides. A link is not followed, as git does not. Threads:
 * immutable.
 */
final class IgnoreFile {
    private static final Logger LOG = LoggerFactory.getLogger(IgnoreFile.class);

    /** Together with the longest line these bound what one name of a file can cost, whatever the file says. */
    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINE = 4096;

    private final Path file;
    private final List<IgnorePattern> patterns;
    private final byte[] sha256;
    private final long size;
    private final long mtimeNanos;
    private final @Nullable Object key;
    private final boolean trusted;

    private IgnoreFile(Path file, List<IgnorePattern> patterns, byte[] sha256, BasicFileAttributes attributes, boolean trusted) {
        this.file = file;
        this.patterns = patterns;
        this.sha256 = sha256;
        this.size = attributes.size();
        this.mtimeNanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        this.key = attributes.fileKey();
        this.trusted = trusted;
    }

    /**
     * Reads a file, unless it is as it was before.
     *
     * @param before the same file earlier, or null
     * @param trust tells the times of change before which a later change cannot leave the time as it is
     * @return null if there is no regular file that can be read
     */
    static @Nullable IgnoreFile read(Path file, @Nullable IgnoreFile before, Trust trust) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
        if (!attributes.isRegularFile()) {
            return null;
        }
        if (before != null && before.isStill(attributes)) {
            return before;
        }
        boolean trusted = trust.in(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        byte[] bytes = bytes(file);
        byte[] sha256 = Sha256.digest().digest(bytes);
        List<IgnorePattern> patterns = before != null && Arrays.equals(before.sha256, sha256) ? before.patterns : parse(bytes);
        return new IgnoreFile(file, patterns, sha256, attributes, trusted);
    }

    private boolean isStill(BasicFileAttributes attributes) {
        return trusted && attributes.size() == size && attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) == mtimeNanos
                && FileKeys.same(key, attributes.fileKey());
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
            LOG.warn("{} is larger than {} bytes and not heeded: what it names is part of snapshots", file, MAX_BYTES);
        } catch (IOException e) {
            LOG.warn("Cannot read {}; what it names is part of snapshots", file, e);
        }
        return new byte[0];
    }

    static List<IgnorePattern> parse(byte[] bytes) {
        List<IgnorePattern> patterns = new ArrayList<>();
        boolean marked = bytes.length > 2 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf;
        int start = marked ? 3 : 0;
        for (int i = start; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                int end = i > start && bytes[i - 1] == '\r' && i < bytes.length ? i - 1 : i;
                IgnorePattern pattern = end - start > MAX_LINE ? null : IgnorePattern.parse(Arrays.copyOfRange(bytes, start, end));
                if (pattern != null) {
                    patterns.add(pattern);
                }
                start = i + 1;
            }
        }
        return patterns;
    }

    Path file() {
        return file;
    }

    void addTo(MessageDigest digest) {
        digest.update(sha256);
    }

    /**
     * What it says of a file; null if it says nothing. See {@link IgnorePattern#matches}.
     *
     * @return whether the file is left out
     */
    @Nullable Boolean verdict(byte[] path, int from, int name, boolean folder) {
        for (int i = patterns.size() - 1; i >= 0; i--) {
            if (patterns.get(i).matches(path, from, name, folder)) {
                return !patterns.get(i).negative();
            }
        }
        return null;
    }
}
