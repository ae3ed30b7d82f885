package dev.autosync.examples.dropbox;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.PublicationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that reports go to: one folder for each cycle, which is there as a whole or not at all, and is never changed again.
 *
 * @param folder the folder
 */
record Outbox(Path folder) {

    /** The reports of a cycle, and where they are to be. */
    record Drop(Path target, List<Path> reports, List<String> steps) implements PublicationPlan {}

    Drop plan(Publication publication) throws IOException {
        Path target = folder.toRealPath().resolve(publication.cycle());
        List<Path> reports = publication.reports();
        List<String> steps = reports.isEmpty() || holds(target, reports) ? List.of()
                : reports.stream().map(report -> "write " + publication.cycle() + "/" + report.getFileName()).toList();
        return new Drop(target, reports, steps);
    }

    /**
     * What the folder holds decides, so the key is needed for no more than the name of what is not yet there. A folder is no revision for others
     * to work on, so it has no name in the outcome.
     */
    PublicationOutcome publish(Drop drop, String key) throws IOException {
        if (Files.exists(drop.target(), NOFOLLOW_LINKS)) {
            return holds(drop.target(), drop.reports()) ? PublicationOutcome.Applied.of("", "the reports were there")
                    : PublicationOutcome.Conflict.of("", drop.target() + " holds something else");
        }
        Path hidden = drop.target().resolveSibling("." + key + ".tmp");
        remove(hidden); // a process that died may have left it
        try {
            Files.createDirectory(hidden);
            for (Path report : drop.reports()) {
                Files.copy(report, hidden.resolve(report.getFileName()), NOFOLLOW_LINKS);
            }
            Files.move(hidden, drop.target(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(hidden);
        }
        return PublicationOutcome.Applied.of("", drop.reports().size() + " reports are in " + drop.target());
    }

    private static boolean holds(Path target, List<Path> reports) throws IOException {
        for (Path report : reports) {
            Path copy = target.resolve(report.getFileName());
            if (!Files.isDirectory(target, NOFOLLOW_LINKS) || !Files.isRegularFile(copy, NOFOLLOW_LINKS) || Files.mismatch(report, copy) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static void remove(Path hidden) throws IOException {
        if (Files.isDirectory(hidden, NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(hidden)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(hidden);
    }
}
