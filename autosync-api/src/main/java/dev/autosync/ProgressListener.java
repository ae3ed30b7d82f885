package dev.autosync;

/**
 * Hears what long work does and how far it is.
 *
 * <p>Threads: called on the thread that called the engine, in order. What it throws is logged and changes nothing.
 * It should return quickly: the cycle waits for it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Hears of a step.
     *
     * @param progress the step that begins
     */
    void onProgress(Progress progress);

    /**
     * A listener that ignores everything.
     *
     * @return the listener
     */
    static ProgressListener none() {
        return progress -> {};
    }
}
