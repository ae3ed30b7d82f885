package dev.autosync.github.git;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One pack with its index of version 2, read at places and never as a whole.
 *
 * <p>Source: git's documentation, gitformat-pack. Cost: O(log n) small reads to find an object.
 */
final class PackFile implements Closeable {
    private static final int IDX_MAGIC = 0xff744f63;
    private static final int FANOUT = 8;
    private static final int NAMES = FANOUT + 256 * 4;
    private static final int ID = Constants.OBJECT_ID_LENGTH;
    private static final int MAX_DEPTH = 4096;

    private final Path path;
    private final FileChannel idx;
    private final FileChannel pack;
    private final long count;

    private PackFile(Path path, FileChannel idx, FileChannel pack, long count) {
        this.path = path;
        this.idx = idx;
        this.pack = pack;
        this.count = count;
    }

    static PackFile open(Path idxPath, Path packPath) throws IOException {
        FileChannel idx = FileChannel.open(idxPath, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            ByteBuffer head = read(idx, 0, 8);
            if (head.getInt() != IDX_MAGIC || head.getInt() != 2) {
                throw new IOException(idxPath + " is no index of version 2; run git repack -a -d");
            }
            long count = read(idx, NAMES - 4, 4).getInt() & 0xffffffffL;
            return new PackFile(packPath, idx, FileChannel.open(packPath, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS), count);
        } catch (IOException | RuntimeException e) {
            idx.close();
            throw e;
        }
    }

    /**
     * Looks an object up.
     *
     * @return its place in the pack, -1 if it is not there
     */
    long find(AnyObjectId id) throws IOException {
        int first = id.getFirstByte();
        long low = first == 0 ? 0 : read(idx, FANOUT + (first - 1) * 4L, 4).getInt() & 0xffffffffL;
        long high = read(idx, FANOUT + first * 4L, 4).getInt() & 0xffffffffL;
        while (low < high) {
            long middle = (low + high) >>> 1;
            int order = id.compareTo(read(idx, NAMES + middle * ID, ID).array(), 0);
            if (order == 0) {
                return offset(middle);
            }
            if (order < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }

    private long offset(long position) throws IOException {
        long offsets = NAMES + count * (ID + 4);
        int offset = read(idx, offsets + position * 4, 4).getInt();
        if (offset >= 0) {
            return offset;
        }
        return read(idx, offsets + count * 4 + (offset & 0x7fffffffL) * 8, 8).getLong();
    }

    /** Reads the object at a place that {@link #find} gave. */
    GitObject read(AnyObjectId id, long place) throws IOException {
        Deque<byte[]> deltas = new ArrayDeque<>();
        long at = place;
        while (true) {
            PackEntry entry = entry(at);
            if (!entry.isDelta()) {
                byte[] bytes = inflate(entry);
                while (!deltas.isEmpty()) {
                    bytes = Delta.apply(bytes, deltas.pop());
                }
                return new GitObject(id.copy(), entry.type(), bytes);
            }
            deltas.push(inflate(entry));
            at = base(entry, at);
            if (deltas.size() > MAX_DEPTH) {
                throw new CorruptObjectException(path + " has deltas upon deltas without end");
            }
        }
    }

    private long base(PackEntry entry, long at) throws IOException {
        long base = entry.base() == null ? at - entry.distance() : find(entry.base());
        if (base < 0 || entry.base() == null && base >= at) {
            throw new CorruptObjectException(path + " has a delta without its base");
        }
        return base;
    }

    /** Reads what stands before the compressed bytes. */
    private PackEntry entry(long at) throws IOException {
        ByteBuffer head = readSome(pack, at, 64);
        int c = head.get();
        int type = c >> 4 & 7;
        long length = c & 15;
        for (int shift = 4; c < 0; shift += 7) {
            c = head.get();
            length |= (c & 0x7fL) << shift;
        }
        long distance = 0;
        ObjectId base = null;
        if (type == Constants.OBJ_OFS_DELTA) {
            c = head.get();
            distance = c & 0x7f;
            while (c < 0) {
                c = head.get();
                distance = (distance + 1 << 7) + (c & 0x7f);
            }
        } else if (type == Constants.OBJ_REF_DELTA) {
            byte[] id = new byte[ID];
            head.get(id);
            base = ObjectId.fromRaw(id);
        }
        if (length < 0 || length > GitObject.MAX_BYTES) {
            throw new CorruptObjectException(path + " has an object of " + length + " bytes, more than AutoSync reads");
        }
        return new PackEntry(type, (int) length, distance, base, at + head.position());
    }

    private byte[] inflate(PackEntry entry) throws IOException {
        byte[] bytes = new byte[entry.length()];
        Inflater inflater = new Inflater();
        try {
            long at = entry.data();
            int done = 0;
            byte[] rest = new byte[1];
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    ByteBuffer more = readSome(pack, at, 8192);
                    at += more.remaining();
                    inflater.setInput(more);
                }
                int n = done < bytes.length ? inflater.inflate(bytes, done, bytes.length - done) : inflater.inflate(rest);
                if (done == bytes.length && n > 0 || inflater.needsDictionary()) {
                    throw new CorruptObjectException(path + " has an object of another length than it says");
                }
                done += n;
            }
            if (done != bytes.length) {
                throw new CorruptObjectException(path + " has an object of another length than it says");
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new CorruptObjectException(path + " has damaged bytes");
        } finally {
            inflater.end();
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a pack or its index ends too early");
            }
        }
        return bytes.flip();
    }

    private static ByteBuffer readSome(FileChannel channel, long at, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        if (channel.read(bytes, at) <= 0) {
            throw new EOFException("a pack ends too early");
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        try (idx) {
            pack.close();
        }
    }
}
