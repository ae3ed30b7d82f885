package dev.autosync.core.lock;

import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What tells one process from every other: machine, boot, process namespace, process id and start. A process id alone is used again after a
 * reboot, in every container, and in time by anybody.
 *
 * @param host the machine's name
 * @param bootId the machine's boot; empty where that is not known
 * @param namespace the process namespace; empty where there is none
 * @param pid the process id
 * @param start when the process started: on Linux in clock ticks since boot, elsewhere in milliseconds since 1970; -1 where that is not known
 */
record ProcessIdentity(String host, String bootId, String namespace, long pid, long start) {
    private static final Path PROC = Path.of("/proc");

    /** What never changes while a process lives. */
    private static final ProcessIdentity CURRENT = look();

    /** This process. */
    static ProcessIdentity current() {
        return CURRENT;
    }

    private static ProcessIdentity look() {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(hostName(), text(PROC.resolve("sys/kernel/random/boot_id")), namespaceOfSelf(), pid, start(pid));
    }

    /**
     * What can be said about a recorded process from this one.
     *
     * @param local whether the record lies on a disk of this machine, so that another boot in it is an earlier boot of this one
     */
    LockOwner.State stateOf(ProcessIdentity owner, boolean local) {
        if (!owner.host.equals(host)) {
            return LockOwner.State.UNKNOWN;
        }
        if (!owner.bootId.equals(bootId)) {
            return local ? LockOwner.State.DEAD : LockOwner.State.UNKNOWN;
        }
        if (!owner.namespace.equals(namespace)) {
            return LockOwner.State.UNKNOWN;
        }
        boolean running = ProcessHandle.of(owner.pid).map(ProcessHandle::isAlive).orElse(false);
        if (!running || start(owner.pid) != owner.start) {
            return LockOwner.State.DEAD;
        }
        return isStopped(text(PROC.resolve(owner.pid + "/stat"))) ? LockOwner.State.STALLED : LockOwner.State.ALIVE;
    }

    /** Field 22 of /proc/PID/stat, counted after the last ')' because a program's name may hold anything (proc(5)). */
    static long startTickOf(String stat) {
        String[] fields = fieldsAfterName(stat);
        try {
            return fields.length > 19 ? Long.parseLong(fields[19]) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Field 3 of /proc/PID/stat: stopped by a signal, or by a debugger. */
    static boolean isStopped(String stat) {
        return fieldsAfterName(stat)[0].equalsIgnoreCase("t");
    }

    private static String[] fieldsAfterName(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
    }

    private static long start(long pid) {
        long tick = startTickOf(text(PROC.resolve(pid + "/stat")));
        return tick >= 0 ? tick : ProcessHandle.of(pid).flatMap(process -> process.info().startInstant()).map(Instant::toEpochMilli).orElse(-1L);
    }

    private static String namespaceOfSelf() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String text(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file).trim() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
