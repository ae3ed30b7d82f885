package dev.autosync.core.connectors;

import dev.autosync.core.json.JsonOut;
import dev.autosync.publish.CiRun;
import dev.autosync.spi.Connector;
import dev.autosync.spi.Event;
import dev.autosync.spi.Sink;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoredEvent;
import dev.autosync.spi.Trigger;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows a publication: a run of CI is started and a mark is set, once for each revision, and runs that were started earlier are asked
 * for. A connector that publishes itself is told of its own revisions, any other of everybody's.
 */
final class FollowUp {
    static final String MARK = "mark";

    private static final int MAX_DESCRIPTION = 140;

    private final Connectors connectors;
    private final Calls calls;
    private final Clock clock;
    private final LatestEvents runs = new LatestEvents(CiRuns.KIND);
    private final LatestEvents marks = new LatestEvents(MARK);

    FollowUp(Connectors connectors, Calls calls, Clock clock) {
        this.calls = calls;
        this.connectors = connectors;
        this.clock = clock;
    }

    /**
     * Does what follows.
     *
     * @param cycle the cycle that asks
     * @param revisions what sinks have published last, by their names
     * @param description what a mark says
     * @return the runs that were started in this cycle, by the sink whose revision they run on
     */
    Map<String, CiRun> run(Store store, String cycle, Map<String, String> revisions, String description, List<Event> events,
            List<String> warnings) throws InterruptedException {
        runs.refresh(store);
        marks.refresh(store);
        Map<String, CiRun> started = new HashMap<>();
        for (Map.Entry<String, Trigger> trigger : connectors.that(Trigger.class).entrySet()) {
            String name = trigger.getKey();
            Attempt<Boolean> attempt = Attempt.of(() -> follow(cycle, name, trigger.getValue(), revisions, started, events, warnings));
            warn(name, "has not started a run", attempt, warnings);
        }
        for (Map.Entry<String, StatusReporter> reporter : connectors.that(StatusReporter.class).entrySet()) {
            String name = reporter.getKey();
            Attempt<Boolean> attempt = calls.repeatable(name, () -> mark(cycle, name, reporter.getValue(), revisions, description, events));
            warn(name, "has not marked what was published", attempt, warnings);
        }
        return started;
    }

    private static void warn(String name, String what, Attempt<Boolean> attempt, List<String> warnings) {
        Attempt.Failure failure = attempt.failure();
        if (failure != null) {
            warnings.add("'" + name + "' " + what + ": " + failure.message());
        }
    }

    private boolean follow(String cycle, String name, Trigger trigger, Map<String, String> revisions, Map<String, CiRun> started,
            List<Event> events, List<String> warnings) throws InterruptedException {
        Optional<CiRuns.Started> last = runs.of(name).map(CiRuns::of);
        Optional<Map.Entry<String, String>> revision = revision(name, trigger, revisions);
        if (revision.isPresent() && last.filter(run -> run.revision().equals(revision.get().getValue())).isEmpty()) {
            String of = revision.get().getValue();
            CiRun run = trigger.trigger(of, Publications.key(of, name));
            started.put(revision.get().getKey(), run);
            events.add(event(cycle, name, new CiRuns.Started(run, of)));
            return true;
        }
        if (last.isPresent() && last.get().run().state() == CiRun.State.RUNNING) {
            CiRun run = trigger.status(last.get().run());
            // What is unknown now may be known later: one answer that was lost does not end the asking.
            if (run.state() != CiRun.State.RUNNING && run.state() != CiRun.State.UNKNOWN) {
                events.add(event(cycle, name, new CiRuns.Started(run, last.get().revision())));
            }
            if (run.state() == CiRun.State.FAILURE) {
                warnings.add("'" + name + "': the run " + run.id() + " on " + last.get().revision() + " has failed"
                        + (run.address().isEmpty() ? "" : "; look at " + run.address()));
            }
        }
        return true;
    }

    private boolean mark(String cycle, String name, StatusReporter reporter, Map<String, String> revisions, String description,
            List<Event> events) throws InterruptedException {
        Optional<String> revision = revision(name, reporter, revisions).map(Map.Entry::getValue);
        if (revision.isEmpty() || marks.of(name).map(StoredEvent::event).map(Event::payload).filter(payload(revision.get())::equals).isPresent()) {
            return false;
        }
        reporter.mark(revision.get(), true, description.substring(0, Math.min(MAX_DESCRIPTION, description.length())));
        events.add(Event.of(cycle, MARK, name, clock.instant(), Map.of(), payload(revision.get())));
        return true;
    }

    /** The revision that a connector is to be told of, with the name of the sink that published it. */
    private static Optional<Map.Entry<String, String>> revision(String name, Connector connector, Map<String, String> revisions) {
        return revisions.entrySet().stream().filter(of -> !(connector instanceof Sink) || of.getKey().equals(name)).reduce((a, b) -> b);
    }

    private Event event(String cycle, String name, CiRuns.Started run) {
        return Event.of(cycle, CiRuns.KIND, name, clock.instant(), Map.of(), run.payload());
    }

    private static String payload(String revision) {
        return JsonOut.line(out -> out.text("revision", revision).bool("success", true));
    }
}
