package dev.autosync.core.exec;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the processes that hold a run's pipes open, on Linux: they keep its readers waiting, and nothing else may tell where they
 * came from once their environment was emptied.
 *
 * <p>Threads: for the thread that waits for the run.
 */
final class OutputPipes {
    /*
     * A pipe has no name, so whoever can write to it got it from this process. That may also be another child which this process is
     * starting just now: until its exec it holds what this process holds. Hence the caller looks twice with a pause between, and takes
     * only who was seen both times; and whoever is older than the run is a service that was handed the pipe, and is left alone.
     * A reader at its end is no proof that nobody writes any more: the JDK closes its end of a pipe soon after the child has ended. Hole:
     * a child that had ended before its pipes could be noted.
     */
    private static final Set<String> STANDARD = Set.of("0", "1", "2");

    private final Set<String> pipes;
    private final Optional<Instant> start;

    private OutputPipes(Set<String> pipes, Optional<Instant> start) {
        this.pipes = pipes;
        this.start = start;
    }

    /**
     * Notes which pipes a child's output goes to. To be called at once after its start, before it redirects its output itself.
     *
     * @param child just started
     * @return pipes without writers if the child has already ended
     */
    static OutputPipes of(Process child) {
        Set<String> pipes = new HashSet<>();
        if (ProcFs.isThere()) {
            Path descriptors = Path.of("/proc", Long.toString(child.pid()), "fd");
            pipe(descriptors.resolve("1")).ifPresent(pipes::add);
            pipe(descriptors.resolve("2")).ifPresent(pipes::add);
        }
        if (!pipes.isEmpty()) {
            // Only those whose other end is here; not one that this process itself prints to.
            pipes.retainAll(pipes(Path.of("/proc/self/fd"), descriptor -> !STANDARD.contains(descriptor.getFileName().toString())));
        }
        return new OutputPipes(pipes, child.info().startInstant());
    }

    /** The processes that can write to the run's pipes now and are no older than the run. */
    Set<ProcessHandle> writers() {
        if (pipes.isEmpty() || start.isEmpty()) {
            return Set.of();
        }
        // The age is asked first: it rules out nearly all processes, and looking through the descriptors of all would take long.
        return new HashSet<>(ProcFs.find(handle -> handle.info().startInstant().filter(at -> !at.isBefore(start.get())).isPresent(),
                folder -> pipes(folder.resolve("fd"), OutputPipes::isWritable).stream().anyMatch(pipes::contains)));
    }

    private static Set<String> pipes(Path folder, Predicate<Path> which) {
        Set<String> targets = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, which::test)) {
            for (Path descriptor : all) {
                pipe(descriptor).ifPresent(targets::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Gone, or not ours to look at.
        }
        return targets;
    }

    private static Optional<String> pipe(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString()).filter(target -> target.startsWith("pipe:"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The mode of the link itself says how the descriptor was opened. */
    private static boolean isWritable(Path descriptor) {
        try {
            return Files.getPosixFilePermissions(descriptor, LinkOption.NOFOLLOW_LINKS).contains(PosixFilePermission.OWNER_WRITE);
        } catch (IOException e) {
            return false;
        }
    }
}
