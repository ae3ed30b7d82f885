package dev.autosync.core.snapshot;

import dev.autosync.core.git.BlobId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Where a content lies that git keeps, and a link of ours holds. */
sealed interface GitReference {
    byte LOOSE = 1;
    byte PACKED = 2;

    /** Its name in a repository, by which it is looked for again when git keeps it elsewhere. */
    BlobId id();

    /** The folder of the link, which has the name of that of git's file. */
    String folder();

    /** The name of the link in its folder. */
    String name();

    /** How many bytes it is encoded in. */
    int length();

    void writeTo(ByteBuffer out);

    /** In a file of its own. */
    record Loose(BlobId id) implements GitReference {
        @Override
        public String folder() {
            return id.hex().substring(0, 2);
        }

        @Override
        public String name() {
            return id.hex().substring(2);
        }

        @Override
        public int length() {
            return 1 + BlobId.BYTES;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            id.writeTo(out.put(LOOSE));
        }
    }

    /**
     * In a pack.
     *
     * @param link the number of the link
     * @param offset where in the pack it begins
     * @param bases where those begin that it is made from and that the pack names by their ids, in the order in which they are needed: to find them again
     *     would take the pack's index
     */
    record Packed(BlobId id, long link, long offset, long... bases) implements GitReference {
        @Override
        public String folder() {
            return GitLinks.PACKS;
        }

        @Override
        public String name() {
            return name(link);
        }

        static String name(long link) {
            return String.format(Locale.ROOT, "%016x", link);
        }

        @Override
        public int length() {
            return 1 + BlobId.BYTES + 8 + 8 + 4 + 8 * bases.length;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            id.writeTo(out.put(PACKED));
            out.putLong(link).putLong(offset).putInt(bases.length);
            for (long base : bases) {
                out.putLong(base);
            }
        }
    }

    /**
     * Reads one.
     *
     * @throws BufferUnderflowException if it is longer than what is left, or none
     */
    static GitReference of(ByteBuffer in) {
        byte kind = in.get();
        BlobId id = BlobId.of(in);
        if (kind == LOOSE) {
            return new Loose(id);
        }
        if (kind != PACKED) {
            throw new BufferUnderflowException();
        }
        long link = in.getLong();
        long offset = in.getLong();
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / 8) {
            throw new BufferUnderflowException();
        }
        long[] bases = new long[count];
        for (int i = 0; i < count; i++) {
            bases[i] = in.getLong();
        }
        return new Packed(id, link, offset, bases);
    }
}
