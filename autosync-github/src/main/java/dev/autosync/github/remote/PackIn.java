package dev.autosync.github.remote;

import dev.autosync.github.git.Delta;
import dev.autosync.github.git.GitObject;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The commits in a pack that was fetched. Files and folders are passed over, nothing is written anywhere.
 *
 * <p>Each commit gets the id of its bytes, so the other side cannot pass one off as another. What it unpacks to is bounded.
 */
final class PackIn {
    private static final int MAGIC = 0x5041434b;
    private static final long MAX_UNPACKED = 512L << 20;
    private static final int MAX_KEPT = 128 << 20;

    /** A commit, or a delta that may give one. */
    private record Kept(byte[] bytes, long base, @Nullable ObjectId baseId) {
        boolean isDelta() {
            return base >= 0 || baseId != null;
        }
    }

    private final ByteBuffer in;
    private final Map<Long, Kept> kept = new HashMap<>();
    private final Map<Long, GitObject> commits = new HashMap<>();
    private final Map<ObjectId, GitObject> byId = new HashMap<>();
    private long unpacked;
    private long keptBytes;

    private PackIn(byte[] pack) {
        this.in = ByteBuffer.wrap(pack);
    }

    static List<GitObject> commits(byte[] pack) throws IOException {
        try {
            return new PackIn(pack).read();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("its pack ends too early", e);
        }
    }

    private List<GitObject> read() throws IOException {
        if (in.getInt() != MAGIC || in.getInt() != 2) {
            throw new IOException("it sent no pack");
        }
        Inflater inflater = new Inflater();
        try {
            for (int left = in.getInt(); left > 0; left--) {
                readEntry(inflater);
            }
        } catch (DataFormatException e) {
            throw new IOException("its pack is damaged", e);
        } finally {
            inflater.end();
        }
        resolve();
        return new ArrayList<>(byId.values());
    }

    private void readEntry(Inflater inflater) throws IOException, DataFormatException {
        long start = in.position();
        int c = in.get();
        int type = c >> 4 & 7;
        long length = c & 15;
        for (int shift = 4; c < 0; shift += 7) {
            c = in.get();
            length |= (c & 0x7fL) << shift;
        }
        long base = -1;
        ObjectId baseId = null;
        if (type == Constants.OBJ_OFS_DELTA) {
            base = start - distance();
        } else if (type == Constants.OBJ_REF_DELTA) {
            byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
            in.get(id);
            baseId = ObjectId.fromRaw(id);
        }
        unpacked += length;
        if (length < 0 || length > GitObject.MAX_BYTES || unpacked > MAX_UNPACKED) {
            throw new IOException("its pack has more bytes than AutoSync takes");
        }
        boolean keep = type == Constants.OBJ_COMMIT || base >= 0 || baseId != null;
        byte[] bytes = inflate(inflater, (int) length, keep);
        if (keep) {
            keep(length);
            kept.put(start, new Kept(bytes, base, baseId));
        }
    }

    private void keep(long length) throws IOException {
        keptBytes += length;
        if (keptBytes > MAX_KEPT) {
            throw new IOException("its pack has more commits than AutoSync takes");
        }
    }

    private long distance() {
        int c = in.get();
        long distance = c & 0x7f;
        while (c < 0) {
            c = in.get();
            distance = (distance + 1 << 7) + (c & 0x7f);
        }
        return distance;
    }

    private byte[] inflate(Inflater inflater, int length, boolean keep) throws IOException, DataFormatException {
        byte[] bytes = new byte[keep ? length : Math.min(length, 8192) + 1];
        byte[] rest = new byte[1];
        inflater.reset();
        inflater.setInput(in);
        int done = 0;
        while (!inflater.finished()) {
            int n = keep ? done < length ? inflater.inflate(bytes, done, length - done) : inflater.inflate(rest) : inflater.inflate(bytes);
            done += n;
            if (done > length || n == 0 && !inflater.finished()) {
                throw new IOException("its pack is damaged");
            }
        }
        if (done != length) {
            throw new IOException("its pack is damaged");
        }
        return bytes;
    }

    /** Deltas whose base is a commit that is known give commits, as long as there are any. */
    private void resolve() throws IOException {
        for (var entry : kept.entrySet()) {
            if (!entry.getValue().isDelta()) {
                add(entry.getKey(), entry.getValue().bytes());
            }
        }
        boolean found = true;
        while (found) {
            found = false;
            for (var entry : kept.entrySet()) {
                Kept delta = entry.getValue();
                GitObject base = delta.baseId() == null ? commits.get(delta.base()) : byId.get(delta.baseId());
                if (delta.isDelta() && base != null && !commits.containsKey(entry.getKey())) {
                    byte[] bytes = Delta.apply(base.bytes(), delta.bytes());
                    keep(bytes.length);
                    add(entry.getKey(), bytes);
                    found = true;
                }
            }
        }
    }

    private void add(long place, byte[] bytes) {
        GitObject commit = GitObject.of(Constants.OBJ_COMMIT, bytes);
        commits.put(place, commit);
        byId.put(commit.id(), commit);
    }
}
