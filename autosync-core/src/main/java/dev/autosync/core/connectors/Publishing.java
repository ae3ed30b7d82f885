package dev.autosync.core.connectors;

import dev.autosync.SyncReport;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationResult;
import dev.autosync.spi.Event;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what has landed to the sinks, and tells triggers and status reporters of it. What one of them does wrong is that one's failure alone;
 * the next cycle tries again, and what the other side holds decides what is left to do.
 */
public final class Publishing {
    private final Connectors connectors;
    private final Calls calls;
    private final WorkspaceChanges workspace;
    private final Clock clock;
    private Consumer<List<Event>> append = events -> { };
    private final LatestEvents publications = new LatestEvents(Published.KIND);
    private final FollowUp followUp;
    /** Up to where the history is known to hold nothing for a sink that it does not have. */
    private final Map<String, Long> nothingUpTo = new HashMap<>();

    /** Publishes from a workspace. */
    public Publishing(Connectors connectors, Calls calls, Workspace workspace, FilePort files, Clock clock) {
        this.calls = calls;
        this.connectors = connectors;
        this.workspace = new WorkspaceChanges(workspace, files);
        this.clock = clock;
        this.followUp = new FollowUp(connectors, calls, clock);
    }

    /**
     * What came of it.
     *
     * @param results what sinks have done
     * @param events what the history is to keep
     * @param warnings what somebody should look at, one line each
     */
    public record Result(List<PublicationResult> results, List<Event> events, List<String> warnings) {}

    /**
     * Publishes. An interrupt stops it, and is left set for the caller: the cycle is over, and what it has done stays.
     *
     * @param store the history, this cycle included
     * @param append adds to it what must be known if this process dies while it publishes
     * @param report the cycle
     * @param stability whether the state may be published
     */
    public Result publish(Store store, Consumer<List<Event>> append, SyncReport report, Stability stability) {
        this.append = append;
        Result result = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (connectors.isEmpty()) {
            return result;
        }
        publications.refresh(store);
        try {
            for (Map.Entry<String, Sink> sink : connectors.that(Sink.class).entrySet()) {
                Attempt<Boolean> attempt = Attempt.of(() -> publish(sink.getKey(), sink.getValue(), store, report, stability, result));
                Attempt.Failure failure = attempt.failure();
                if (failure != null) {
                    result.warnings().add("'" + sink.getKey() + "' has not published: " + failure.message());
                }
            }
            startRuns(store, report, stability, result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.warnings().add("publishing was interrupted; the next cycle goes on with it");
        }
        return result;
    }

    /** Says whether there was something to hand over. */
    private boolean publish(String name, Sink sink, Store store, SyncReport report, Stability stability, Result result)
            throws InterruptedException {
        boolean stableOnly = sink.stableOnly();
        if (stableOnly && !stability.stable()) {
            return false;
        }
        Published last = publications.of(name).map(Published::of).orElse(Published.NOTHING);
        LandedFiles landed = LandedFiles.after(store, Math.max(last.upTo(), nothingUpTo.getOrDefault(name, 0L)));
        if (landed.isEmpty()) {
            nothingUpTo.put(name, stability.upTo());
        }
        if (landed.changes().isEmpty() && stableOnly) {
            return false;
        }
        if (last.pending()) {
            // What may have arrived comes first and alone, under the name that it had.
            LandedFiles earlier = LandedFiles.between(store, last.upTo(), last.reaches());
            WorkspaceChanges.Read read = workspace.read(earlier.changes());
            if (read.exact()) {
                publish(name, sink, store, report, stability, earlier, read, last, result);
                return true;
            }
        }
        publish(name, sink, store, report, stability, landed, workspace.read(landed.changes()), last, result);
        return true;
    }

    private void publish(String name, Sink sink, Store store, SyncReport report, Stability stability, LandedFiles landed,
            WorkspaceChanges.Read read, Published last, Result result) throws InterruptedException {
        Publication publication = Publications.of(store, report, last.upTo(), landed, read.changes(), stability);
        if (!read.lost().isEmpty()) {
            note(name, publication, landed, last, new Done(PublicationOutcome.Conflict.of("", Publications.lost(read.lost())), 0, null), report,
                    result);
            return;
        }
        if (!publication.changes().isEmpty()) {
            append.accept(List.of(event(report, name, publication, 0, Published.started(last, publication.id(), landed.upTo()))));
        }
        note(name, publication, landed, last, handOver(sink, publication, name), report, result);
    }

    /**
     * What came of handing over.
     *
     * @param outcome the outcome; for a failure what is known of it
     * @param attempts how often it was tried
     * @param failure why it failed; null if it did not
     */
    private record Done(PublicationOutcome outcome, int attempts, Attempt.@Nullable Failure failure) {}

    /** Plans and acts; after a lost reply, or if nothing was sent, it plans again, and what the other side holds tells. */
    private Done handOver(Sink sink, Publication publication, String name) throws InterruptedException {
        HandOver handOver = new HandOver(sink, publication, Publications.key(publication.id(), name));
        Attempt<PublicationOutcome> act = calls.repeatable(name, outcome -> outcome instanceof PublicationOutcome.Unknown, handOver::attempt);
        return act.failure() != null ? failed(act.failure(), handOver.sent(), handOver.planning()) : new Done(act.get(), handOver.sent(), null);
    }

    /** A connector that throws its own exception has sent nothing; after any other nobody knows. */
    private static Done failed(Attempt.Failure failure, int attempts, boolean planning) {
        return new Done(switch (failure.code()) {
            case CONNECTOR_FAILED -> PublicationOutcome.Retry.of(Duration.ZERO, failure.message());
            case CONNECTOR_REFUSED, CONNECTOR_PROTOCOL, SECRET_REFERENCE, SECRET_NOT_FOUND, SECRET_UNUSABLE ->
                    PublicationOutcome.Rejected.of(failure.message());
            default -> planning ? PublicationOutcome.Rejected.of(failure.message()) : PublicationOutcome.Unknown.of(failure.message());
        }, attempts, failure);
    }

    private void note(String name, Publication publication, LandedFiles landed, Published last, Done done, SyncReport report, Result result) {
        PublicationOutcome outcome = done.outcome();
        boolean there = outcome.kind() == PublicationOutcome.Kind.APPLIED || outcome.kind() == PublicationOutcome.Kind.UNCHANGED;
        String revision = outcome instanceof PublicationOutcome.Applied applied ? applied.revision() : last.revision();
        Attempt.Failure failure = done.failure();
        Published published = new Published(failure != null && outcome.kind() != PublicationOutcome.Kind.UNKNOWN ? "failed" : Published.name(outcome.kind()),
                outcome.reason(), publication.id(),
                revision, there ? landed.upTo() : last.upTo(), landed.upTo(), failure == null ? null : failure.code());
        if (!there || outcome.kind() == PublicationOutcome.Kind.APPLIED || landed.upTo() > last.upTo()) {
            result.events().add(event(report, name, publication, done.attempts(), published));
        }
        if (!there) {
            result.warnings().add("'" + name + "' has not published" + (failure == null ? " (" + Published.name(outcome.kind()) + "): " : ": ")
                    + outcome.reason());
        }
        result.results().add(PublicationResult.of(name, outcome, publication.changes().size(), done.attempts(), null));
    }

    private Event event(SyncReport report, String name, Publication publication, int attempts, Published published) {
        return Event.of(report.cycle(), Published.KIND, name, clock.instant(),
                Map.of("files", (double) publication.changes().size(), "attempts", (double) attempts), published.payload());
    }

    /** Tells triggers and status reporters what sinks have published, in this cycle or earlier. */
    private void startRuns(Store store, SyncReport report, Stability stability, Result result) throws InterruptedException {
        Map<String, String> revisions = new LinkedHashMap<>();
        for (String sink : connectors.that(Sink.class).keySet()) {
            String revision = revision(sink, result);
            if (!revision.isEmpty()) {
                revisions.put(sink, revision);
            }
        }
        String description = report.batch().outcomes().isEmpty() ? stability.reason() : "tests green, " + stability.reason();
        Map<String, CiRun> started = followUp.run(store, report.cycle(), revisions, description, result.events(), result.warnings());
        result.results().replaceAll(of -> started.containsKey(of.connector())
                ? PublicationResult.of(of.connector(), of.outcome(), of.files(), of.attempts(), started.get(of.connector())) : of);
    }

    private String revision(String sink, Result result) {
        for (PublicationResult of : result.results()) {
            if (of.connector().equals(sink) && of.outcome() instanceof PublicationOutcome.Applied applied && !applied.revision().isEmpty()) {
                return applied.revision();
            }
        }
        return publications.of(sink).map(Published::of).map(Published::revision).orElse("");
    }
}
