import org.jspecify.annotations.NullMarked;

/** The history in one SQLite database. Found by ServiceLoader under the name {@code sqlite}; nothing else of it is public. */
@NullMarked
module dev.autosync.store.sqlite {
    requires transitive dev.autosync;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports dev.autosync.store.sqlite;

    provides dev.autosync.spi.StoreFactory with dev.autosync.store.sqlite.SqliteStoreFactory;
}
