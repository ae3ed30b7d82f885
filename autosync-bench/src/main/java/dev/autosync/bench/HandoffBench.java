package dev.autosync.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** How a lock between processes goes from one to the next. */
final class HandoffBench implements Bench {
    static final String NAME = "handoff";

    private static final List<Case> CASES = List.of(new EightProcesses(), new KilledHolder(), new FencingTrials());

    /** One way in which a lock changes hands. */
    interface Case {
        /**
         * Runs it for every lock that can do it.
         *
         * @param quick whether it is to end within seconds
         * @param folder for whatever files it needs
         * @param figures takes each figure as soon as it is known
         */
        void run(boolean quick, WorkFolder folder, Consumer<Figure> figures) throws IOException, InterruptedException;
    }

    @Override
    public void run(boolean quick, Consumer<Figure> figures) throws IOException, InterruptedException {
        for (Case one : CASES) {
            try (WorkFolder folder = new WorkFolder()) {
                one.run(quick, folder, figures);
            }
        }
    }
}
