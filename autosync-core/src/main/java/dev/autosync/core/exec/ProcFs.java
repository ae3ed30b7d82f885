package dev.autosync.core.exec;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What Linux tells about processes under {@code /proc}. Whatever cannot be read is taken as not there. */
final class ProcFs {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final boolean THERE = Platform.LINUX && Files.isReadable(PROC.resolve("self/environ"));

    private ProcFs() {}

    static boolean isThere() {
        return THERE;
    }

    /**
     * The processes that two conditions hold for, one of the handle and one of the folder, without this one.
     *
     * <p>A handle is made before the condition is asked: it remembers the start of its process, and so a kill can never hit another
     * process that got the same id meanwhile.
     */
    static List<ProcessHandle> find(Predicate<ProcessHandle> which, Predicate<Path> condition) {
        List<ProcessHandle> found = new ArrayList<>();
        long own = ProcessHandle.current().pid();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, ProcFs::isProcess)) {
            for (Path folder : all) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (pid != own) {
                    ProcessHandle.of(pid).filter(which).filter(handle -> condition.test(folder)).ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What was found up to here is killed; the next round looks again.
        }
        return found;
    }

    /** Whether a process was started with an entry {@code NAME=value} in its environment. */
    static boolean hasVariable(Path folder, String entry) {
        String environ = read(folder.resolve("environ"));
        for (int at = environ.indexOf(entry); at >= 0; at = environ.indexOf(entry, at + 1)) {
            int end = at + entry.length();
            if ((at == 0 || environ.charAt(at - 1) == '\0') && (end == environ.length() || environ.charAt(end) == '\0')) {
                return true;
            }
        }
        return false;
    }

    /** Whether a process has ended and only waits for its parent to ask how: such a one cannot and need not be killed. */
    static boolean isZombie(long pid) {
        String stat = read(PROC.resolve(pid + "/stat"));
        int name = stat.lastIndexOf(')'); // the program's name stands in brackets and may hold anything
        return name >= 0 && stat.length() > name + 2 && "ZX".indexOf(stat.charAt(name + 2)) >= 0;
    }

    private static boolean isProcess(Path path) {
        String name = path.getFileName().toString();
        return name.length() <= 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String read(Path file) {
        // Not through a channel: that would refuse to read once the thread is interrupted, and a clean-up must not be stopped so.
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
