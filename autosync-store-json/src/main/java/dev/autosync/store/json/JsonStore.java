package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import dev.autosync.spi.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The store. Keeps only the end of the log in memory, and looks at the folder again before each use of it. */
final class JsonStore implements Store {
    /** What appends that wait for each other are written together at most, in bytes. */
    private static final long MOST_AT_ONCE = 1 << 20;

    private final Workings of;
    private final Segments segments;
    private final Ledger ledger;
    private final boolean heals;
    private final Answers answers;
    private final ReentrantLock lock = new ReentrantLock();
    private final AppendQueue appends;
    private volatile boolean closed;

    private JsonStore(Workings of, boolean heals) {
        this.of = of;
        this.segments = of.segments();
        this.ledger = of.ledger();
        this.heals = heals;
        this.answers = new Answers(this, of);
        this.appends = new AppendQueue(Math.min(MOST_AT_ONCE, of.segmentBytes() / 2), this::write);
    }

    /**
     * Opens a store that stops at damage.
     *
     * @param segmentBytes the size beyond which a segment does not grow
     * @param disk the calls on files
     * @param wholeBatches false lets half an append be seen: the control of a test
     */
    static JsonStore open(Path directory, long segmentBytes, Disk disk, boolean wholeBatches) {
        return open(Workings.of(new Segments(directory), disk, segmentBytes, wholeBatches), false);
    }

    /** Opens a store; {@code heals} lets it put damaged lines aside. */
    static JsonStore open(Workings of, boolean heals) {
        Path directory = of.segments().directory();
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw of.segments().failed("open the store", new IOException("it is no folder"));
        }
        JsonStore store = new JsonStore(of, heals);
        store.ledger.refresh();
        return store;
    }

    @Override
    public long append(FencingToken token, List<Event> events) {
        List<Event> batch = List.copyOf(events);
        if (batch.isEmpty()) {
            return locked("append to", () -> {
                refresh();
                ledger.requireWritable();
                ledger.requireCurrent(token, ledger.highestToken());
                return ledger.view().tail().sequence();
            });
        }
        PendingAppend append = new PendingAppend(token, batch);
        appends.append(append);
        return append.result();
    }

    private void write(List<PendingAppend> together) {
        lock.lock();
        try {
            requireOpen();
            ledger.alone("append to", () -> {
                heal();
                ledger.append(together);
                return true;
            });
        } catch (IOException e) {
            together.forEach(append -> append.failUnlessDone(segments.failed("append to", e)));
        } catch (RuntimeException | Error e) {
            together.forEach(append -> append.failUnlessDone(e));
        } finally {
            lock.unlock();
        }
    }

    /** How many appends wait to be written. */
    int waiting() {
        return appends.waiting();
    }

    /** A damaged store grants too: nothing is appended to it, but whoever has the workspace may put its files right. */
    @Override
    public FencingToken grant(FencingToken atLeast) {
        return locked("grant a token in", () -> new FencingToken(ledger.alone("grant a token in", () -> ledger.grant(atLeast.value()))));
    }

    @Override
    public List<StoredEvent> read(EventQuery query) {
        return answers.events(query);
    }

    @Override
    public List<Rollup> rollup(RollupQuery query) {
        // There are no rollups by subject: its events are read.
        return query.subject().isPresent() ? Store.super.rollup(query) : answers.rollups(query);
    }

    @Override
    public Optional<StoreMaintenance> maintenance() {
        return Optional.of(new JsonMaintenance(this, answers, of));
    }

    @Override
    public Optional<FencingToken> lastToken() {
        return locked("read", () -> {
            ledger.refresh();
            long token = ledger.highestToken();
            return token == 0 ? Optional.empty() : Optional.of(new FencingToken(token));
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Sees what others have done since, and puts damage aside if it may. */
    private void refresh() throws IOException {
        ledger.refresh();
        if (heals && Quarantine.canHeal(ledger.view().tail().damage())) {
            ledger.alone("put damaged lines aside in", () -> {
                heal();
                return true;
            });
        }
    }

    /** To be called while nobody else can write. */
    private void heal() throws IOException {
        Damage damage = ledger.view().tail().damage();
        if (heals && damage != null && Quarantine.canHeal(damage)) {
            new Quarantine(of).run(damage);
        }
    }

    View view() {
        return locked("read", () -> {
            refresh();
            return ledger.view();
        });
    }

    /** A view of a store that is not known to be damaged. */
    View whole(Consumer<Digest> last) {
        return locked("read", () -> {
            refresh();
            Damage damage = ledger.view().tail().damage();
            if (damage != null) {
                throw new BrokenException(damage);
            }
            last.accept(ledger.digest());
            return ledger.view();
        });
    }

    /** Whether no compaction has come between. */
    boolean isCurrent(View view) {
        return locked("read", () -> {
            ledger.refresh();
            return ledger.view().compacted().equals(view.compacted());
        });
    }

    /** Works on the files while nobody else can write. */
    <T> T alone(String what, Ledger.Work<T, InterruptedException> work) throws InterruptedException {
        lock.lock();
        try {
            requireOpen();
            return ledger.alone(what, work);
        } catch (IOException e) {
            throw segments.failed(what, e);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps appends away from a damage that a read has met; whether it may be put aside now, so that the read can begin anew. */
    boolean remember(Damage damage) {
        return locked("read", () -> {
            ledger.remember(damage);
            return heals && Quarantine.canHeal(damage);
        });
    }

    private <T> T locked(String what, Ledger.Work<T, RuntimeException> work) {
        lock.lock();
        try {
            requireOpen();
            return work.run();
        } catch (IOException e) {
            throw segments.failed(what, e);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(ErrorCode.STORE_FAILED, "Cannot use " + segments.directory() + ": the store is closed", null);
        }
    }
}
