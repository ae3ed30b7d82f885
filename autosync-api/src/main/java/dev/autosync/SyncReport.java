package dev.autosync;

import dev.autosync.improve.Lesson;
import dev.autosync.patch.BatchReport;
import dev.autosync.publish.PublicationResult;
import dev.autosync.trend.Kpi;
import dev.autosync.trend.TrendReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one cycle did.
 *
 * <p>Made by the engine; reporters get the same value. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface SyncReport {

    /**
     * The name of the cycle, unique in its store.
     *
     * @return for example {@code 20261123T115034Z-0007}
     */
    String cycle();

    /**
     * What reports are headed with.
     *
     * @return the title of the dashboard, or else the name of the workspace's folder
     */
    String title();

    /**
     * The workspace.
     *
     * @return an absolute path
     */
    Path workspace();

    /**
     * When the cycle began, by the engine's clock.
     *
     * @return the time
     */
    Instant startedAt();

    /**
     * How long it took up to the reports.
     *
     * @return zero or more
     */
    Duration duration();

    /**
     * How long each phase took, in their order.
     *
     * @return the phases that have ended
     */
    Map<CyclePhase, Duration> phases();

    /**
     * Whether the tests of the workspace as it stands now are green.
     *
     * @return false also when it is not known
     */
    boolean green();

    /**
     * What became of the patches.
     *
     * @return an empty batch if there were none
     */
    BatchReport batch();

    /**
     * The content of the tree before the cycle.
     *
     * @return the snapshot
     */
    SnapshotSummary before();

    /**
     * The content of the tree after the cycle.
     *
     * @return the snapshot
     */
    SnapshotSummary after();

    /**
     * The figures that were watched.
     *
     * @return in the order of their files
     */
    List<Kpi> kpis();

    /**
     * What the history shows, this cycle included.
     *
     * @return the report; {@link TrendReport#none()} if the history could not be analysed
     */
    TrendReport trends();

    /**
     * What could be better, what was done about it, and whether it helped.
     *
     * @return open ones first, those that are worth most first
     */
    List<Lesson> lessons();

    /**
     * What connectors published.
     *
     * @return empty as long as reporters are at work, who speak before anything is published
     */
    List<PublicationResult> publications();

    /**
     * Things that somebody should look at and that did not fail the cycle: a file that was saved as a conflict, a reporter that threw.
     *
     * @return one line each
     */
    List<String> warnings();

    /**
     * The files that reporters wrote.
     *
     * @return absolute paths; empty as long as reporters are at work
     */
    List<Path> files();

    /**
     * The cycle in a few lines.
     *
     * @return plain text without a line end at its end
     */
    String summary();
}
