package dev.autosync.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a sink is to publish: everything that landed since it published last, and the reports of the cycle.
 *
 * <p>Made by the engine. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class Publication {
    private final String id;
    private final String cycle;
    private final String title;
    private final String description;
    private final boolean stable;
    private final List<PublishedChange> changes;
    private final List<Path> reports;

    private Publication(String id, String cycle, String title, String description, boolean stable, List<PublishedChange> changes,
            List<Path> reports) {
        this.id = id;
        this.cycle = cycle;
        this.title = title;
        this.description = description;
        this.stable = stable;
        this.changes = changes;
        this.reports = reports;
    }

    /**
     * A publication.
     *
     * @param id the same for the same changes, whichever cycle asks, and each cycle's own where there are none: 64 hexadecimal digits
     * @param cycle the cycle that asks
     * @param title one line that says what it is
     * @param description more lines: the patches and the evidence; untrusted parts neutralised
     * @param stable whether the state is stable as the configuration defines it
     * @param changes in the order of their paths
     * @param reports the files that reporters wrote in this cycle
     * @return the publication
     */
    public static Publication of(String id, String cycle, String title, String description, boolean stable, List<PublishedChange> changes,
            List<Path> reports) {
        return new Publication(Objects.requireNonNull(id, "id"), Objects.requireNonNull(cycle, "cycle"),
                Objects.requireNonNull(title, "title"), Objects.requireNonNull(description, "description"), stable, List.copyOf(changes),
                List.copyOf(reports));
    }

    /**
     * What makes it known again: the same for the same changes, whichever cycle asks, and each cycle's own where there are none.
     *
     * @return 64 hexadecimal digits
     */
    public String id() {
        return id;
    }

    /**
     * The cycle that asks.
     *
     * @return a cycle's name
     */
    public String cycle() {
        return cycle;
    }

    /**
     * What it is.
     *
     * @return one line
     */
    public String title() {
        return title;
    }

    /**
     * The patches and the evidence.
     *
     * @return lines of text; untrusted parts neutralised
     */
    public String description() {
        return description;
    }

    /**
     * Whether the state is stable as the configuration defines it.
     *
     * @return always true for a sink that is asked only then
     */
    public boolean stable() {
        return stable;
    }

    /**
     * What the engine did to files since the sink published last.
     *
     * @return in the order of their paths; empty if nothing landed
     */
    public List<PublishedChange> changes() {
        return changes;
    }

    /**
     * The files that reporters wrote in this cycle.
     *
     * @return absolute paths
     */
    public List<Path> reports() {
        return reports;
    }

    @Override
    public String toString() {
        return title + " (" + changes.size() + " files)";
    }
}
