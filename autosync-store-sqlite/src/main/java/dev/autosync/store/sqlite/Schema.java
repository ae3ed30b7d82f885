package dev.autosync.store.sqlite;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables and indexes of a database, version by version.
 *
 * @param steps for each version the statements that lead to it from the one before, the first from nothing; each makes, fills or drops a table or an index
 */
record Schema(List<List<String>> steps) {
    /** "ASyn", in the header of the file, says whose database it is. */
    static final int APPLICATION_ID = 0x4153796e;

    private static final String LAST_COLUMN_ENDS = "NOT NULL";

    /** Described in docs/database-plan.md. A step that was released is never changed. */
    static final Schema CURRENT = new Schema(List.of(List.of("""
            CREATE TABLE events(
              seq INTEGER PRIMARY KEY AUTOINCREMENT,
              token INTEGER NOT NULL,
              second INTEGER NOT NULL,
              nano INTEGER NOT NULL,
              cycle TEXT NOT NULL,
              kind TEXT NOT NULL,
              subject TEXT NOT NULL,
              numbers TEXT NOT NULL,
              payload TEXT NOT NULL,
              crc INTEGER NOT NULL
            ) STRICT""",
            "CREATE INDEX events_of_cycle ON events(cycle)",
            "CREATE INDEX events_of_kind ON events(kind, seq, second)",
            "CREATE INDEX events_of_subject ON events(subject)",
            "CREATE INDEX events_of_second ON events(second)"), List.of("""
            CREATE TABLE grants(
              id INTEGER PRIMARY KEY CHECK(id = 1),
              token INTEGER NOT NULL
            ) STRICT"""), List.of(
            rollups("hours"),
            rollups("days"), """
            CREATE TABLE compaction(
              id INTEGER PRIMARY KEY CHECK(id = 1),
              seq INTEGER NOT NULL
            ) STRICT""",
            "DROP INDEX events_of_subject",
            "CREATE INDEX events_of_subject ON events(subject, seq, second)"), List.of("""
            CREATE TABLE rolled(
              id INTEGER PRIMARY KEY CHECK(id = 1),
              seq INTEGER NOT NULL,
              crc INTEGER NOT NULL
            ) STRICT""",
            "INSERT INTO rolled(id, seq, crc) VALUES(1, 0, " + Checksum.of(0) + ")", """
            CREATE TABLE spans(
              start INTEGER PRIMARY KEY,
              first INTEGER NOT NULL,
              last INTEGER NOT NULL
            ) STRICT""",
            // A remainder has the sign of what is divided.
            "INSERT INTO spans(start, first, last) SELECT second - (second % 3600 + 3600) % 3600 AS start, min(seq), max(seq) FROM events GROUP BY start",
            "DROP INDEX events_of_second")));

    private static String rollups(String table) {
        return "CREATE TABLE " + table + """
            (
              kind TEXT NOT NULL,
              named INTEGER NOT NULL,
              number TEXT NOT NULL,
              start INTEGER NOT NULL,
              events INTEGER NOT NULL,
              sum REAL,
              least REAL NOT NULL,
              greatest REAL NOT NULL,
              squares REAL,
              crc INTEGER NOT NULL,
              PRIMARY KEY(kind, start, named, number)
            ) WITHOUT ROWID, STRICT""";
    }

    Schema {
        steps = List.copyOf(steps);
    }

    int version() {
        return steps.size();
    }

    /** Takes a database from any earlier version to this one, in the caller's transaction. */
    void migrate(Database database, int from) throws SQLException {
        for (List<String> step : steps.subList(from, version())) {
            for (String statement : step) {
                database.execute(statement);
            }
        }
        database.execute("PRAGMA application_id = " + APPLICATION_ID);
        database.execute("PRAGMA user_version = " + version());
    }

    /** Refuses a database that is not ours, is of a later version, or is not as we made it. Returns its version. */
    int check(Database database, DatabaseFile file) throws SQLException {
        int application = (int) database.number("PRAGMA application_id");
        if (application != APPLICATION_ID) {
            throw file.foreign("it is no database of AutoSync, its application_id is " + application);
        }
        int version = versionOf(database, file);
        if (version == version()) {
            checkObjects(database, file);
        }
        return version;
    }

    /** Refuses a database that is not of this version any more. */
    void requireVersion(Database database, DatabaseFile file) throws SQLException {
        int version = versionOf(database, file);
        if (version != version()) {
            throw file.failed("its schema went back to version " + version + " while the store was open; close the store and open it again");
        }
    }

    private int versionOf(Database database, DatabaseFile file) throws SQLException {
        int version = (int) database.number("PRAGMA user_version");
        if (version > version()) {
            throw file.newer(version, version());
        }
        if (version < 1) {
            throw file.damaged("its schema has version " + version);
        }
        return version;
    }

    /**
     * Tables and indexes must be as we made them: a missing one would fail later, a changed one answer wrongly. Others may be there;
     * Litestream for one has some. A trigger could change what is written.
     */
    private void checkObjects(Database database, DatabaseFile file) throws SQLException {
        Map<String, String> found = database.texts("SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index')");
        Map<String, String> made = objects();
        made.forEach((name, sql) -> {
            if (!isAsMade(sql, found.get(name))) {
                throw file.damaged("its table or index " + name + " is not as AutoSync made it");
            }
        });
        for (String table : database.texts("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'").values()) {
            if (made.containsKey(table)) {
                throw file.damaged("somebody has put a trigger on its tables");
            }
        }
    }

    /** The tables and indexes of this version by name, and how they are made. */
    private Map<String, String> objects() {
        Map<String, String> objects = new LinkedHashMap<>();
        for (String sql : steps.stream().flatMap(List::stream).toList()) {
            String[] words = sql.split("[ (\n]", 4);
            switch (words[0]) {
                case "CREATE" -> objects.put(words[2], sql);
                case "DROP" -> objects.remove(words[2]);
                default -> { }
            }
        }
        return objects;
    }

    /** A table may have got further columns, which SQLite writes behind the last one. */
    private static boolean isAsMade(String made, @Nullable String found) {
        if (found == null || found.equals(made) || !made.startsWith("CREATE TABLE")) {
            return found != null && found.equals(made);
        }
        int same = 0;
        while (same < made.length() && same < found.length() && made.charAt(same) == found.charAt(same)) {
            same++;
        }
        return same >= made.lastIndexOf(LAST_COLUMN_ENDS) + LAST_COLUMN_ENDS.length() && found.length() > made.length()
                && found.endsWith(made.substring(same));
    }
}
