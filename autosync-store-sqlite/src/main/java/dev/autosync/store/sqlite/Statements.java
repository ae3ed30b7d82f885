package dev.autosync.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The statements of a connection, compiled once and kept; those used last when there are many. */
final class Statements {
    private static final int KEPT = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(16, 0.75f, true);

    Statements(Connection connection) {
        this.connection = connection;
    }

    PreparedStatement get(String sql) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            makeRoom();
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    private void makeRoom() throws SQLException {
        if (kept.size() >= KEPT) {
            Iterator<PreparedStatement> leastRecent = kept.values().iterator();
            PreparedStatement statement = leastRecent.next();
            leastRecent.remove();
            statement.close();
        }
    }

    /** Closes all of them: SQLite keeps their memory, outside the heap, until that is done. */
    void close() throws SQLException {
        for (PreparedStatement statement : kept.values()) {
            statement.close();
        }
        kept.clear();
    }
}
