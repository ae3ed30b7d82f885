package dev.autosync.core.snapshot;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record that ends what was written to a segment at once. What no seal names was never finished, and is not there.
 *
 * @param sequence larger than those of all earlier seals; the largest says which snapshots are kept
 * @param start where in the segment the records begin that it names
 * @param kept the numbers of the snapshots that are kept from here on, oldest first
 * @param contents the contents before it
 * @param manifests the manifests in it
 */
record Seal(long sequence, long start, List<Long> kept, List<Content> contents, List<byte[]> manifests) {
    static final long[] NO_PARTS = {};
    private static final int BY_REFERENCE = -1;

    /**
     * Where a content lies.
     *
     * @param key its hash
     * @param size its bytes
     * @param stored how many bytes its records take
     * @param parts where they begin, in their order; empty if git keeps it
     * @param reference where git keeps it; null for a copy
     */
    record Content(ContentKey key, long size, long stored, long[] parts, @Nullable GitReference reference) {
        private static final int NUMBERS = 8 + 8 + 4;

        /** How many bytes it takes in a seal. */
        int length() {
            return ContentKey.BYTES + NUMBERS + (reference == null ? 8 * parts.length : reference.length());
        }
    }

    /** A seal as it was found: it begins where it says itself, in the segment that it says. */
    record Found(Seal seal, long at, long end, List<Long> manifestOffsets) {}

    /**
     * The payload.
     *
     * @param segment the number of the segment
     * @param at where in the segment the record begins
     */
    byte[] encode(long segment, long at) {
        long length = 8 * 4 + 4 + 8L * kept.size() + 4 + 4 + 8;
        for (Content content : contents) {
            length += content.length();
        }
        for (byte[] manifest : manifests) {
            length += 4 + manifest.length;
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length));
        out.putLong(segment).putLong(at).putLong(start).putLong(sequence);
        out.putInt(kept.size());
        kept.forEach(out::putLong);
        out.putInt(contents.size());
        for (Content content : contents) {
            content.key().writeTo(out);
            GitReference reference = content.reference();
            out.putLong(content.size()).putLong(content.stored()).putInt(reference == null ? content.parts().length : BY_REFERENCE);
            for (long part : content.parts()) {
                out.putLong(part);
            }
            if (reference != null) {
                reference.writeTo(out);
            }
        }
        out.putInt(manifests.size());
        manifests.forEach(manifest -> out.putInt(manifest.length).put(manifest));
        // The last eight bytes of a segment tell where its last seal is.
        return out.putLong(at).array();
    }

    /**
     * Reads a payload.
     *
     * @throws PackFrame.DamagedException if it is of another segment or another place: the content of a file may look like a seal
     */
    static Found decode(byte[] payload, long segment, long at) throws IOException {
        try {
            ByteBuffer in = ByteBuffer.wrap(payload);
            if (in.getLong() != segment || in.getLong() != at) {
                throw new PackFrame.DamagedException("holds the seal of another pack at byte " + at, at);
            }
            long start = in.getLong();
            long sequence = in.getLong();
            List<Long> kept = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                kept.add(in.getLong());
            }
            List<Content> contents = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                ContentKey key = ContentKey.of(in);
                long size = in.getLong();
                long stored = in.getLong();
                int count = in.getInt();
                if (count == BY_REFERENCE) {
                    contents.add(new Content(key, size, stored, NO_PARTS, GitReference.of(in)));
                    continue;
                }
                if (count < 0 || count > in.remaining() / 8) {
                    throw new BufferUnderflowException();
                }
                long[] parts = new long[count];
                for (int part = 0; part < count; part++) {
                    parts[part] = in.getLong();
                }
                contents.add(new Content(key, size, stored, parts, null));
            }
            List<byte[]> manifests = new ArrayList<>();
            List<Long> offsets = new ArrayList<>();
            for (int i = in.getInt(); i > 0; i--) {
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] manifest = new byte[length];
                offsets.add(at + PackFrame.HEADER + in.position());
                in.get(manifest);
                manifests.add(manifest);
            }
            return new Found(new Seal(sequence, start, kept, contents, manifests), at, at + PackFrame.HEADER + payload.length, offsets);
        } catch (BufferUnderflowException e) {
            throw new PackFrame.DamagedException("holds a seal that contradicts itself at byte " + at, at);
        }
    }
}
