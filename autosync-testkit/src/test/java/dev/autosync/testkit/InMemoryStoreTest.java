package dev.autosync.testkit;

import dev.autosync.spi.Store;
import java.nio.file.Path;

class InMemoryStoreTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return new InMemoryStore();
    }

    @Override
    protected boolean persistent() {
        return false;
    }
}
