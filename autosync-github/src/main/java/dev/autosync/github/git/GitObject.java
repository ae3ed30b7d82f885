package dev.autosync.github.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A blob, tree, commit or tag in memory. The bytes are shared, not copied: nobody may change them.
 *
 * <p>The id is computed with the JDK's SHA-1. JGit's own would read the configuration of the user first.
 *
 * @param id the object's name
 * @param type as in {@link Constants#OBJ_BLOB}
 * @param bytes the content without its header
 */
public record GitObject(ObjectId id, int type, byte[] bytes) {

    /** The largest object that is read or written: GitHub takes no file of more than 100 MiB. */
    public static final int MAX_BYTES = 128 << 20;

    /** Makes an object of content. */
    public static GitObject of(int type, byte[] bytes) {
        MessageDigest sha1 = sha1();
        sha1.update(header(type, bytes.length));
        return new GitObject(ObjectId.fromRaw(sha1.digest(bytes)), type, bytes);
    }

    /** Makes a blob of content. */
    public static GitObject blob(byte[] bytes) {
        return of(Constants.OBJ_BLOB, bytes);
    }

    static byte[] header(int type, long length) {
        return (Constants.typeString(type) + " " + length + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** A digest for ids and for the ends of packs and indexes. */
    public static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
