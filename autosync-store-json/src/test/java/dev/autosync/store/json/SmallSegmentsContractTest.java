package dev.autosync.store.json;

import dev.autosync.spi.Store;
import dev.autosync.testkit.StoreContract;
import java.nio.file.Path;

/** The contract with segments so small that nearly every append begins one. */
class SmallSegmentsContractTest extends StoreContract {

    @Override
    protected Store open(Path directory) {
        return JsonStore.open(directory, 300, new Disk(), true);
    }
}
