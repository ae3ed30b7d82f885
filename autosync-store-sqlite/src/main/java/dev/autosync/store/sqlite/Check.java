package dev.autosync.store.sqlite;

import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.StoreCheck;
import dev.autosync.spi.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/** Reads everything and says what is wrong. */
final class Check {
    private static final int MOST_PROBLEMS = 100;

    private final DatabaseFile file;
    private final List<String> problems = new ArrayList<>();
    private long events;

    Check(DatabaseFile file) {
        this.file = file;
    }

    /** Checks, in the caller's transaction. */
    StoreCheck of(Tables tables) throws SQLException {
        checkPages(tables.database());
        RollupSums sums = new RollupSums();
        Spans spans = new Spans();
        boolean whole = checkEvents(tables, sums, spans);
        Map<RollupTable.Piece, Rollup> hours = rollups(tables, Resolution.HOUR);
        Map<RollupTable.Piece, Rollup> days = rollups(tables, Resolution.DAY);
        if (whole && problems.isEmpty()) {
            compare(sums.hours(), hours, tables.events().removedUpTo() > 0);
            RollupSums ofHours = new RollupSums();
            hours.forEach(ofHours::add);
            compare(ofHours.days(), days, false);
            Spans.read(tables.database()).misses(spans).ifPresent(hour -> report("events of the hour " + hour + " lie beyond what the table spans says"));
        }
        return new StoreCheck(events, problems);
    }

    private void report(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    /** Trees, pages, and whether each row is in each index. */
    private void checkPages(Database database) throws SQLException {
        try (ResultSet row = database.prepare("PRAGMA integrity_check(" + MOST_PROBLEMS + ")").executeQuery()) {
            while (row.next()) {
                String line = String.valueOf(row.getString(1));
                if (!line.equals("ok")) {
                    report(file.path().getFileName() + ": " + line);
                }
            }
        } catch (SQLException e) {
            reportOrThrow(e);
        }
    }

    /** Each event, that none is missing, and that tokens do not fall; whether all could be read. */
    private boolean checkEvents(Tables tables, RollupSums sums, Spans spans) throws SQLException {
        long upTo = tables.events().removedUpTo();
        long rolled = rolled(tables);
        long[] last = new long[2];
        long broken = problems.size();
        try {
            tables.events().visit((sequence, event) -> {
                if (sequence > last[0] + 1 && sequence - 1 > upTo) {
                    report("event " + Math.max(last[0], upTo) + " is followed by event " + sequence + ": what was between is missing");
                }
                last[0] = sequence;
                if (event == null) {
                    report("event " + sequence + " is not what was written");
                    return;
                }
                if (event.token().value() < last[1]) {
                    report("event " + sequence + " has token " + event.token().value() + ", an event before it " + last[1]);
                }
                last[1] = event.token().value();
                events++;
                if (sequence <= rolled) {
                    sums.add(event.event());
                    spans.add(sequence, event.event().at());
                }
            });
            long highest = tables.database().number(Selection.HIGHEST);
            if (highest != last[0]) {
                report("the last event that is there is " + last[0] + ", the last that was appended " + highest);
            }
        } catch (SQLException e) {
            reportOrThrow(e);
        }
        return problems.size() == broken;
    }

    /** Up to which event the rollups go. */
    private long rolled(Tables tables) throws SQLException {
        try {
            return RolledRow.read(tables.database(), file);
        } catch (StoreException e) {
            report(String.valueOf(e.getMessage()));
            return 0;
        }
    }

    private Map<RollupTable.Piece, Rollup> rollups(Tables tables, Resolution resolution) throws SQLException {
        Map<RollupTable.Piece, Rollup> rollups = new HashMap<>();
        try {
            tables.rollups().visit(resolution, rollups::put);
        } catch (StoreException e) {
            report(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            reportOrThrow(e);
        }
        return rollups;
    }

    /**
     * Compares rollups with what they should be.
     *
     * @param more whether they may count more than is there, for events were removed
     */
    private void compare(Map<RollupTable.Piece, Rollup> expected, Map<RollupTable.Piece, Rollup> found, boolean more) {
        expected.forEach((piece, sum) -> {
            Rollup rollup = found.get(piece);
            if (rollup == null || rollup.count() < sum.count() || rollup.count() == sum.count() && !agree(rollup, sum)
                    || rollup.count() > sum.count() && !more) {
                report("the rollup of the " + name(piece) + " is " + rollup + ", its events come to " + sum);
            }
        });
        if (!more) {
            found.keySet().stream().filter(piece -> !expected.containsKey(piece))
                    .forEach(piece -> report("there is a rollup of the " + name(piece) + ", and no event"));
        }
    }

    private static String name(RollupTable.Piece piece) {
        return (piece.resolution() == Resolution.HOUR ? "hour " : "day ") + piece.start();
    }

    /** Sums in another order differ by their rounding, and where they overflow by more; the squares tell how large the numbers are. */
    private static boolean agree(Rollup one, Rollup other) {
        double rounding = 1e-15 * one.count();
        double squares = Math.max(one.sumOfSquares(), other.sumOfSquares());
        return one.min() == other.min() && one.max() == other.max()
                && (Double.isInfinite(squares) || Math.abs(one.sum() - other.sum()) <= rounding * Math.sqrt(one.count() * squares)
                        && Math.abs(one.sumOfSquares() - other.sumOfSquares()) <= rounding * squares);
    }

    /** What SQLite cannot make sense of is what is wrong here; anything else keeps this from being found out. */
    private void reportOrThrow(SQLException e) throws SQLException {
        int code = e.getErrorCode() & 0xff;
        if (code != SQLiteErrorCode.SQLITE_CORRUPT.code && code != SQLiteErrorCode.SQLITE_NOTADB.code) {
            throw e;
        }
        report(String.valueOf(e.getMessage()));
    }
}
