package dev.autosync.core.exec;

import dev.autosync.core.secrets.StreamRedaction;
import dev.autosync.exec.ProcessRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where all that a run prints goes to, and how much it was. Threads: safe. */
final class RunOutput {
    private final ProcessRequest request;
    private final @Nullable SpillFile spill;
    private final StreamRedaction.@Nullable Secrets secrets;
    private final AtomicLong last;
    private final AtomicLong printed = new AtomicLong();

    /**
     * Output of which nothing has been printed yet.
     *
     * @param begun {@code System.nanoTime()} of the start
     */
    RunOutput(ProcessRequest request, @Nullable SpillFile spill, long begun) {
        this.request = request;
        this.spill = spill;
        this.secrets = request.secrets().isEmpty() ? null : new StreamRedaction.Secrets(request.secrets());
        this.last = new AtomicLong(begun);
    }

    /** {@code System.nanoTime()} of the latest output. */
    long last() {
        return last.get();
    }

    boolean isTooMuch() {
        return printed.get() > request.outputLimit();
    }

    /** One of the streams of a run, for the thread that reads it. */
    Stream stream() {
        return new Stream();
    }

    /** A stream. What is kept of it may be asked for by any thread. */
    final class Stream {
        private final OutputBuffer buffer = new OutputBuffer(request.headBytes(), request.tailBytes());
        private final @Nullable StreamRedaction redaction = secrets == null ? null : secrets.stream();

        void append(byte[] block, int length) {
            last.set(System.nanoTime());
            printed.addAndGet(length);
            if (redaction == null) {
                keep(block, length);
            } else {
                byte[] clean = redaction.next(block, length);
                keep(clean, clean.length);
            }
        }

        void end() {
            if (redaction != null) {
                byte[] rest = redaction.end();
                keep(rest, rest.length);
            }
        }

        OutputBuffer kept() {
            return buffer;
        }

        private void keep(byte[] block, int length) {
            buffer.append(block, length);
            if (spill != null) {
                spill.append(block, length);
            }
        }
    }
}
