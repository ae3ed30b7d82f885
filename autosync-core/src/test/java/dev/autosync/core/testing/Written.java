package dev.autosync.core.testing;

import java.io.IOException;
import java.nio.file.Path;

/** Reads reports that a run has just written. */
final class Written {

    /** What a run does. */
    interface Run {
        void write() throws IOException;
    }

    private Written() {}

    static ReportPlaces.Reading read(ReportReader reader, Path folder, ResultSet results, Run run) throws IOException {
        ReportPlaces.Before before = ReportPlaces.NONE.and(reader, ".").before(folder);
        run.write();
        return before.read(results);
    }
}
