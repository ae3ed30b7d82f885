package dev.autosync.core.testing;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the reports that a run wrote from those that were there before it.
 *
 * <p>Nothing is deleted or touched: old reports are the user's. A link that leads out of the workspace is not followed; what it hides
 * is not taken for nothing.
 * Threads: immutable.
 */
final class ReportFolders {
    /*
     * A file is fresh if its time, its size or its identity is another than before. Where a file system keeps times by the second or
     * two, a file written just before the run and again by it can have all three unchanged; its content then decides.
     */
    private static final long COARSEST_SECONDS = 2;
    /* What comes during a run and is far older was not written by it, but copied with its time or unpacked. */
    private static final long OLD_SECONDS = 60;
    private static final long MOST_HASHED_BYTES = 16L * 1024 * 1024;

    private static final long MOST_HASHED_BYTES_OF_ALL = 256L * 1024 * 1024;
    /** More than any build writes. */
    private static final int MOST_FILES = 100_000;

    private final Path workspace;
    private final List<String> folders;
    private final String names;
    private final int mostFiles;
    private final Map<Path, Stamp> before = new TreeMap<>();
    private final List<String> problemsBefore;
    private final Instant begun;

    private ReportFolders(Path workspace, List<String> folders, String names, int mostFiles) {
        this.workspace = workspace;
        this.folders = folders;
        this.names = names;
        this.mostFiles = mostFiles;
        begun = Instant.now();
        Instant recent = begun.minusSeconds(COARSEST_SECONDS);
        long hashed = 0;
        Listing listing = list();
        for (Path file : listing.files) {
            Stamp stamp = stamp(file, false);
            if (stamp != null && stamp.modified.toInstant().isAfter(recent) && hashed + stamp.size <= MOST_HASHED_BYTES_OF_ALL) {
                hashed += Math.min(stamp.size, MOST_HASHED_BYTES);
                stamp = stamp(file, true);
            }
            if (stamp != null) {
                before.put(file, stamp);
            }
        }
        problemsBefore = listing.problems;
    }

    /**
     * Notes what is there before a run.
     *
     * @param folders relative to the workspace; they need not be there
     * @param names of reports, a glob
     * @throws IOException if the workspace itself cannot be read
     */
    static ReportFolders before(Path workspace, List<String> folders, String names) throws IOException {
        return before(workspace, folders, names, MOST_FILES);
    }

    static ReportFolders before(Path workspace, List<String> folders, String names, int mostFiles) throws IOException {
        return new ReportFolders(workspace.toRealPath(), folders, names, mostFiles);
    }

    /** The reports after the run, in the order of their paths. */
    Reports after() {
        List<Path> fresh = new ArrayList<>();
        List<Path> stale = new ArrayList<>();
        Listing listing = list();
        for (Path file : listing.files) {
            Stamp old = before.get(file);
            Stamp now = stamp(file, old != null && !old.hash.isEmpty());
            boolean copied = now != null && now.modified.toInstant().isBefore(begun.minusSeconds(OLD_SECONDS));
            (now != null && (copied || now.equals(old)) ? stale : fresh).add(file);
        }
        Set<String> problems = new LinkedHashSet<>(listing.problems);
        problems.addAll(problemsBefore); // what was in there may be old
        return new Reports(fresh, stale, List.copyOf(problems));
    }

    private Listing list() {
        Set<Path> files = new TreeSet<>();
        List<String> problems = new ArrayList<>();
        for (String folder : folders) {
            try {
                addFiles(inside(workspace.resolve(folder)), files);
            } catch (NoSuchFileException e) {
                // Not there (yet): no report.
            } catch (DirectoryIteratorException e) {
                problems.add(problem(folder, e.getCause() == null ? e : e.getCause()));
            } catch (IOException e) {
                problems.add(problem(folder, e));
            }
        }
        return new Listing(files, problems);
    }

    private static String problem(String folder, Throwable e) {
        return folder + " cannot be looked at: " + e.getMessage();
    }

    private void addFiles(Path folder, Set<Path> files) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
            for (Path file : all) {
                if (files.size() == mostFiles) {
                    throw new IOException("there are more than " + mostFiles + " files");
                }
                Path report = report(file);
                if (report != null) {
                    files.add(report);
                }
            }
        }
    }

    /** The file itself; a link that leads out of the workspace or nowhere as it is, so that it cannot be read; null for what is no file. */
    private @Nullable Path report(Path file) {
        try {
            Path real = inside(file);
            return Files.isRegularFile(real) ? real : null;
        } catch (IOException e) {
            return file;
        }
    }

    private Path inside(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(workspace)) {
            throw new IOException("it leads out of the workspace");
        }
        return real;
    }

    private static @Nullable Stamp stamp(Path file, boolean withContent) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            String hash = withContent && attributes.isRegularFile() && attributes.size() <= MOST_HASHED_BYTES
                    ? FileContent.of(Files.readAllBytes(file)).sha256() : "";
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey(), ""), hash);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What the folders hold after a run.
     *
     * @param fresh written by the run
     * @param stale there before, and unchanged, or far older than the run
     * @param problems one line for each folder of which that is not known
     */
    record Reports(List<Path> fresh, List<Path> stale, List<String> problems) {}

    private record Listing(Set<Path> files, List<String> problems) {}

    private record Stamp(FileTime modified, long size, String key, String hash) {}
}
