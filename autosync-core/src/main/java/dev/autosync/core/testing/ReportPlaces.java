package dev.autosync.core.testing;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.text.Untrusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Where a run is to write its reports, and which kind is where.
 *
 * <p>Threads: immutable.
 */
final class ReportPlaces {
    /** No report: the exit code decides alone. */
    static final ReportPlaces NONE = new ReportPlaces(List.of());

    private final List<Place> places;

    private ReportPlaces(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /**
     * More places.
     *
     * @param folders relative to the workspace; they need not be there
     * @throws IllegalArgumentException if a folder leaves the workspace
     */
    ReportPlaces and(ReportReader reader, String... folders) {
        List<Place> all = new ArrayList<>(places);
        for (String folder : folders) {
            Path path = Path.of(folder).normalize();
            if (path.isAbsolute() || path.startsWith("..")) {
                throw new IllegalArgumentException("folders must be below the workspace, was '" + folder + "'");
            }
            all.add(new Place(reader, folder));
        }
        return new ReportPlaces(all);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** All that is looked at, for fingerprints: each kind before its folder. */
    List<String> all() {
        return places.stream().flatMap(place -> Stream.of(place.reader.key(), place.folder)).toList();
    }

    private List<String> folders(String key) {
        return places.stream().filter(place -> place.reader.key().equals(key)).map(Place::folder).toList();
    }

    /**
     * Notes what is there before a run.
     *
     * @throws IOException if the workspace itself cannot be read
     */
    Before before(Path workspace) throws IOException {
        List<Watched> watched = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (Place place : places) {
            if (keys.add(place.reader.key())) {
                watched.add(new Watched(place.reader,
                        ReportFolders.before(workspace, folders(place.reader.key()), place.reader.files())));
            }
        }
        return new Before(watched);
    }

    /** The folders, for people. */
    @Override
    public String toString() {
        return String.join(", ", places.stream().map(Place::folder).distinct().toList());
    }

    private record Place(ReportReader reader, String folder) {}

    private record Watched(ReportReader reader, ReportFolders folders) {}

    /** What was there before a run. */
    static final class Before {
        private final List<Watched> kinds;

        private Before(List<Watched> kinds) {
            this.kinds = kinds;
        }

        /**
         * Reads what the run has written.
         *
         * @param results takes the results
         */
        Reading read(ResultSet results) {
            return read(results, BoundedInput.MOST_BYTES_OF_ALL);
        }

        Reading read(ResultSet results, long mostBytesOfAll) {
            AtomicLong left = new AtomicLong(mostBytesOfAll);
            int reports = 0;
            int stale = 0;
            List<String> broken = new ArrayList<>();
            for (Watched kind : kinds) {
                ReportFolders.Reports files = kind.folders.after();
                stale += files.stale().size();
                files.problems().forEach(problem -> broken.add(Untrusted.line(problem, 600)));
                for (Path file : files.fresh()) {
                    if (left.get() < 0) {
                        break; // the one that was too much is broken
                    }
                    String name = String.valueOf(file.getFileName());
                    try (InputStream in = new BoundedInput(Files.newInputStream(file, NOFOLLOW_LINKS), left)) {
                        reports += kind.reader.read(name, in, results) ? 1 : 0;
                    } catch (BrokenReportException e) {
                        broken.add(line(name, String.valueOf(e.getMessage())));
                    } catch (IOException | RuntimeException e) { // a parser that a hostile file gets the better of
                        broken.add(line(name, "cannot be read: " + e.getMessage()));
                    }
                }
            }
            return new Reading(reports, stale, broken);
        }

        private static String line(String name, String problem) {
            return Untrusted.line(name, 200) + " " + Untrusted.line(problem, 400);
        }
    }

    /**
     * What became of the files.
     *
     * @param reports how many were reports, written by the run, and could be read whole
     * @param stale how many files were there before the run, and unchanged
     * @param broken one line for each that the run wrote and that could not be read whole, or contradicts itself
     */
    record Reading(int reports, int stale, List<String> broken) {}
}
