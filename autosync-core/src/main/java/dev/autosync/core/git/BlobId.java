package dev.autosync.core.git;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a file's bytes in a repository of the usual kind: the SHA-1 of {@code blob}, the size, a NUL and the bytes. As numbers it takes less
 * room than an array.
 *
 * <p>Two different contents may be made to have the same: it tells where to look, never what is there.
 */
public record BlobId(long first, long second, int third) {
    /** How many bytes it has. */
    public static final int BYTES = 20;

    /** The name of bytes. */
    public static BlobId of(byte[] content, int length) {
        MessageDigest digest = digest(length);
        digest.update(content, 0, length);
        return of(ByteBuffer.wrap(digest.digest()));
    }

    /** Reads one. */
    public static BlobId of(ByteBuffer bytes) {
        return new BlobId(bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    /** A digest that has taken what stands before so many bytes; the rest is its caller's. */
    public static MessageDigest digest(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(header(size));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** What git writes before so many bytes. */
    static byte[] header(long size) {
        return ("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes it. */
    public void writeTo(ByteBuffer out) {
        out.putLong(first).putLong(second).putInt(third);
    }

    byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        writeTo(ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** 40 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
