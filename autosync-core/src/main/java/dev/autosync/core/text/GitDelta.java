package dev.autosync.core.text;

/**
 * Bytes told by what they have in common with others: pieces of a base, and bytes of their own. Source: gitformat-pack, "Deltified
 * representation".
 *
 * <p>The delta is hostile: no more is allocated than its caller allows. Threads: no state.
 */
public final class GitDelta {
    private static final int FULL_COPY = 0x10000;

    private final byte[] delta;
    private int at;

    private GitDelta(byte[] delta) {
        this.delta = delta;
    }

    /** A delta that is not for its base, or not one at all. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        private MalformedException(String message) {
            super(message);
        }
    }

    /**
     * What a delta makes of its base.
     *
     * @param base the base; not changed
     * @param delta the delta, inflated
     * @param maxBytes the most that the result may have
     * @throws MalformedException if the delta is not for a base of this length, does not give what it says or gives more than allowed
     */
    public static byte[] apply(byte[] base, byte[] delta, long maxBytes) throws MalformedException {
        try {
            return new GitDelta(delta).on(base, maxBytes);
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedException("it reaches beyond its base, its result or its own end");
        }
    }

    private byte[] on(byte[] base, long maxBytes) throws MalformedException {
        long baseLength = size();
        long length = size();
        if (baseLength != base.length) {
            throw new MalformedException("it is for " + baseLength + " bytes, not for " + base.length);
        }
        if (length < 0 || length > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
            throw new MalformedException("it gives " + length + " bytes, more than " + maxBytes);
        }
        byte[] result = new byte[(int) length];
        int done = 0;
        while (at < delta.length) {
            int command = delta[at++];
            if (command < 0) {
                int offset = little(command, 4);
                int size = little(command >> 4, 3);
                size = size == 0 ? FULL_COPY : size;
                System.arraycopy(base, offset, result, done, size);
                done += size;
            } else if (command > 0) {
                System.arraycopy(delta, at, result, done, command);
                at += command;
                done += command;
            } else {
                throw new MalformedException("it has a command that is reserved");
            }
        }
        if (done != length) {
            throw new MalformedException("it gives " + done + " bytes where it says " + length);
        }
        return result;
    }

    /** A number of which only the bytes that are not zero are there, the lowest first. */
    private int little(int present, int most) {
        int value = 0;
        for (int i = 0; i < most; i++) {
            if ((present & 1 << i) != 0) {
                value |= (delta[at++] & 0xff) << 8 * i;
            }
        }
        return value;
    }

    /** Seven bits a byte, the lowest first; all but the last have the highest bit set. */
    private long size() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            byte part = delta[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new MalformedException("it has a size of more than eight bytes");
    }
}
