package dev.autosync.store.json;

import dev.autosync.ErrorCode;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.CompactedHistory;
import dev.autosync.spi.Compaction;
import dev.autosync.spi.KindRollup;
import dev.autosync.spi.Retention;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoreMaintenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the store does beside keeping events. */
final class JsonMaintenance implements StoreMaintenance {
    private final JsonStore store;
    private final Answers answers;
    private final Workings of;

    JsonMaintenance(JsonStore store, Answers answers, Workings of) {
        this.store = store;
        this.answers = answers;
        this.of = of;
    }

    @Override
    public StoreCheck check() throws InterruptedException {
        try {
            while (true) {
                View view = store.view();
                StoreCheck found = new Check(of.segments(), of.disk(), view).run();
                if (found.sound() || store.isCurrent(view)) {
                    return found;
                }
            }
        } catch (IOException e) {
            throw of.segments().failed("check", e);
        } catch (StoreException e) {
            if (e.code() == ErrorCode.STORE_DAMAGED) {
                return new StoreCheck(0, List.of(String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    @Override
    public void backup(Path folder) throws InterruptedException {
        try {
            new Backup(of.segments(), of.disk(), folder).run(store);
        } catch (IOException e) {
            throw of.segments().failed("copy to " + folder + " the store", e);
        }
    }

    @Override
    public Compaction compact(FencingToken token, Retention retention) throws InterruptedException {
        Compactor compactor = new Compactor(of, retention);
        Compaction all = step(token, compactor);
        while (compactor.more()) {
            Compaction more = step(token, compactor);
            all = new Compaction(all.removed() + more.removed(), all.bytesBefore(), more.bytesAfter());
        }
        return all;
    }

    /** Between two steps others may append, and read what is left so far. */
    private Compaction step(FencingToken token, Compactor compactor) throws InterruptedException {
        return store.alone("compact", () -> {
            Ledger ledger = of.ledger();
            ledger.requireWritable();
            ledger.requireCurrent(token, ledger.highestToken());
            return compactor.step();
        });
    }

    @Override
    public long compactedUpTo() {
        return store.view().compacted().upTo();
    }

    @Override
    public List<KindRollup> hours() {
        return answers.hours();
    }

    @Override
    public void restore(CompactedHistory history) throws InterruptedException {
        store.alone("restore", () -> {
            of.ledger().requireWritable();
            new Restoring(of, history).run();
            return true;
        });
    }
}
