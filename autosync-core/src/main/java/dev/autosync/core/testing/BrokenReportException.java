package dev.autosync.core.testing;

/** A report that cannot be read whole, or contradicts itself. */
final class BrokenReportException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with it, to be read behind the file's name; may hold text of the file */
    BrokenReportException(String message) {
        super(message);
    }
}
