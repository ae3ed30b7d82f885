package dev.autosync.bench.crash;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the n-th call of a file port fail.
 *
 * <p>Source: "How SQLite Is Tested", section on I/O error testing: the n-th call, for n = 1, 2, 3 and so on until none fails any more.
 */
final class Faults implements WatchedFiles.Watch {

    /** How the call fails. */
    enum Kind {
        /** The device does not answer; nothing is done. */
        EIO,
        /** There is no space; nothing is done. */
        ENOSPC,
        /** It is not allowed; nothing is done. */
        EACCES,
        /** Half of what is to be written is written; any other call does nothing. */
        SHORT_WRITE,
        /** The process dies in the middle of the call: half of a write is made, and no call after it. */
        KILL
    }

    /** A dead process's files are closed by the system; and work with many files is what is done with each. */
    static final Set<String> NO_WORK = Set.of("log.close", "together");

    private final Kind kind;
    private final int at;
    private final Runnable before;
    private int calls;
    private String name = "";

    private Faults(Kind kind, int at, Runnable before) {
        this.kind = kind;
        this.at = at;
        this.before = before;
    }

    /**
     * One that fails once, or for ever if it is {@link Kind#KILL}.
     *
     * @param at the number of the call, from 1
     */
    static Faults at(int at, Kind kind) {
        return new Faults(kind, at, () -> { });
    }

    /** One whose n-th call finds the power cut, which is done right before it, and so does every later one. */
    static Faults cut(int at, Runnable cut) {
        return new Faults(Kind.KILL, at, cut);
    }

    FilePort over(FilePort files) {
        return WatchedFiles.of(files, this);
    }

    /** Whether a call has failed. */
    boolean fired() {
        return calls >= at;
    }

    @Override
    public @Nullable Object on(WatchedFiles.Call call) throws IOException {
        if (NO_WORK.contains(call.name())) {
            return call.make();
        }
        calls++;
        if (calls == at) {
            name = ", " + call.name();
            before.run();
            if (kind == Kind.SHORT_WRITE || kind == Kind.KILL) {
                writeHalf(call);
            }
            throw failure(call);
        }
        if (calls > at && kind == Kind.KILL) {
            throw failure(call);
        }
        return call.make();
    }

    private static void writeHalf(WatchedFiles.Call call) throws IOException {
        Object[] arguments = call.arguments().toArray();
        boolean writes = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof byte[] bytes) {
                arguments[i] = Arrays.copyOf(bytes, bytes.length / 2);
                writes = true;
            } else if (arguments[i] instanceof FileImage file) {
                arguments[i] = new FileImage(Arrays.copyOf(file.bytes(), file.bytes().length / 2), file.mode());
                writes = true;
            }
        }
        if (writes) {
            call.make(arguments);
        }
    }

    private IOException failure(WatchedFiles.Call call) {
        String file = call.arguments().isEmpty() || call.arguments().get(0) instanceof byte[] ? call.name() : call.arguments().get(0).toString();
        return switch (kind) {
            case EIO -> new IOException("Input/output error (injected at call " + calls + ", " + call.name() + ")");
            case ENOSPC, SHORT_WRITE -> new FileSystemException(file, null, "No space left on device (injected at call " + calls + ")");
            case EACCES -> new AccessDeniedException(file, null, "Permission denied (injected at call " + calls + ")");
            case KILL -> new IOException("killed at call " + at + " (this is call " + calls + ", " + call.name() + ")");
        };
    }

    @Override
    public String toString() {
        return kind + " at call " + at + name;
    }
}
