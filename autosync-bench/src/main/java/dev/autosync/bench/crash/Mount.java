package dev.autosync.bench.crash;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A file system of its own, which can be filled or stopped. Needs root, on Linux. */
final class Mount implements Closeable {
    private static final int BUSY_TRIES = 100;

    private final Path point;
    private final String[] mount;
    private final Thread atExit = new Thread(this::unmount);
    private boolean mounted;

    private Mount(Path point, String... mount) {
        this.point = point;
        this.mount = mount;
    }

    /** Why the power of a file system cannot be cut here; empty if it can. */
    static Optional<String> whyNot(FileSystem system) {
        if (!Commands.root()) {
            return Optional.of("mounting needs root on Linux");
        }
        for (String command : new String[] {system.make("")[0], "mount", "umount", "truncate", "sync"}) {
            if (Commands.find(command).isEmpty()) {
                return Optional.of("there is no command " + command + (command.equals("mkfs.xfs") ? ": install the package xfsprogs" : ""));
            }
        }
        if (!PowerSwitch.possible()) {
            return Optional.of("there is neither perl nor python3 to make the call that cuts the power");
        }
        return Optional.empty();
    }

    /** Makes a file system in an image, and mounts it. */
    static Mount of(FileSystem system, Path image, Path point) throws IOException {
        Commands.run("truncate", "-s", system.size(), image.toString());
        Commands.run(system.make(image.toString()));
        Mount mount = new Mount(Files.createDirectories(point), "mount", "-t", system.type(), "-o", "loop", image.toString(), point.toString());
        mount.mount();
        // Who interrupts the bench is not left with a mount.
        Runtime.getRuntime().addShutdownHook(mount.atExit);
        return mount;
    }

    /** Mounts a file system in memory. */
    static Mount tmpfs(String size, Path point) throws IOException {
        Mount mount = new Mount(Files.createDirectories(point), "mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", point.toString());
        mount.mount();
        // Who interrupts the bench is not left with a mount.
        Runtime.getRuntime().addShutdownHook(mount.atExit);
        return mount;
    }

    Path point() {
        return point;
    }

    /** Writes everything to the image. */
    void sync() throws IOException {
        Commands.run("sync", "-f", point.toString());
    }

    /** Mounts it again, as after the power is back: the file system reads its log. */
    synchronized void remount() throws IOException {
        // A process that another case is just starting has for a moment whatever files this one had open.
        for (int left = BUSY_TRIES; ; left--) {
            try {
                Commands.run("umount", point.toString());
                break;
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        mounted = false;
        mount();
    }

    private void mount() throws IOException {
        Commands.run(mount);
        mounted = true;
    }

    private synchronized void unmount() {
        if (!mounted) {
            return;
        }
        mounted = false;
        try {
            Commands.run("umount", point.toString());
        } catch (IOException e) {
            try {
                // Somebody else looks at it: it goes when they do.
                Commands.run("umount", "-l", point.toString());
            } catch (IOException stays) {
                System.err.println(CrashBench.NAME + ": " + point + " stays mounted: " + stays.getMessage());
            }
        }
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
