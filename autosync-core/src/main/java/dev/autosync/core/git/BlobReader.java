package dev.autosync.core.git;

import dev.autosync.core.text.GitDelta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the bytes of files as git keeps them: in a file of their own, or in a pack, whole or as deltas of others.
 *
 * <p>Source: gitformat-pack, gitformat-loose. What is read is hostile: no size, offset or chain in it is believed, no more is allocated than three times
 * {@value #MAX_DELTIFIED} bytes, and whatever is wrong is an {@code IOException}. What a sink was given before one counts for nothing. Threads: belongs to one.
 */
public final class BlobReader implements AutoCloseable {
    private static final int BLOB = 3;
    private static final int BY_DISTANCE = 6;
    private static final int BY_ID = 7;
    private static final int LONGEST_HEADER = 64;

    /** git makes chains of 50, of 4,095 if it is asked to. */
    private static final int MAX_DEPTH = 4_095;

    /** The largest content that is read from deltas, in bytes; others are not kept whole in memory. */
    private static final int MAX_DELTIFIED = 16 << 20;
    private static final int LEAST_BOUND = 1 << 20;

    /** git makes no delta of something 32 times as large. */
    private static final int MAX_RATIO = 64;

    /** So many bytes, and so many times its own, may be made on the way to one content: a long chain costs whoever writes it next to nothing. */
    private static final int LEAST_MADE = 4 << 20;
    private static final int MADE_RATIO = 256;

    private final Inflater inflater = new Inflater();
    private final ByteBuffer input = ByteBuffer.allocate(8 << 10);
    private final byte[] output = new byte[16 << 10];

    /** Takes bytes, piece after piece. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a piece, which is overwritten afterwards. */
        void take(byte[] bytes, int from, int length);
    }

    /** Tells where in the same pack the base of a delta lies that is named by its id. */
    @FunctionalInterface
    public interface Bases {
        /** Where it begins; -1 if it is not there. */
        long find(BlobId id) throws IOException;
    }

    /**
     * Reads the file of one object.
     *
     * @param size how many bytes it must hold
     */
    public void loose(FileChannel file, long size, Sink out) throws IOException {
        byte[] header = BlobId.header(size);
        int[] seen = {0};
        boolean[] other = {false};
        next(file, 0);
        inflate(file, 0, header.length + size, (bytes, from, length) -> {
            int some = Math.min(length, header.length - seen[0]);
            other[0] |= !Arrays.equals(bytes, from, from + some, header, seen[0], seen[0] + some);
            seen[0] += some;
            if (some < length) {
                out.take(bytes, from + some, length - some);
            }
        });
        if (other[0]) {
            throw new IOException("it is no blob of " + size + " bytes");
        }
    }

    /**
     * Reads an object of a pack.
     *
     * @param at where it begins
     * @param size how many bytes it must hold
     */
    public void packed(FileChannel pack, long at, Bases bases, long size, Sink out) throws IOException {
        long bound = Math.min(MAX_DELTIFIED, Math.max(LEAST_BOUND, MAX_RATIO * Math.min(size, MAX_DELTIFIED)));
        List<byte[]> deltas = new ArrayList<>();
        long left = bound;
        long place = at;
        while (true) {
            next(pack, place);
            int type = input.get(0) >> 4 & 7;
            long length = length();
            if (type == BLOB && deltas.isEmpty()) {
                if (length != size) {
                    throw new IOException("it is a blob of " + length + " bytes, not of " + size);
                }
                inflate(pack, place, length, out);
                return;
            }
            if (type == BLOB) {
                byte[] whole = apply(deltas, whole(pack, place, length, bound), bound, LEAST_MADE + MADE_RATIO * size);
                if (whole.length != size) {
                    throw new IOException("it is a blob of " + whole.length + " bytes, not of " + size);
                }
                out.take(whole, 0, whole.length);
                return;
            }
            if (type != BY_DISTANCE && type != BY_ID || deltas.size() == MAX_DEPTH) {
                throw new IOException("it is no blob, or one of too many deltas");
            }
            long base = type == BY_DISTANCE ? place - distance() : bases.find(id());
            deltas.add(whole(pack, place, length, left));
            left -= length;
            place = base;
        }
    }

    private static byte[] apply(List<byte[]> deltas, byte[] base, long bound, long most) throws IOException {
        byte[] whole = base;
        long made = 0;
        try {
            for (int i = deltas.size() - 1; i >= 0; i--) {
                whole = GitDelta.apply(whole, deltas.get(i), bound);
                made += whole.length;
                if (made > most) {
                    throw new IOException("more than " + most + " bytes would have to be made for it");
                }
            }
            return whole;
        } catch (GitDelta.MalformedException e) {
            throw new IOException("its delta is malformed: " + e.getMessage(), e);
        }
    }

    /** Four bits of the length are in the first byte, seven in each that follows. */
    private long length() throws IOException {
        int part = header();
        long length = part & 0xf;
        for (int shift = 4; (part & 0x80) != 0; shift += 7) {
            part = header();
            if (shift > 53) {
                throw new IOException("its length has too many bytes");
            }
            length |= (part & 0x7fL) << shift;
        }
        return length;
    }

    /** Seven bits a byte, the highest first, one added for each further byte. */
    private long distance() throws IOException {
        int part = header();
        long distance = part & 0x7f;
        while ((part & 0x80) != 0) {
            part = header();
            distance = (distance + 1 << 7) + (part & 0x7f);
            if (distance > Long.MAX_VALUE >> 8) {
                throw new IOException("its base is too far away");
            }
        }
        if (distance == 0) {
            throw new IOException("it is its own base");
        }
        return distance;
    }

    private BlobId id() throws IOException {
        if (input.remaining() < BlobId.BYTES) {
            throw new IOException("the pack ends too early");
        }
        return BlobId.of(input);
    }

    private int header() throws IOException {
        if (!input.hasRemaining() || input.position() == LONGEST_HEADER) {
            throw new IOException("it ends too early");
        }
        return input.get() & 0xff;
    }

    private byte[] whole(FileChannel file, long start, long length, long most) throws IOException {
        if (length > most) {
            throw new IOException("it, or what it is made from, has " + length + " bytes, more than " + most);
        }
        byte[] whole = new byte[(int) length];
        int[] done = {0};
        inflate(file, start, length, (bytes, from, some) -> {
            System.arraycopy(bytes, from, whole, done[0], some);
            done[0] += some;
        });
        return whole;
    }

    /** Reads what stands at a place into the input. */
    private void next(FileChannel file, long at) throws IOException {
        input.clear();
        if (at < 0 || file.read(input, at) <= 0) {
            throw new IOException("nothing is at byte " + at);
        }
        input.flip();
    }

    /**
     * Inflates what begins where the input stands, and goes on in the file.
     *
     * @param start where the input begins in the file
     */
    private void inflate(FileChannel file, long start, long length, Sink out) throws IOException {
        // What cannot be compressed gets a little longer; an endless run of empty blocks ends here.
        long most = 2 * Math.min(length, Long.MAX_VALUE / 4) + output.length;
        long left = length;
        long at = start + input.limit();
        inflater.reset();
        inflater.setInput(input);
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    next(file, at);
                    at += input.limit();
                    inflater.setInput(input);
                }
                int some = inflater.inflate(output);
                if (some > left || at - start > most || inflater.needsDictionary()) {
                    throw new IOException("it holds something else than " + length + " bytes");
                }
                left -= some;
                out.take(output, 0, some);
            }
        } catch (DataFormatException e) {
            throw new IOException("it cannot be inflated: " + e.getMessage(), e);
        }
        if (left != 0) {
            throw new IOException("it holds fewer than " + length + " bytes");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
