package dev.autosync.store.sqlite;

import dev.autosync.spi.Store;
import dev.autosync.testkit.MapSettings;
import dev.autosync.testkit.StoreContract;
import java.nio.file.Path;

class SqliteStoreContractTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return new SqliteStoreFactory().open(directory, MapSettings.empty());
    }
}
