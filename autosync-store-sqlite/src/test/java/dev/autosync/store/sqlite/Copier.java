package dev.autosync.store.sqlite;

import dev.autosync.history.Stores;
import dev.autosync.lock.FencingToken;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that copies a history and says when it is about to append. */
final class Copier {
    private Copier() {}

    public static void main(String[] args) throws InterruptedException {
        try (Store from = StoreFixture.open(Path.of(args[0])); Store to = StoreFixture.open(Path.of(args[1]))) {
            Stores.copy(from, new HistoryCopyTest.DyingStore(to, Integer.MAX_VALUE) {
                @Override
                public long append(FencingToken token, List<Event> events) {
                    System.out.println("appending");
                    System.out.flush();
                    return super.append(token, events);
                }
            });
        }
    }
}
