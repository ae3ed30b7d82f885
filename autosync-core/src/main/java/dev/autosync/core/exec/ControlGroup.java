package dev.autosync.core.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A control group of its own for the processes of a run (cgroup v2): who is born in it stays in it, whatever parent, session or environment it
 * has, and all are killed by one write. Only where this process may make one; needs Linux 5.14.
 *
 * <p>What the first process has started before it was moved is not in it. Threads: for the thread that waits for the run.
 */
final class ControlGroup {
    static final String PREFIX = "autosync-";
    private static final Duration ABANDONED = Duration.ofMinutes(10);
    private static final Optional<Path> PARENT = parent();

    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a group and moves a process into it.
     *
     * @param run tells the group from every other
     * @return empty where that is not permitted
     */
    static Optional<ControlGroup> of(String run, Process process) {
        if (PARENT.isEmpty()) {
            return Optional.empty();
        }
        ControlGroup group = new ControlGroup(PARENT.get().resolve(PREFIX + run));
        try {
            Files.createDirectory(group.folder);
            group.write("cgroup.procs", Long.toString(process.pid()));
            return Optional.of(group);
        } catch (IOException e) {
            // Not permitted after all, or the process has ended: there are other nets.
            group.close();
            return Optional.empty();
        }
    }

    /** The processes in it. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> found = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(folder.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(line.trim())).ifPresent(found::add);
            }
        } catch (IOException | NumberFormatException e) {
            // What cannot be seen cannot be told apart either.
        }
        return found;
    }

    /** Kills all that are in it. */
    void kill() {
        try {
            write("cgroup.kill", "1");
        } catch (IOException e) {
            // They are killed one by one too.
        }
    }

    /** Removes the group if nobody is left in it. */
    void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Somebody is still in it; the next process that looks may find it empty.
        }
    }

    private void write(String file, String text) throws IOException {
        Files.write(folder.resolve(file), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<Path> parent() {
        if (!Platform.LINUX) {
            return Optional.empty();
        }
        try {
            Optional<Path> own = own(Files.readAllLines(Path.of("/proc/self/cgroup")), Files.readAllLines(Path.of("/proc/self/mountinfo")));
            own.ifPresent(ControlGroup::removeAbandoned);
            return own.filter(folder -> Files.exists(folder.resolve("cgroup.procs")) && Files.isWritable(folder)
                    && Files.isWritable(folder.resolve("cgroup.procs")) && canKill(folder));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Where the group of this process lies.
     *
     * @param groups the lines of {@code /proc/self/cgroup}
     * @param mounts the lines of {@code /proc/self/mountinfo}
     */
    static Optional<Path> own(List<String> groups, List<String> mounts) {
        Optional<String> path = groups.stream().filter(line -> line.startsWith("0::/")).map(line -> line.substring("0::/".length())).findFirst();
        // proc(5): id, parent, device, root, mount point, options, ... - type, source, options
        Optional<Path> mount = mounts.stream().filter(line -> line.contains(" - cgroup2 ")).map(line -> line.split(" "))
                .filter(words -> words.length > 5 && words[3].equals("/")).map(words -> Path.of(words[4])).findFirst();
        return mount.flatMap(point -> path.filter(own -> !own.contains("..")).map(point::resolve));
    }

    /** {@code cgroup.kill} is in every group but the first one. */
    private static boolean canKill(Path folder) {
        Path probe = folder.resolve(PREFIX + "probe-" + ProcessHandle.current().pid());
        try {
            Files.createDirectory(probe);
            return Files.isWritable(probe.resolve("cgroup.kill"));
        } catch (IOException e) {
            return false;
        } finally {
            new ControlGroup(probe).close();
        }
    }

    /** Groups of processes that have died in the middle of a run: they can be removed once nobody is in them. */
    private static void removeAbandoned(Path parent) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path group : all) {
                FileTime made = Files.getLastModifiedTime(group, LinkOption.NOFOLLOW_LINKS);
                if (made.toInstant().isBefore(Instant.now().minus(ABANDONED))) {
                    new ControlGroup(group).close();
                }
            }
        } catch (IOException | RuntimeException e) {
            // They cost next to nothing.
        }
    }
}
