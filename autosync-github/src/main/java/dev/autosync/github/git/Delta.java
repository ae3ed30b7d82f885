package dev.autosync.github.git;

import org.eclipse.jgit.errors.CorruptObjectException;

/** An object told by what it has in common with another: copies of the base, and bytes of its own. Source: gitformat-pack. */
public final class Delta {
    private final byte[] delta;
    private int at;

    private Delta(byte[] delta) {
        this.delta = delta;
    }

    /** Gives what a delta makes of its base. */
    public static byte[] apply(byte[] base, byte[] delta) throws CorruptObjectException {
        try {
            return new Delta(delta).on(base);
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptObjectException("a delta reaches beyond its base or its end");
        }
    }

    private byte[] on(byte[] base) throws CorruptObjectException {
        long baseLength = number();
        long length = number();
        if (baseLength != base.length || length > GitObject.MAX_BYTES) {
            throw new CorruptObjectException("a delta does not fit its base");
        }
        byte[] result = new byte[(int) length];
        int done = 0;
        while (at < delta.length) {
            int command = delta[at++] & 0xff;
            if (command > 127) {
                int offset = parts(command, 4);
                int size = parts(command >> 4, 3);
                size = size == 0 ? 0x10000 : size;
                System.arraycopy(base, offset, result, done, size);
                done += size;
            } else if (command > 0) {
                System.arraycopy(delta, at, result, done, command);
                at += command;
                done += command;
            } else {
                throw new CorruptObjectException("a delta has an unknown command");
            }
        }
        if (done != length) {
            throw new CorruptObjectException("a delta gives another length than it says");
        }
        return result;
    }

    private int parts(int bits, int most) {
        int value = 0;
        for (int i = 0; i < most; i++) {
            if ((bits & 1 << i) != 0) {
                value |= (delta[at++] & 0xff) << 8 * i;
            }
        }
        return value;
    }

    private long number() {
        long value = 0;
        int c;
        int shift = 0;
        do {
            c = delta[at++];
            value |= (c & 0x7fL) << shift;
            shift += 7;
        } while (c < 0 && shift < 63);
        return value;
    }
}
