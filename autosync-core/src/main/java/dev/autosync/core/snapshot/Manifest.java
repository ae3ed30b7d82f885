package dev.autosync.core.snapshot;

import dev.autosync.SnapshotSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What a kept snapshot consists of: its entries, or how they differ from those of the one before it.
 *
 * @param about what it is called and how large it is
 * @param changes how it differs from its parent; from an empty tree if it has none
 */
record Manifest(About about, Changes changes) {
    /** In the order of their numbers on disk. */
    private static final Entry.Type[] TYPES = {Entry.Type.FILE, Entry.Type.LINK, Entry.Type.FOLDER};
    private static final int TYPE = 3;
    private static final int HASHED = 8;
    private static final int REMOVED = 16;

    /**
     * What can be said of a snapshot without its entries.
     *
     * @param sequence its number, larger than those of all earlier ones
     * @param parent the number of the snapshot that this one says the differences to; {@link #NO_PARENT} if it says everything
     * @param takenAtNanos when it was taken, in nanoseconds since 1970
     * @param summary its hash and size
     * @param label what the caller named it; may be empty
     * @param cycle the cycle that took it; empty if it was no cycle
     * @param notKept how many of its entries could not be kept
     */
    record About(long sequence, long parent, long takenAtNanos, SnapshotSummary summary, String label, String cycle, int notKept) {
        static final long NO_PARENT = -1;

        /** The name for callers. */
        String id() {
            return sequence + "-" + summary.contentHash().substring(0, 8);
        }
    }

    /**
     * How a tree differs from another.
     *
     * @param changed entries that are new or not the same
     * @param removed paths that are not there any more
     */
    record Changes(List<Entry> changed, List<String> removed) {

        boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty();
        }

        /** The changes from one tree to another, both in the order of their paths. */
        static Changes between(List<Entry> parent, List<Entry> now) {
            List<Entry> changed = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            int was = 0;
            int is = 0;
            while (was < parent.size() || is < now.size()) {
                Entry before = was < parent.size() ? parent.get(was) : null;
                Entry after = is < now.size() ? now.get(is) : null;
                int order = before == after ? 0 : before == null ? 1 : after == null ? -1 : before.path().compareTo(after.path());
                if (order < 0 && before != null) {
                    removed.add(before.path());
                } else if (after != null && before != after && (order > 0 || before == null || before.mode() != after.mode() || !before.sameContent(after))) {
                    changed.add(after);
                }
                was += order <= 0 ? 1 : 0;
                is += order >= 0 ? 1 : 0;
            }
            return new Changes(changed, removed);
        }
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + changes.changed().size() * 96);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(about.sequence());
        out.writeLong(about.parent());
        out.writeLong(about.takenAtNanos());
        out.writeUTF(about.summary().contentHash());
        out.writeInt(about.summary().files());
        out.writeLong(about.summary().bytes());
        out.writeUTF(about.label());
        out.writeUTF(about.cycle());
        out.writeInt(about.notKept());
        out.writeInt(changes.changed().size() + changes.removed().size());
        for (Entry entry : changes.changed()) {
            boolean hashed = entry.hashed();
            out.writeUTF(entry.path());
            out.writeByte(entry.type().ordinal() | (hashed ? HASHED : 0));
            out.writeShort(entry.mode());
            out.writeLong(entry.size());
            if (hashed) {
                out.write(entry.sha256());
            } else {
                out.writeLong(entry.mtimeNanos());
            }
        }
        for (String path : changes.removed()) {
            out.writeUTF(path);
            out.writeByte(REMOVED);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        out.writeInt((int) crc.getValue());
        return bytes.toByteArray();
    }

    /** What a manifest is about, without reading its entries. */
    static About about(byte[] bytes) throws IOException {
        return about(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static About about(DataInputStream in) throws IOException {
        long sequence = in.readLong();
        long parent = in.readLong();
        long takenAt = in.readLong();
        SnapshotSummary summary = SnapshotSummary.of(in.readUTF(), in.readInt(), in.readLong());
        return new About(sequence, parent, takenAt, summary, in.readUTF(), in.readUTF(), in.readInt());
    }

    static Manifest decode(byte[] bytes) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, Math.max(0, bytes.length - 4));
        if (bytes.length < 4 || ByteBuffer.wrap(bytes).getInt(bytes.length - 4) != (int) crc.getValue()) {
            throw new IOException("the manifest is not as it was written");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        About about = about(in);
        int count = in.readInt();
        List<Entry> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            int flags = in.readByte();
            if (flags == REMOVED) {
                removed.add(path);
            } else {
                int mode = in.readShort();
                long size = in.readLong();
                boolean hashed = (flags & HASHED) != 0;
                long mtime = hashed ? 0 : in.readLong();
                changed.add(new Entry(path, TYPES[flags & TYPE], mode, size, mtime, false,
                        in.readNBytes(hashed ? ContentKey.BYTES : 0)));
            }
        }
        return new Manifest(about, new Changes(changed, removed));
    }

    /** The entries after this manifest, of those before it. */
    Map<String, Entry> on(Map<String, Entry> parent) {
        Map<String, Entry> entries = about.parent() == About.NO_PARENT ? new HashMap<>(changes.changed().size() * 4 / 3 + 1) : parent;
        changes.removed().forEach(entries::remove);
        changes.changed().forEach(entry -> entries.put(entry.path(), entry));
        return entries;
    }
}
