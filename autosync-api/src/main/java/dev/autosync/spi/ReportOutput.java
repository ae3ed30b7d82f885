package dev.autosync.spi;

import java.io.IOException;

/**
 * Where a reporter writes.
 *
 * <p>Called by reporters. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public interface ReportOutput {

    /**
     * Writes a file of the report folder, atomically; an older one is replaced.
     *
     * @param name a file's name without any folder
     * @param text its whole text, kept as UTF-8
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if the name is not a plain file name
     */
    void file(String name, String text) throws IOException;

    /**
     * Prints to the person in front of the program.
     *
     * @param text whole lines
     */
    void console(String text);
}
