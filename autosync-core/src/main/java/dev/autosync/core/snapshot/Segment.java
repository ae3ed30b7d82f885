package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * One file of packs: a header, then records, each run of which ends with a seal. It only grows, and one process alone writes to it.
 *
 * @param file the file
 * @param number tells it from every other; its seals carry it
 */
record Segment(Path file, long number) {
    static final String SUFFIX = ".pack";
    static final int HEADER = 20;

    private static final long MAGIC = 0x4153_5041_434b_0001L;
    private static final int WINDOW = 1 << 16;

    /** What the file of a segment begins with. */
    static byte[] header(long number) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(number);
        return header.putInt(crc(header.array())).array();
    }

    /**
     * Reads the seals of a segment.
     *
     * <p>They are found from the end, each by the place that the one after it names. Where the end is torn, or something in the middle is not as
     * it was written, they are looked for from the beginning.
     *
     * @param seals is given each seal, in no certain order
     * @param damages is given each place at which something was written that cannot be read any more
     * @throws PackFrame.DamagedException if the file is no segment
     */
    static Segment read(Path file, Consumer<Seal.Found> seals, Consumer<Long> damages) throws IOException {
        try (RandomAccessFile in = open(file)) {
            byte[] header = new byte[HEADER];
            if (in.length() < HEADER) {
                return new Segment(file, 0);
            }
            in.readFully(header);
            ByteBuffer fields = ByteBuffer.wrap(header);
            if (fields.getLong(0) != MAGIC || fields.getInt(16) != crc(header)) {
                throw new PackFrame.DamagedException("does not begin as a pack of this version does", 0);
            }
            Segment segment = new Segment(file, fields.getLong(8));
            long end = in.length();
            while (end > HEADER) {
                try {
                    Seal.Found found = segment.sealBefore(in, end);
                    seals.accept(found);
                    end = found.seal().start();
                } catch (PackFrame.DamagedException e) {
                    segment.search(in, end, seals, damages);
                    end = HEADER;
                }
            }
            return segment;
        }
    }

    private Seal.Found sealBefore(RandomAccessFile in, long end) throws IOException {
        long at = end - 8;
        if (at > HEADER) {
            in.seek(at);
            at = in.readLong();
        }
        if (at < HEADER || at >= end) {
            throw new PackFrame.DamagedException("ends without a seal", end);
        }
        Seal.Found found = Seal.decode(PackFrame.read(in, at, PackFrame.SEAL), number, at);
        if (found.end() != end || found.seal().start() < HEADER || found.seal().start() > at) {
            throw new PackFrame.DamagedException("holds a seal that contradicts itself at byte " + at, at);
        }
        return found;
    }

    private void search(RandomAccessFile in, long end, Consumer<Seal.Found> seals, Consumer<Long> damages) throws IOException {
        long last = HEADER;
        byte[] window = new byte[WINDOW];
        for (long from = HEADER; from + PackFrame.HEADER <= end; from += WINDOW - PackFrame.HEADER) {
            in.seek(from);
            int length = (int) Math.min(WINDOW, end - from);
            in.readFully(window, 0, length);
            for (int i = 0; i + PackFrame.HEADER <= length; i++) {
                if (from + i >= last && PackFrame.looksLikeSeal(window, i)) {
                    try {
                        Seal.Found found = Seal.decode(PackFrame.read(in, from + i, PackFrame.SEAL), number, from + i);
                        seals.accept(found);
                        if (found.seal().start() != last) {
                            damages.accept(last);
                        }
                        last = found.end();
                    } catch (PackFrame.DamagedException e) {
                        // A file that looks like a pack, or a seal that a crash has cut; what was finished after it is found nevertheless.
                        continue;
                    }
                }
            }
        }
        // Only at the end of the file may it be what a crash has cut.
        if (last < end && (end < in.length() || endsLikeASeal(in, end))) {
            damages.accept(last);
        }
    }

    /** Whether all of a seal was written here, so that no crash has cut it. */
    private static boolean endsLikeASeal(RandomAccessFile in, long end) throws IOException {
        in.seek(end - 8);
        long at = in.readLong();
        if (at < HEADER || at > end - PackFrame.HEADER) {
            return false;
        }
        byte[] header = new byte[PackFrame.HEADER];
        in.seek(at);
        in.readFully(header);
        return PackFrame.looksLikeSeal(header, 0);
    }

    /** Opens a segment for reading; a link in its place is not followed. */
    static RandomAccessFile open(Path file) throws IOException {
        if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new PackFrame.DamagedException("is not a regular file", 0);
        }
        return new RandomAccessFile(file.toFile(), "r");
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, HEADER - 4);
        return (int) crc.getValue();
    }
}
