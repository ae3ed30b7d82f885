package dev.autosync.core.snapshot;

import dev.autosync.core.io.PathText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The names in an index file of git, versions 2 to 4. Source: git, Documentation/gitformat-index.txt.
 *
 * <p>The input is hostile: nothing is taken from it but names, memory is bounded by its length, and whatever is not as described is an error.
 */
final class GitIndex {
    private static final int SIGNATURE = 0x44495243;
    private static final int STAT_BYTES = 40;
    private static final int EXTENDED = 0x4000;
    private static final int MAX_NAME_BYTES = 1 << 16;
    private static final int SPARSE_FOLDERS = 0x73646972;

    private final ByteBuffer in;
    private final int version;
    private final int hashBytes;

    private GitIndex(ByteBuffer in, int version, int hashBytes) {
        this.in = in;
        this.version = version;
        this.hashBytes = hashBytes;
    }

    /** The names of the tracked files, and of folders that are tracked as a whole, with a slash at the end. */
    static Set<String> names(byte[] file) throws IOException {
        try {
            ByteBuffer in = ByteBuffer.wrap(file);
            if (in.getInt() != SIGNATURE) {
                throw new IOException("no index of git");
            }
            int version = in.getInt();
            if (version < 2 || version > 4) {
                throw new IOException("an index of the unknown version " + version);
            }
            int hashBytes = hashBytes(file);
            in.limit(file.length - hashBytes);
            GitIndex index = new GitIndex(in, version, hashBytes);
            Set<String> names = index.entries(Integer.toUnsignedLong(in.getInt()));
            index.extensions();
            return names;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("the index ends too early", e);
        }
    }

    /** Git may be told to leave out the checksum (index.skipHash), which is zero then; repositories with SHA-256 do not say so in the index. */
    private static int hashBytes(byte[] file) throws IOException {
        for (String algorithm : new String[] {"SHA-1", "SHA-256"}) {
            try {
                MessageDigest digest = MessageDigest.getInstance(algorithm);
                int length = digest.getDigestLength();
                if (file.length > length) {
                    digest.update(file, 0, file.length - length);
                    if (Arrays.equals(digest.digest(), Arrays.copyOfRange(file, file.length - length, file.length))) {
                        return length;
                    }
                }
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }
        if (file.length > 20 && Arrays.equals(new byte[20], Arrays.copyOfRange(file, file.length - 20, file.length))) {
            return 20;
        }
        throw new IOException("the checksum of the index is wrong");
    }

    private Set<String> entries(long count) throws IOException {
        Set<String> names = new HashSet<>();
        byte[] before = new byte[0];
        for (long i = 0; i < count; i++) {
            int begin = in.position();
            in.position(begin + STAT_BYTES + hashBytes);
            int flags = in.getShort();
            if ((flags & EXTENDED) != 0) {
                if (version == 2) {
                    throw new IOException("an entry has flags that its version does not know");
                }
                in.getShort();
            }
            before = version == 4 ? compressedName(before) : paddedName(begin);
            names.add(PathText.decode(before));
        }
        return names;
    }

    /** A name as the bytes that it shares with the one before it and those that are its own. */
    private byte[] compressedName(byte[] before) throws IOException {
        long cut = offset();
        if (cut > before.length) {
            throw new IOException("an entry's name begins with more than there is");
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.write(before, 0, before.length - (int) cut);
        name.writeBytes(rest());
        return checked(name.toByteArray());
    }

    /** A number as in pack files: seven bits a byte, the highest first, one added for each further byte. */
    private long offset() throws IOException {
        int next = in.get() & 0xff;
        long value = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = in.get() & 0xff;
            value = (value + 1 << 7) + (next & 0x7f);
            if (value > MAX_NAME_BYTES) {
                throw new IOException("an entry's name is too long");
            }
        }
        return value;
    }

    /** A name with one to eight zeros behind it, so that the entry is a multiple of eight long. */
    private byte[] paddedName(int begin) throws IOException {
        byte[] name = checked(rest());
        int length = in.position() - begin;
        in.position(begin + (length + 7) / 8 * 8);
        return name;
    }

    /** The bytes up to the next zero, which is read as well. */
    private byte[] rest() throws IOException {
        int begin = in.position();
        while (in.get() != 0) {
            if (in.position() - begin > MAX_NAME_BYTES) {
                throw new IOException("an entry's name is too long");
            }
        }
        return Arrays.copyOfRange(in.array(), begin, in.position() - 1);
    }

    private static byte[] checked(byte[] name) throws IOException {
        if (name.length == 0 || name.length > MAX_NAME_BYTES) {
            throw new IOException("an entry has no name, or one that is too long");
        }
        return name;
    }

    /** Those with a small letter change what the entries mean. Folders in place of their files are understood; a split index is not. */
    private void extensions() throws IOException {
        while (in.hasRemaining()) {
            int signature = in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException("an extension of the index is longer than the index");
            }
            if ((signature >>> 24) >= 'a' && signature != SPARSE_FOLDERS) {
                byte[] name = ByteBuffer.allocate(4).putInt(signature).array();
                throw new IOException("the index has the extension " + new String(name, StandardCharsets.ISO_8859_1) + ", which is not understood");
            }
            in.position(in.position() + length);
        }
    }
}
