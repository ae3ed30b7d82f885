package dev.autosync.testkit;

import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreFactory;
import java.nio.file.Path;

/** Opens stores under the name {@code memory}. */
public final class InMemoryStoreFactory implements StoreFactory {

    /** Called by ServiceLoader. */
    public InMemoryStoreFactory() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Store open(Path directory, PluginSettings settings) {
        // A store on disk keeps its files in the directory, and makes it with the first append. Ask for every setting here, always.
        return new InMemoryStore();
    }
}
