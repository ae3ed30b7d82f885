package dev.autosync.core.lock;

import dev.autosync.lock.LockOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells one process from every other: machine, boot, process namespace, process id and start tick. A process id alone is used
 * again after a reboot, in every container, and in time by anybody.
 *
 * @param host the machine's name
 * @param bootId the machine's boot; empty where that is not known
 * @param namespace the process namespace; empty where there is none
 * @param pid the process id
 * @param startTick when the process started, in clock ticks since boot; -1 where that is not known
 */
record ProcessIdentity(String host, String bootId, String namespace, long pid, long startTick) {
    private static final Path PROC = Path.of("/proc");

    /** This process. */
    static ProcessIdentity current() {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(hostName(), text(PROC.resolve("sys/kernel/random/boot_id")), namespaceOfSelf(), pid,
                startTick(pid));
    }

    /** What can be said about a recorded process from this one. */
    LockOwner.State stateOf(ProcessIdentity owner) {
        if (!owner.host.equals(host) || !owner.namespace.equals(namespace)) {
            return LockOwner.State.UNKNOWN;
        }
        if (!owner.bootId.equals(bootId)) {
            return LockOwner.State.DEAD;
        }
        boolean running = ProcessHandle.of(owner.pid).map(ProcessHandle::isAlive).orElse(false);
        return running && startTick(owner.pid) == owner.startTick ? LockOwner.State.ALIVE : LockOwner.State.DEAD;
    }

    /** Field 22 of /proc/PID/stat, counted after the last ')' because a program's name may hold anything (proc(5)). */
    static long startTickOf(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        try {
            return fields.length > 19 ? Long.parseLong(fields[19]) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static long startTick(long pid) {
        return startTickOf(text(PROC.resolve(pid + "/stat")));
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
