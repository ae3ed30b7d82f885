package dev.autosync.core.snapshot;

import dev.autosync.core.io.PathText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/** Reads and hashes files, one after the other, with SHA-256. Threads: belongs to one. */
final class Sha256 {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final MessageDigest digest = digest();
    private ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private byte[] content = buffer.array();
    private long length;

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The hash of a file's bytes as they are; a symbolic link is not followed but an error.
     *
     * @param expected how many bytes it is likely to hold
     */
    byte[] ofFile(Path file, long expected) throws IOException {
        grow(expected);
        content = buffer.array();
        length = 0;
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            buffer.clear();
            while (channel.read(buffer) >= 0) {
                if (!buffer.hasRemaining()) {
                    next();
                }
            }
        }
        boolean whole = length == 0;
        length += buffer.position();
        digest.update(buffer.array(), 0, buffer.position());
        if (!whole) {
            content = new byte[0];
        }
        return digest.digest();
    }

    /** The hash of where a symbolic link leads. */
    byte[] ofLink(Path link) throws IOException {
        content = PathBytes.of(PathText.of(Files.readSymbolicLink(link)));
        length = content.length;
        return digest.digest(content);
    }

    /** How many bytes were hashed. */
    long length() {
        return length;
    }

    /** Hands over what was hashed. */
    void giveTo(ContentSink sink, byte[] sha256, Path file) throws IOException {
        if (length <= ContentSink.MAX_IN_MEMORY && length <= content.length) {
            sink.take(sha256, content, (int) length);
        } else {
            sink.takeLarge(sha256, file, length);
        }
    }

    /** Room for the whole of a file that is handed over in memory and for a byte more, so that its end is seen. */
    private void grow(long expected) {
        if (expected >= buffer.capacity() && expected <= ContentSink.MAX_IN_MEMORY) {
            buffer = ByteBuffer.allocate((int) Math.min(ContentSink.MAX_IN_MEMORY + 1L, Math.max(expected + 1, 2L * buffer.capacity())));
        }
    }

    private void next() {
        digest.update(buffer.array());
        length += buffer.capacity();
        buffer.clear();
    }
}
