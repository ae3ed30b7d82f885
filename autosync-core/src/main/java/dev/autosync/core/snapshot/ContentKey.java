package dev.autosync.core.snapshot;

import java.nio.ByteBuffer;

/** A SHA-256 as the key of a map: four numbers take less room than an array. */
record ContentKey(long a, long b, long c, long d) {
    static final int BYTES = 32;

    static ContentKey of(byte[] sha256) {
        return of(ByteBuffer.wrap(sha256));
    }

    static ContentKey of(ByteBuffer sha256) {
        return new ContentKey(sha256.getLong(), sha256.getLong(), sha256.getLong(), sha256.getLong());
    }

    void writeTo(ByteBuffer out) {
        out.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        writeTo(bytes);
        return bytes.array();
    }

    @Override
    public int hashCode() {
        // Any part of a SHA-256 is as good as all of it.
        return Long.hashCode(a);
    }
}
