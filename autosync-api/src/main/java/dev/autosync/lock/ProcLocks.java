package dev.autosync.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Linux's list of the locks on files, {@code /proc/locks} (proc(5)). */
final class ProcLocks {
    private static final Path LIST = Path.of("/proc/locks");
    private static final int LOOKS = 8;
    private static final long PID = ProcessHandle.current().pid();

    /** For each device whether the list knew of a lock there that was certainly held: some file systems number their files otherwise there. */
    private static final Map<Object, Boolean> RELIABLE = new ConcurrentHashMap<>();

    private ProcLocks() {}

    /**
     * Whether the list can be relied on for locks on the device of a file.
     *
     * @param locked a file that this process has just locked
     */
    static boolean reliableFor(Path locked) {
        try {
            return RELIABLE.computeIfAbsent(Files.getAttribute(locked, "unix:dev"), device -> lists(locked));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Whether the list says that this process has locked a file. A line can be missing from one reading while other locks come and go. */
    static boolean lists(Path file) {
        for (int look = 0; look < LOOKS; look++) {
            if (listsNow(file)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listsNow(Path file) {
        try {
            String inode = ":" + Files.getAttribute(file, "unix:ino");
            for (String line : Files.readAllLines(LIST)) {
                String[] fields = line.trim().split(" +");
                if (fields.length > 5 && fields[1].equals("POSIX") && fields[4].equals(Long.toString(PID)) && fields[5].endsWith(inode)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
