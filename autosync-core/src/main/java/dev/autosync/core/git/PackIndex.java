package dev.autosync.core.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The index of a pack, version 2, read at places and never as a whole: in memory is one kilobyte, whatever its size.
 *
 * <p>Source: gitformat-pack, "Version 2 pack-*.idx files". Cost of a search: one read for each halving down to {@value #BLOCK} names, then two. Threads: safe
 * to share; an interrupt closes it.
 */
public final class PackIndex implements Closeable {
    private static final int MAGIC = 0xff744f63;
    private static final int BUCKETS = 256;
    private static final int NAMES = 8 + BUCKETS * 4;
    private static final int TRAILER = 2 * BlobId.BYTES;
    private static final int BLOCK = 256;

    private final Path pack;
    private final FileChannel file;
    private final long[] ends;

    private PackIndex(Path pack, FileChannel file, long[] ends) {
        this.pack = pack;
        this.file = file;
        this.ends = ends;
    }

    static PackIndex open(Path idx, Path pack) throws IOException {
        FileChannel file = openRegular(idx);
        try {
            ByteBuffer head = read(file, 0, NAMES);
            if (head.getInt() != MAGIC || head.getInt() != 2) {
                throw new IOException(idx + " is no index of version 2");
            }
            long[] ends = new long[BUCKETS];
            for (int i = 0; i < BUCKETS; i++) {
                ends[i] = head.getInt() & 0xffffffffL;
                if (i > 0 && ends[i] < ends[i - 1]) {
                    throw new IOException(idx + " has names in no order");
                }
            }
            // A name, a checksum and a place each.
            if (ends[BUCKETS - 1] > (file.size() - NAMES - TRAILER) / (BlobId.BYTES + 8)) {
                throw new IOException(idx + " says that it has more names than it has");
            }
            return new PackIndex(pack, file, ends);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Opens a file for reading. Not a link, and nothing that one would wait for. */
    public static FileChannel openRegular(Path file) throws IOException {
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a regular file");
        }
        return FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS);
    }

    /** The first eight bytes of the checksum with which a pack ends, over all that is in it. */
    public static long checksum(FileChannel pack) throws IOException {
        return read(pack, Math.max(0, pack.size() - BlobId.BYTES), Long.BYTES).getLong();
    }

    /** The pack that it belongs to. */
    public Path pack() {
        return pack;
    }

    /** Where in the pack an object begins; -1 if it is not there. */
    public long find(BlobId id) throws IOException {
        byte[] wanted = id.bytes();
        int bucket = wanted[0] & 0xff;
        long low = bucket == 0 ? 0 : ends[bucket - 1];
        long high = ends[bucket];
        while (high - low > BLOCK) {
            long middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(wanted, read(file, NAMES + middle * BlobId.BYTES, BlobId.BYTES).array());
            if (order == 0) {
                return offset(middle);
            }
            low = order < 0 ? low : middle + 1;
            high = order < 0 ? middle : high;
        }
        byte[] block = read(file, NAMES + low * BlobId.BYTES, (int) (high - low) * BlobId.BYTES).array();
        for (int i = 0; i < block.length; i += BlobId.BYTES) {
            if (Arrays.equals(wanted, 0, BlobId.BYTES, block, i, i + BlobId.BYTES)) {
                return offset(low + i / BlobId.BYTES);
            }
        }
        return -1;
    }

    private long offset(long position) throws IOException {
        long count = ends[BUCKETS - 1];
        long offsets = NAMES + count * (BlobId.BYTES + 4);
        int offset = read(file, offsets + position * 4, 4).getInt();
        if (offset >= 0) {
            return offset;
        }
        return Math.max(-1, read(file, offsets + count * 4 + (offset & 0x7fffffffL) * 8, 8).getLong());
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a pack or its index ends too early");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
