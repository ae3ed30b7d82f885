package dev.autosync.bench;

import java.util.function.Consumer;

/** Measures something and says what came of it, figure by figure. */
public interface Bench {

    /**
     * Runs the bench.
     *
     * @param quick whether it is to end within seconds, at the price of noisier figures
     * @param figures takes each figure as soon as it is known
     */
    void run(boolean quick, Consumer<Figure> figures) throws Exception;
}
