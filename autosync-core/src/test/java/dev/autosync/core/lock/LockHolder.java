package dev.autosync.core.lock;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.retry.Deadline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A process that takes a workspace, says so, and holds it until its input ends or somebody kills it. */
public final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws Exception {
        Workspace workspace = Workspace.at(Path.of(args[0]));
        try (Lease lease = new FileWorkspaceLock(workspace, new RealFiles(), Clock.systemUTC(), null).acquire(Deadline.in(Duration.ZERO))) {
            lease.phase("gate");
            System.out.println("held " + lease.token().value() + " " + ProcessHandle.current().pid());
            while (System.in.read() >= 0) {
                // The test holds the other end.
            }
        }
    }
}
