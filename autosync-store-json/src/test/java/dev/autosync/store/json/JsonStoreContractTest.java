package dev.autosync.store.json;

import dev.autosync.spi.Store;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.StoreContract;
import java.nio.file.Path;

class JsonStoreContractTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return new JsonStoreFactory().open(directory, MapSettings.empty());
    }

    /** Tried by {@link SmallSegmentsContractTest}, where an append that is killed may have begun a segment. */
    @Override
    protected boolean survivesKills() {
        return false;
    }
}
