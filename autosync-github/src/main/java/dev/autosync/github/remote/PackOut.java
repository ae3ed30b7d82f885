package dev.autosync.github.remote;

import dev.autosync.github.git.GitObject;
import dev.autosync.github.git.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.util.Collection;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Writes objects as a pack, each whole. Deltas would save bytes and cost a search; a publication has few objects, and a first one is sent
 * once. Source: gitformat-pack.
 */
final class PackOut {
    private static final int MAGIC = 0x5041434b;

    private PackOut() {}

    static void write(ObjectStore store, Collection<ObjectId> objects, OutputStream to) throws IOException {
        DigestOutputStream out = new DigestOutputStream(to, GitObject.sha1());
        out.write(ByteBuffer.allocate(12).putInt(MAGIC).putInt(2).putInt(objects.size()).array());
        Deflater deflater = new Deflater();
        try {
            for (ObjectId id : objects) {
                GitObject object = store.get(id, ObjectStore.OBJ_ANY);
                writeHeader(out, object);
                deflater.reset();
                DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater);
                packed.write(object.bytes());
                packed.finish();
            }
        } finally {
            deflater.end();
        }
        to.write(out.getMessageDigest().digest());
    }

    private static void writeHeader(OutputStream out, GitObject object) throws IOException {
        int length = object.bytes().length;
        int c = object.type() << 4 | length & 15;
        for (length >>>= 4; length != 0; length >>>= 7) {
            out.write(c | 0x80);
            c = length & 0x7f;
        }
        out.write(c);
    }
}
