package dev.autosync.core.lock;

import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.lock.LockException;
import dev.autosync.lock.ProcessLock;
import dev.autosync.retry.Deadline;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.store.json.JsonStoreFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process that does with the lock of a workspace what it is told, line by line, and answers each line with one. */
public final class LockWorker {
    private final Path root;
    private final FileWorkspaceLock lock;
    private final Store store;
    private @Nullable Lease lease;
    private ProcessLock.@Nullable Held other;

    private LockWorker(Path root) {
        this.root = root;
        this.lock = new FileWorkspaceLock(Workspace.at(root), new RealFiles(), Clock.systemUTC(), null);
        this.store = new JsonStoreFactory().open(root.resolve(".autosync/store"), dev.autosync.core.json.JsonSection.empty());
    }

    public static void main(String[] args) throws Exception {
        LockWorker worker = new LockWorker(Path.of(args[0]));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(worker.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) throws Exception {
        try {
            return switch (words[0]) {
                case "acquire" -> {
                    lease = lock.acquire(Deadline.in(Duration.ofMillis(Long.parseLong(words[1]))), store::grant);
                    // The clock of the machine, which all its processes share.
                    yield "held " + lease.token().value() + " " + System.nanoTime();
                }
                case "verify" -> {
                    lease.verify();
                    yield "ok";
                }
                case "append" -> "appended " + store.append(lease.token(), List.of(Event.of("c", "k", words[1], Instant.EPOCH, Map.of(), "{}")));
                case "phase" -> {
                    lease.phase(words[1]);
                    yield "ok";
                }
                case "close" -> {
                    lease.close();
                    yield "ok";
                }
                case "lock" -> {
                    other = ProcessLock.on(root.resolve(words[1])).acquire(Deadline.in(Duration.ofMillis(Long.parseLong(words[2]))));
                    yield "locked";
                }
                case "unlock" -> {
                    other.close();
                    yield "ok";
                }
                case "read" -> "read " + Files.readAllBytes(root.resolve(words[1])).length;
                case "pid" -> "pid " + ProcessHandle.current().pid();
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (LockException | StoreException e) {
            return e.code() + " " + e.getMessage();
        }
    }
}
