package dev.autosync.patch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a regular file holds: its bytes and whether it may be executed.
 *
 * <p>Threads: immutable; {@link #bytes()} copies.
 *
 * @since 0.1.0
 */
public final class FileContent {
    private final byte[] bytes;
    private final boolean executable;

    private FileContent(byte[] bytes, boolean executable) {
        this.bytes = bytes;
        this.executable = executable;
    }

    /**
     * A file that may not be executed.
     *
     * @param bytes its bytes; copied
     * @return the content
     */
    public static FileContent of(byte[] bytes) {
        return new FileContent(bytes.clone(), false);
    }

    /**
     * A file that may not be executed, in UTF-8.
     *
     * @param text its text
     * @return the content
     */
    public static FileContent of(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /**
     * The same bytes with another right to be executed.
     *
     * @param executable whether the owner may execute it
     * @return a new content
     */
    public FileContent executable(boolean executable) {
        return executable == this.executable ? this : new FileContent(bytes, executable);
    }

    /**
     * Other bytes with the same right to be executed.
     *
     * @param bytes the new bytes; copied
     * @return a new content
     */
    public FileContent bytes(byte[] bytes) {
        return new FileContent(bytes.clone(), executable);
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * How many bytes there are.
     *
     * @return 0 or more
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Whether the owner may execute it.
     *
     * @return false where the file system has no such right
     */
    public boolean executable() {
        return executable;
    }

    /**
     * The SHA-256 of the bytes.
     *
     * @return 64 lower-case hexadecimal digits
     */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent c && c.executable == executable && Arrays.equals(c.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Boolean.hashCode(executable);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes" + (executable ? ", executable" : "");
    }
}
