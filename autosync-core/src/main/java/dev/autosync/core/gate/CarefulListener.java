package dev.autosync.core.gate;

import dev.autosync.Progress;
import dev.autosync.ProgressListener;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the work it listens to. */
public final class CarefulListener implements ProgressListener {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulListener.class);

    private final ProgressListener listener;

    /** A careful listener around another. */
    public CarefulListener(ProgressListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onProgress(Progress progress) {
        try {
            listener.onProgress(progress);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("The progress listener threw", e);
        }
    }
}
