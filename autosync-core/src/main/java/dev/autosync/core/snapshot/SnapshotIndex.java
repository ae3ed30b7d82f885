package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import dev.autosync.core.io.PathText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as bytes: what a scan of another process needs in order to go on from it.
 *
 * <p>Big-endian: magic, time of the scan, summary, then folder after folder, the root last and each after those that lie in it: its time and key, its
 * files, how many of the folders before it lie in it; a CRC32C of all at the end. Names of files are without their folders, keys and the names of
 * folders without what they share with the one before. Other versions are not read: it is a cache.
 */
final class SnapshotIndex {
    private static final int MAGIC = 0x41535834;
    private static final int HEAD_BYTES = 4 + 8 + 32 + 4 + 8 + 4 + 4;
    private static final int HASH_BYTES = 32;

    private static final int TRUSTED = 1;
    private static final int LINK = 4;
    private static final int HASHED = 8;

    private static final int IGNORING = 2;
    private static final int OTHER_RULES = 4;

    private SnapshotIndex() {}

    /** The bytes of a snapshot that was read from a tree. */
    static byte[] encode(Snapshot snapshot) {
        Folder root = snapshot.root();
        if (root == null) {
            throw new IllegalArgumentException("the snapshot was not read from a tree");
        }
        Writer out = new Writer(HEAD_BYTES + snapshot.entries().size() * 96);
        out.bytes.putInt(MAGIC).putLong(snapshot.scannedAtNanos());
        out.bytes.put(HexFormat.of().parseHex(snapshot.summary().contentHash())).putInt(snapshot.summary().files())
                .putLong(snapshot.summary().bytes()).putInt(snapshot.entries().size());
        List<Folder> folders = root.all();
        out.bytes.putInt(folders.size());
        for (int i = folders.size() - 1; i >= 0; i--) {
            out.folder(folders.get(i));
        }
        out.room(4);
        out.bytes.putInt(crc(out.bytes.array(), out.bytes.position()));
        return Arrays.copyOf(out.bytes.array(), out.bytes.position());
    }

    /**
     * The snapshot of bytes.
     *
     * @param root the folder of the tree
     * @return empty if they are not what was written
     */
    static Optional<Snapshot> decode(byte[] bytes, Path root) {
        if (bytes.length < HEAD_BYTES + 4 || ByteBuffer.wrap(bytes).getInt() != MAGIC
                || crc(bytes, bytes.length - 4) != ByteBuffer.wrap(bytes).getInt(bytes.length - 4)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 4, bytes.length - 8);
        try {
            long scannedAt = in.getLong();
            byte[] hash = new byte[HASH_BYTES];
            in.get(hash);
            SnapshotSummary summary = SnapshotSummary.of(HexFormat.of().formatHex(hash), in.getInt(), in.getLong());
            int entries = in.getInt();
            return Optional.of(Snapshot.saved(new Reader(in, root).tree(), entries, scannedAt, summary));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NoSuchElementException | IllegalArgumentException e) {
            // The check sum keeps out damage, not malice: the file lies in the workspace.
            return Optional.empty();
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Writes into a buffer that grows. */
    private static final class Writer {
        private ByteBuffer bytes;
        private String lastKey = "";
        private String lastPrefix = "";
        private byte[] lastRules = {};

        Writer(int capacity) {
            this.bytes = ByteBuffer.allocate(capacity);
        }

        void room(int wanted) {
            if (bytes.remaining() < wanted) {
                ByteBuffer larger = ByteBuffer.allocate(Math.addExact(bytes.capacity(), Math.max(bytes.capacity() / 2, wanted)));
                larger.put(bytes.flip());
                bytes = larger;
            }
        }

        void folder(Folder folder) {
            Folder.Listed listed = folder.listed();
            lastPrefix = shared(folder.prefix(), lastPrefix);
            key(listed.key());
            boolean other = !Arrays.equals(lastRules, listed.rulesHash());
            room(32 + HASH_BYTES);
            bytes.put((byte) ((listed.trusted() ? TRUSTED : 0) | (listed.ignoring() ? IGNORING : 0) | (other ? OTHER_RULES : 0)));
            bytes.putLong(listed.mtimeNanos());
            if (other) {
                bytes.put(listed.rulesHash());
                lastRules = listed.rulesHash();
            }
            bytes.putInt(folder.files().length).putInt(folder.folders().length);
            for (int i = 0; i < folder.files().length; i++) {
                file(folder.files()[i], folder.files()[i].path().substring(folder.prefix().length()), folder.key(i));
            }
        }

        private void file(Entry entry, String name, @Nullable Object key) {
            text(name);
            key(key);
            room(32 + HASH_BYTES);
            bytes.put((byte) ((entry.trusted() ? TRUSTED : 0)
                    | (entry.type() == Entry.Type.LINK ? LINK : 0) | (entry.hashed() ? HASHED : 0)));
            bytes.putShort((short) entry.mode()).putLong(entry.size()).putLong(entry.mtimeNanos()).put(entry.sha256());
        }

        private void key(@Nullable Object key) {
            lastKey = shared(FileKeys.text(key), lastKey);
        }

        /** Writes a text without what it shares with the one before. */
        private String shared(String text, String before) {
            int shared = 0;
            while (shared < Math.min(text.length(), before.length()) && text.charAt(shared) == before.charAt(shared)) {
                shared++;
            }
            room(2);
            bytes.putShort((short) shared);
            text(text.substring(shared));
            return text;
        }

        /** Length, twice; one more if the characters take two bytes. Not UTF-8, which knows no lone surrogates. */
        private void text(String text) {
            boolean wide = false;
            for (int i = 0; i < text.length() && !wide; i++) {
                wide = text.charAt(i) > 0xff;
            }
            byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
            room(4 + 2 * text.length());
            bytes.putShort((short) (text.length() << 1 | (wide ? 1 : 0)));
            if (wide) {
                for (int i = 0; i < text.length(); i++) {
                    bytes.putChar(text.charAt(i));
                }
            } else {
                bytes.put(encoded);
            }
        }
    }

    /** Reads what {@link Writer} writes. */
    private static final class Reader {
        private final ByteBuffer bytes;
        private final Path root;
        private final char[] wide = new char[1 << 15];
        private String lastKey = "";
        private String lastPrefix = "";
        private byte[] lastRules = {};

        Reader(ByteBuffer bytes, Path root) {
            this.bytes = bytes;
            this.root = root;
        }

        Folder tree() {
            Deque<Folder> done = new ArrayDeque<>();
            for (int i = count(bytes.remaining()); i > 0; i--) {
                done.push(folder(done));
            }
            Folder whole = done.pop();
            if (!done.isEmpty() || !whole.prefix().isEmpty() || bytes.hasRemaining()) {
                throw new IllegalArgumentException("not one tree");
            }
            return whole;
        }

        private Folder folder(Deque<Folder> done) {
            String prefix = shared(lastPrefix);
            lastPrefix = prefix;
            Path path = prefix.isEmpty() ? root : PathText.resolve(root, prefix.substring(0, prefix.length() - 1));
            String key = key();
            int flags = bytes.get();
            long mtime = bytes.getLong();
            lastRules = (flags & OTHER_RULES) == 0 ? lastRules : hash();
            Entry[] files = new Entry[count(bytes.remaining())];
            Folder[] folders = new Folder[count(done.size())];
            @Nullable Object[] keys = new @Nullable Object[files.length];
            for (int i = 0; i < files.length; i++) {
                String file = text();
                check(file);
                keys[i] = key();
                files[i] = file(prefix.concat(file));
            }
            for (int i = 0; i < folders.length; i++) {
                folders[i] = done.pop();
                checkBelow(folders[i].prefix(), prefix);
            }
            Folder.Listed listed = new Folder.Listed(mtime, key, (flags & TRUSTED) != 0, lastRules, null, (flags & IGNORING) != 0, null);
            return new Folder(prefix, path, listed, files, new @Nullable Path[files.length], keys, folders);
        }

        private Entry file(String path) {
            int flags = bytes.get();
            Entry.Type type = (flags & LINK) == 0 ? Entry.Type.FILE : Entry.Type.LINK;
            int mode = bytes.getShort();
            long size = bytes.getLong();
            long mtime = bytes.getLong();
            return new Entry(path, type, mode, size, mtime, (flags & TRUSTED) != 0,
                    (flags & HASHED) == 0 ? new byte[0] : hash());
        }

        private static void checkBelow(String below, String prefix) {
            if (!below.startsWith(prefix) || !below.endsWith("/") || below.length() <= prefix.length()) {
                throw new IllegalArgumentException("not a folder below");
            }
            check(below.substring(prefix.length(), below.length() - 1));
        }

        /** Whether a name leads nowhere but into its folder. */
        private static void check(String name) {
            if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..") || name.equals(".git")) {
                throw new IllegalArgumentException("not the name of a file");
            }
        }

        /** A count of what there can be so many of at most. */
        private int count(int most) {
            int count = bytes.getInt();
            if (count < 0 || count > most) {
                throw new IllegalArgumentException("more than there is");
            }
            return count;
        }

        private byte[] hash() {
            byte[] hash = new byte[HASH_BYTES];
            bytes.get(hash);
            return hash;
        }

        private String key() {
            lastKey = shared(lastKey);
            return lastKey;
        }

        private String shared(String before) {
            int shared = bytes.getShort();
            return before.substring(0, shared).concat(text());
        }

        private String text() {
            int coded = bytes.getShort() & 0xffff;
            int length = coded >>> 1;
            if ((coded & 1) != 0) {
                for (int i = 0; i < length; i++) {
                    wide[i] = bytes.getChar();
                }
                return new String(wide, 0, length);
            }
            String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.ISO_8859_1);
            bytes.position(bytes.position() + length);
            return text;
        }
    }
}
