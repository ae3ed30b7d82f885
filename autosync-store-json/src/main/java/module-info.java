import org.jspecify.annotations.NullMarked;

/** The history as JSON Lines segments. Found by ServiceLoader under the name {@code json}; nothing else of it is public. */
@NullMarked
module dev.autosync.store.json {
    requires transitive dev.autosync;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports dev.autosync.store.json;

    provides dev.autosync.spi.StoreFactory with dev.autosync.store.json.JsonStoreFactory;
}
