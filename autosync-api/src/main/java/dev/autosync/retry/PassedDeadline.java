package dev.autosync.retry;

/** A call that was to keep within a deadline and began after it. */
final class PassedDeadline extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PassedDeadline() {
        super("the deadline given to within(...) had passed before the first attempt");
    }
}
