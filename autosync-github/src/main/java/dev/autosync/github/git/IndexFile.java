package dev.autosync.github.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The index of a workspace: which content each path has in what would be committed next.
 *
 * <p>Read in versions 2 to 4 and written in 2 or 3, which every git reads. Optional extensions are caches and are left out; one that is
 * required (a split or a sparse index) makes it unreadable. JGit's own is not used because its lock reads the configuration of the user.
 * Source: git's documentation, gitformat-index.
 */
final class IndexFile {
    private static final int MAGIC = 0x44495243;
    private static final int STAT = 24; // times, device and inode
    private static final int ID = Constants.OBJECT_ID_LENGTH;
    private static final int EXTENDED = 0x4000;
    private static final int STAGE = 0x3000;
    private static final int NAME = 0xfff;

    /** One entry; {@code stat} holds everything that comes before the id. */
    private record Entry(byte[] stat, ObjectId id, int flags, int moreFlags) {
        FileMode mode() {
            return FileMode.fromBits(ByteBuffer.wrap(stat).getInt(STAT));
        }
    }

    /** By path, one byte a character, then stage: the order of the file. */
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private IndexFile() {}

    /** An index without entries. */
    static IndexFile empty() {
        return new IndexFile();
    }

    static IndexFile parse(byte[] bytes) throws IOException {
        IndexFile index = new IndexFile();
        try {
            index.read(bytes);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // The last one is what a buffer says of a place that lies beyond its end.
            throw new IOException("the index ends too early", e);
        }
        return index;
    }

    private void read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int magic = in.getInt();
        int version = in.getInt();
        if (magic != MAGIC || version < 2 || version > 4) {
            throw new IOException("the index is of an unknown version");
        }
        int body = bytes.length - ID;
        byte[] sum = Arrays.copyOfRange(bytes, body, bytes.length);
        // With index.skipHash git writes zeros there.
        if (!Arrays.equals(sum, new byte[ID]) && !Arrays.equals(sum, sum(bytes, body))) {
            throw new IOException("the index is damaged");
        }
        String path = "";
        for (int count = in.getInt(); count > 0; count--) {
            path = readEntry(in, version, path);
        }
        while (in.position() < body) {
            byte first = in.get(in.position());
            byte[] name = new byte[4];
            in.get(name);
            if (first < 'A' || first > 'Z') {
                throw new IOException("the index has the extension " + new String(name, StandardCharsets.ISO_8859_1)
                        + " (split or sparse), which AutoSync does not support");
            }
            int length = in.getInt();
            in.position(in.position() + length);
        }
    }

    private String readEntry(ByteBuffer in, int version, String previous) throws IOException {
        int start = in.position();
        byte[] stat = new byte[STAT + 16];
        in.get(stat);
        byte[] id = new byte[ID];
        in.get(id);
        int flags = in.getShort() & 0xffff;
        int more = (flags & EXTENDED) != 0 ? in.getShort() & 0xffff : 0;
        String path;
        if (version == 4) {
            path = previous.substring(0, previous.length() - offset(in)) + readName(in);
        } else {
            path = readName(in);
            in.position(start + (in.position() - 1 - start + 8 & ~7));
        }
        entries.put(key(path, (flags & STAGE) >> 12), new Entry(stat, ObjectId.fromRaw(id), flags, more));
        return path;
    }

    private static int offset(ByteBuffer in) {
        int c = in.get();
        int value = c & 0x7f;
        while (c < 0) {
            c = in.get();
            value = (value + 1 << 7) + (c & 0x7f);
        }
        return value;
    }

    private static String readName(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        for (byte c = in.get(); c != 0; c = in.get()) {
            name.append((char) (c & 0xff));
        }
        return name.toString();
    }

    private static String key(String path, int stage) {
        return path + "\0" + stage;
    }

    private static String bytes(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What a path has; empty if it is not there or is in conflict. */
    Optional<Tree.Entry> find(String path) {
        return Optional.ofNullable(entries.get(key(bytes(path), 0))).map(entry -> new Tree.Entry(entry.mode(), entry.id()));
    }

    /** Whether a path is in conflict. */
    boolean isConflicted(String path) {
        return entries.containsKey(key(bytes(path), 1)) || entries.containsKey(key(bytes(path), 2)) || entries.containsKey(key(bytes(path), 3));
    }

    /** Gives a path a content. What is remembered of the file is left empty, so that git looks at the file before it trusts this. */
    void put(String path, FileMode mode, ObjectId id) {
        ByteBuffer stat = ByteBuffer.allocate(STAT + 16);
        stat.putInt(STAT, mode.getBits());
        entries.put(key(bytes(path), 0), new Entry(stat.array(), id, 0, 0));
    }

    /** Takes a path out. */
    void remove(String path) {
        entries.remove(key(bytes(path), 0));
    }

    byte[] toBytes() {
        boolean extended = entries.values().stream().anyMatch(entry -> entry.moreFlags() != 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12).putInt(MAGIC).putInt(extended ? 3 : 2).putInt(entries.size()).array());
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            write(out, entry.getKey().substring(0, entry.getKey().length() - 2).getBytes(StandardCharsets.ISO_8859_1), entry.getValue());
        }
        byte[] body = out.toByteArray();
        out.writeBytes(sum(body, body.length));
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] path, Entry entry) {
        boolean extended = entry.moreFlags() != 0;
        int length = STAT + 16 + ID + (extended ? 4 : 2) + path.length;
        ByteBuffer bytes = ByteBuffer.allocate(length + 8 & ~7);
        bytes.put(entry.stat());
        byte[] id = new byte[ID];
        entry.id().copyRawTo(id, 0);
        bytes.put(id);
        int flags = entry.flags() & ~(NAME | EXTENDED) | Math.min(path.length, NAME) | (extended ? EXTENDED : 0);
        bytes.putShort((short) flags);
        if (extended) {
            bytes.putShort((short) entry.moreFlags());
        }
        bytes.put(path);
        out.writeBytes(bytes.array());
    }

    private static byte[] sum(byte[] bytes, int length) {
        MessageDigest sha1 = GitObject.sha1();
        sha1.update(bytes, 0, length);
        return sha1.digest();
    }
}
