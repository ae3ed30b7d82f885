package dev.autosync.store.sqlite;

import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import java.nio.file.Path;

/** A process of its own that uses a store twice and says what came of it. */
final class Loader {
    private Loader() {}

    public static void main(String[] args) {
        try (Store store = StoreFixture.open(Path.of(args[0]))) {
            append(store);
            append(store);
        }
    }

    private static void append(Store store) {
        try {
            System.out.println(store.append(StoreFixture.TOKEN, StoreFixture.events(0, 1)));
        } catch (StoreException e) {
            System.out.println(e.code() + " " + e.getMessage());
        }
    }
}
