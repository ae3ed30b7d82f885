package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import dev.autosync.core.io.PathText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as bytes: what a scan of another process needs in order to go on from it.
 *
 * <p>Big-endian: magic, time of the scan, summary, then folder after folder, each with its own time and key, its files, and the folders in it; a
 * CRC32C of all at the end. Names are without their folders, keys without what they share with the key before. Other versions are not read: it is a cache.
 */
final class SnapshotIndex {
    private static final int MAGIC = 0x41535833;
    private static final int HEAD_BYTES = 4 + 8 + 32 + 4 + 8 + 4;
    private static final int HASH_BYTES = 32;
    private static final int MAX_PATH = 8192;

    private static final int TRUSTED = 1;
    private static final int EXECUTABLE = 2;
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
        out.folder(root, "", new byte[0]);
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
            return Optional.of(Snapshot.saved(new Reader(in).root(root), entries, scannedAt, summary));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
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

        void folder(Folder folder, String name, byte[] rulesAbove) {
            Folder.Listed listed = folder.listed();
            text(name);
            key(listed.key());
            boolean other = !Arrays.equals(rulesAbove, listed.rulesHash());
            room(32 + HASH_BYTES);
            bytes.put((byte) ((listed.trusted() ? TRUSTED : 0) | (listed.ignoring() ? IGNORING : 0) | (other ? OTHER_RULES : 0)));
            bytes.putLong(listed.mtimeNanos());
            if (other) {
                bytes.put(listed.rulesHash());
            }
            bytes.putInt(folder.files().length).putInt(folder.folders().length);
            for (int i = 0; i < folder.files().length; i++) {
                file(folder.files()[i], folder.files()[i].path().substring(folder.prefix().length()), folder.key(i));
            }
            for (Folder below : folder.folders()) {
                folder(below, below.prefix().substring(folder.prefix().length(), below.prefix().length() - 1), listed.rulesHash());
            }
        }

        private void file(Entry entry, String name, @Nullable Object key) {
            text(name);
            key(key);
            room(32 + HASH_BYTES);
            bytes.put((byte) ((entry.trusted() ? TRUSTED : 0) | (entry.executable() ? EXECUTABLE : 0)
                    | (entry.type() == Entry.Type.LINK ? LINK : 0) | (entry.hashed() ? HASHED : 0)));
            bytes.putLong(entry.size()).putLong(entry.mtimeNanos()).put(entry.sha256());
        }

        private void key(@Nullable Object key) {
            String text = FileKeys.text(key);
            int shared = 0;
            while (shared < Math.min(255, Math.min(text.length(), lastKey.length())) && text.charAt(shared) == lastKey.charAt(shared)) {
                shared++;
            }
            room(1);
            bytes.put((byte) shared);
            text(text.substring(shared));
            lastKey = text;
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
        private final char[] wide = new char[1 << 15];
        private String lastKey = "";

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        Folder root(Path path) {
            text();
            return folder("", path, new byte[0]);
        }

        private Folder below(String above, Path parent, byte[] rules) {
            String name = name();
            return folder(above + name + "/", PathText.resolve(parent, name), rules);
        }

        private Folder folder(String prefix, Path path, byte[] rulesAbove) {
            if (prefix.length() > MAX_PATH) {
                throw new IllegalArgumentException("deeper than any folder");
            }
            String key = key();
            int flags = bytes.get();
            long mtime = bytes.getLong();
            byte[] rules = (flags & OTHER_RULES) == 0 ? rulesAbove : hash();
            Entry[] files = new Entry[count()];
            Folder[] folders = new Folder[count()];
            String[] keys = new String[files.length];
            for (int i = 0; i < files.length; i++) {
                String file = name();
                keys[i] = key();
                files[i] = file(prefix.concat(file));
            }
            for (int i = 0; i < folders.length; i++) {
                folders[i] = below(prefix, path, rules);
            }
            Folder.Listed listed = new Folder.Listed(mtime, key, (flags & TRUSTED) != 0, rules, null, (flags & IGNORING) != 0, null);
            return new Folder(prefix, path, listed, files, new Path[files.length], Arrays.copyOf(keys, keys.length, Object[].class), folders);
        }

        private Entry file(String path) {
            int flags = bytes.get();
            Entry.Type type = (flags & LINK) == 0 ? Entry.Type.FILE : Entry.Type.LINK;
            long size = bytes.getLong();
            long mtime = bytes.getLong();
            return new Entry(path, type, (flags & EXECUTABLE) != 0, size, mtime, (flags & TRUSTED) != 0,
                    (flags & HASHED) == 0 ? new byte[0] : hash());
        }

        /** A name that leads nowhere but into its folder. */
        private String name() {
            String name = text();
            if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..") || name.equals(".git")) {
                throw new IllegalArgumentException("not the name of a file");
            }
            return name;
        }

        private int count() {
            int count = bytes.getInt();
            if (count < 0 || count > bytes.remaining()) {
                throw new IllegalArgumentException("more files than bytes");
            }
            return count;
        }

        private byte[] hash() {
            byte[] hash = new byte[HASH_BYTES];
            bytes.get(hash);
            return hash;
        }

        private String key() {
            int shared = bytes.get() & 0xff;
            lastKey = lastKey.substring(0, shared).concat(text());
            return lastKey;
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
