package dev.autosync.core.exec;

import java.io.File;
import java.util.Locale;

/** What this package must know about the system. */
final class Platform {
    static final boolean WINDOWS = name().startsWith("windows");
    static final boolean LINUX = name().startsWith("linux");

    /** A file that is empty whenever it is read: a child that reads it sees the end of its input at once. */
    static final File NOTHING = new File(WINDOWS ? "NUL" : "/dev/null");

    private Platform() {}

    private static String name() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }
}
