package dev.autosync.core.testing;

import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the reports that a run wrote from those that were there before it.
 *
 * <p>Nothing is deleted or touched: old reports are the user's. A link that leads out of the workspace is not followed.
 * Threads: immutable.
 */
final class ReportFolders {
    /*
     * A file is fresh if its time, its size or its identity is another than before. Where a file system keeps times by the second or
     * two, a file written just before the run and again by it can have all three unchanged; its content then decides.
     */
    private static final long COARSEST_SECONDS = 2;
    private static final long MOST_HASHED_BYTES = 16L * 1024 * 1024;

    private final Path workspace;
    private final List<String> folders;
    private final String names;
    private final Map<Path, Stamp> before;

    private ReportFolders(Path workspace, List<String> folders, String names, Instant now) {
        this.workspace = workspace;
        this.folders = folders;
        this.names = names;
        Map<Path, Stamp> stamps = new TreeMap<>();
        for (Path file : list()) {
            Stamp stamp = stamp(file, now);
            if (stamp != null) {
                stamps.put(file, stamp);
            }
        }
        this.before = stamps;
    }

    /**
     * Notes what is there before a run.
     *
     * @param folders relative to the workspace; they need not be there
     * @param names of reports, a glob
     * @throws IOException if the workspace itself cannot be read
     */
    static ReportFolders before(Path workspace, List<String> folders, String names) throws IOException {
        return new ReportFolders(workspace.toRealPath(), folders, names, Instant.now());
    }

    /** The reports after the run, in the order of their paths. */
    Reports after() {
        List<Path> fresh = new ArrayList<>();
        List<Path> stale = new ArrayList<>();
        for (Path file : list()) {
            Stamp old = before.get(file);
            (old != null && old.equals(stampLike(old, file)) ? stale : fresh).add(file);
        }
        return new Reports(fresh, stale);
    }

    private List<Path> list() {
        Map<Path, Path> files = new TreeMap<>();
        for (String folder : folders) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(inside(workspace.resolve(folder)), names)) {
                for (Path file : all) {
                    Path real = inside(file);
                    if (Files.isRegularFile(real)) {
                        files.put(real, real);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // Not there (yet), or no place to look at: no report.
            }
        }
        return new ArrayList<>(files.keySet());
    }

    private Path inside(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(workspace)) {
            throw new IOException("leads out of the workspace");
        }
        return real;
    }

    private static @Nullable Stamp stamp(Path file, Instant now) {
        boolean recent = true;
        try {
            recent = Files.getLastModifiedTime(file).toInstant().isAfter(now.minusSeconds(COARSEST_SECONDS));
        } catch (IOException e) {
            // Then the stamp below fails too.
        }
        return stamp(file, recent);
    }

    private static @Nullable Stamp stampLike(Stamp old, Path file) {
        return stamp(file, !old.hash.isEmpty());
    }

    private static @Nullable Stamp stamp(Path file, boolean withContent) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String hash = withContent && attributes.size() <= MOST_HASHED_BYTES ? FileContent.of(Files.readAllBytes(file)).sha256() : "";
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey(), ""), hash);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What the folders hold after a run.
     *
     * @param fresh written by the run
     * @param stale there before, and unchanged
     */
    record Reports(List<Path> fresh, List<Path> stale) {}

    private record Stamp(FileTime modified, long size, String key, String hash) {}
}
