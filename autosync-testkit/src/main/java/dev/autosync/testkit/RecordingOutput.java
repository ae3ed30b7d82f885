package dev.autosync.testkit;

import dev.autosync.spi.ReportOutput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps what a reporter writes, for assertions.
 *
 * <p>Called by tests. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public final class RecordingOutput implements ReportOutput {
    private final Map<String, String> files = new LinkedHashMap<>();
    private final StringBuilder console = new StringBuilder();

    /** An output that holds nothing yet. */
    public RecordingOutput() {}

    @Override
    public void file(String name, String text) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || !name.matches("[^/\\\\:\\p{Cntrl}]+")) {
            throw new IllegalArgumentException("name must be a plain file name, was '" + name + "'");
        }
        files.put(name, Objects.requireNonNull(text, "text"));
    }

    @Override
    public void console(String text) {
        console.append(Objects.requireNonNull(text, "text")).append('\n');
    }

    /**
     * The files that were written.
     *
     * @return their texts by name, in the order in which they were first written
     */
    public Map<String, String> files() {
        return Collections.unmodifiableMap(files);
    }

    /**
     * What was printed.
     *
     * @return all of it, each text followed by a line end
     */
    public String console() {
        return console.toString();
    }
}
