package dev.autosync.core.exec;

import dev.autosync.exec.CapturedOutput;
import java.io.IOException;
import java.io.InputStream;

/**
 * Carries one stream of a child into its buffer, on a daemon thread of its own.
 *
 * <p>Reads blocks and never lines: a child may print for ever without ending a line. The stream is closed on this thread too, because
 * closing a pipe that another process holds may block.
 */
final class OutputPump implements Runnable {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final InputStream in;
    private final RunOutput.Stream stream;
    private final Thread thread;

    private OutputPump(InputStream in, RunOutput.Stream stream, String name) {
        this.in = in;
        this.stream = stream;
        // Nothing of the caller is inherited: a reader that outlives its run must not keep the caller's class loader alive.
        thread = new Thread(null, this, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    /**
     * Starts to read.
     *
     * @param stream is given what was read
     */
    static OutputPump start(InputStream in, RunOutput.Stream stream, String name) {
        OutputPump pump = new OutputPump(in, stream, name);
        pump.thread.start();
        return pump;
    }

    @Override
    public void run() {
        byte[] block = new byte[BLOCK_BYTES];
        try (in) {
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                stream.append(block, n);
            }
        } catch (IOException e) {
            // The stream was closed under the reader, which is how a stuck one is told to end.
        } finally {
            stream.end();
        }
    }

    /** Waits for the end of the stream until {@code System.nanoTime()} has reached {@code end}; false if it did not come. */
    boolean join(Patience patience, long end) {
        return patience.join(thread, end);
    }

    /** Closes the stream if its reader is stuck, without waiting for that either. */
    void abandon() {
        if (!thread.isAlive()) {
            return;
        }
        Thread closer = new Thread(null, () -> {
            try {
                in.close();
            } catch (IOException e) {
                // It is given up anyway.
            }
        }, thread.getName() + "-close", 0, false);
        closer.setDaemon(true);
        closer.setContextClassLoader(null);
        closer.start();
    }

    CapturedOutput captured() {
        return stream.kept().captured();
    }
}
