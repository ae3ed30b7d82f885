package dev.autosync.core.lock;

/** What tells this boot of the machine from every other. */
public final class BootId {
    private BootId() {}

    /** Linux's boot id; empty on systems without one. */
    public static String current() {
        return ProcessIdentity.current().bootId();
    }
}
