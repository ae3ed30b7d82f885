package dev.autosync.bench.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** SQLite as one would use it by hand: one connection, one prepared statement, write-ahead log, two indexes beside the key. */
final class PlainSqlite implements Peer {
    private final SampleHistory history;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement point;

    private PlainSqlite(Path folder, SampleHistory history) throws Exception {
        this.history = history;
        Files.createDirectories(folder);
        this.connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plain.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("CREATE TABLE IF NOT EXISTS events(seq INTEGER PRIMARY KEY, ts INTEGER, cycle TEXT, kind TEXT, subject TEXT, ok INTEGER,"
                    + " millis INTEGER, payload TEXT)");
            statement.execute("CREATE INDEX IF NOT EXISTS by_ts ON events(ts)");
            statement.execute("CREATE INDEX IF NOT EXISTS by_subject ON events(kind, subject, ts)");
        }
        connection.setAutoCommit(false);
        this.insert = connection.prepareStatement("INSERT INTO events(ts, cycle, kind, subject, ok, millis, payload) VALUES(?, ?, ?, ?, ?, ?, ?)");
        this.point = connection.prepareStatement("SELECT ts, cycle, kind, subject, ok, millis, payload FROM events WHERE seq = ?");
    }

    static Opener keeping(SampleHistory history) {
        return folder -> new PlainSqlite(folder, history);
    }

    @Override
    public synchronized void append(long from, long to) throws SQLException {
        for (long number = from; number < to; number++) {
            insert.setLong(1, history.at(number).toEpochMilli());
            insert.setString(2, "cycle-" + number / 20);
            insert.setString(3, SampleHistory.kind(number));
            insert.setString(4, SampleHistory.subject(number));
            insert.setInt(5, SampleHistory.ok(number));
            insert.setLong(6, SampleHistory.millis(number));
            insert.setString(7, SampleHistory.payload());
            insert.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public long millis(long number) throws SQLException {
        point.setLong(1, number + 1);
        try (ResultSet row = point.executeQuery()) {
            row.next();
            row.getString(7);
            return row.getLong(6);
        } finally {
            connection.commit();
        }
    }

    @Override
    public Trend trend() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), sum(n), sum(ok), sum(millis) FROM (SELECT count(*) n, sum(ok) ok, sum(millis) millis"
                        + " FROM events WHERE ts >= " + SampleHistory.LAST_90_DAYS.toEpochMilli() + " GROUP BY ts / 86400000)")) {
            row.next();
            return new Trend(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4));
        } finally {
            connection.commit();
        }
    }

    @Override
    public OptionalLong last() throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT max(seq) FROM events")) {
            row.next();
            return OptionalLong.of(row.getLong(1));
        } finally {
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        point.close();
        connection.close();
    }
}
