package dev.autosync.core.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id under which git keeps the bytes of a file: the digest of {@code blob}, the size, a NUL and the bytes.
 *
 * <p>It tells one version of a file from another; nothing here trusts it against an attacker. Threads: no state.
 */
public final class GitBlob {
    /** Fewer digits than git itself ever abbreviates to tell too little. */
    public static final int MIN_DIGITS = 7;

    private GitBlob() {}

    /**
     * The id in a repository of the usual kind.
     *
     * @param bytes the bytes of a file
     * @return the SHA-1, 40 lower-case hexadecimal digits
     */
    public static String id(byte[] bytes) {
        return digest("SHA-1", bytes);
    }

    /**
     * Whether bytes have an id, which may be abbreviated and may be of a SHA-256 repository.
     *
     * @param bytes the bytes of a file
     * @param id lower-case hexadecimal digits; fewer than 7 never match
     * @return true if the id belongs to the bytes
     */
    public static boolean matches(byte[] bytes, String id) {
        if (id.length() < MIN_DIGITS) {
            return false;
        }
        return digest(id.length() > 40 ? "SHA-256" : "SHA-1", bytes).startsWith(id);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
