package dev.autosync.testkit;

import dev.autosync.spi.Store;
import java.nio.file.Path;

class InMemoryStoreTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return new InMemoryStoreFactory().open(directory, MapSettings.empty());
    }

    @Override
    protected boolean persistent() {
        // A store that keeps what it is given leaves this method out.
        return false;
    }

    @Override
    protected boolean maintained() {
        // One that offers maintenance, too.
        return false;
    }
}
