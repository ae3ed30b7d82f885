package dev.autosync.core.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes the contents that a scan has read anyway, so that nobody need read them twice.
 *
 * <p>Called for every file and link whose content had to be hashed, in no order, the same content perhaps more than once. Threads: called from
 * the threads of the scan, several at a time; none calls any more when the scan has ended. What a method throws ends the scan.
 */
public interface ContentSink {

    /** The largest file that is handed over in memory, in bytes. */
    int MAX_IN_MEMORY = 1 << 20;

    /** Keeps nothing. */
    ContentSink NONE = new ContentSink() {
        @Override
        public void take(byte[] sha256, byte[] content, int length) {}

        @Override
        public void takeLarge(byte[] sha256, Path file, long size) {}
    };

    /**
     * Takes what a file of at most {@link #MAX_IN_MEMORY} bytes holds, or where a symbolic link leads.
     *
     * @param sha256 the hash of the content; not to be changed
     * @param content begins with the content; belongs to the scan, which overwrites it afterwards
     * @param length how many bytes of it are content
     */
    void take(byte[] sha256, byte[] content, int length) throws IOException;

    /**
     * Takes a larger file, which may hold something else by the time that it is read again.
     *
     * @param sha256 the hash of what it held; not to be changed
     * @param file the file, a regular one when it was read; whoever opens it must not follow a link
     * @param size how many bytes it held
     */
    void takeLarge(byte[] sha256, Path file, long size) throws IOException;
}
