package dev.autosync.testkit;

import dev.autosync.spi.Store;
import java.nio.file.Path;

/** A store that does all that the contract asks for; those of {@code FaultyStoresTest} differ from it in one thing each. */
class FileStoreTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return new FileStore(directory);
    }
}
