package dev.autosync.core.trend;

import dev.autosync.CyclePhase;
import dev.autosync.core.text.Words;
import dev.autosync.history.Figures;
import dev.autosync.history.History;
import dev.autosync.history.RecordedPatch;
import dev.autosync.history.RecordedTest;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history of a store as callers ask for it. {@code docs/events.md} says what the events hold. */
public final class RecordedHistory implements History {
    private static final String SECONDS = "seconds";

    private final Store store;
    private final @Nullable Instant since;
    private final @Nullable Instant until;

    /** All of the history of a store. */
    public RecordedHistory(Store store) {
        this(Objects.requireNonNull(store, "store"), null, null);
    }

    private RecordedHistory(Store store, @Nullable Instant since, @Nullable Instant until) {
        this.store = store;
        this.since = since;
        this.until = until;
    }

    @Override
    public History since(Instant since) {
        return new RecordedHistory(store, Objects.requireNonNull(since, "since"), until);
    }

    @Override
    public History until(Instant until) {
        return new RecordedHistory(store, since, Objects.requireNonNull(until, "until"));
    }

    @Override
    public Stream<RecordedTest> test(String id) {
        Objects.requireNonNull(id, "id");
        Payloads payloads = new Payloads();
        return EventPages.stream(store, within(EventQuery.all().kind("test-run")))
                .map(event -> EndedTest.of(id, RecordedRun.of(event, payloads)));
    }

    @Override
    public Stream<RecordedPatch> patch(String id) {
        Payloads payloads = new Payloads();
        return EventPages.stream(store, within(EventQuery.all().kind("patch").subject(id))).map(event -> DecidedPatch.of(event, payloads));
    }

    @Override
    public Figures kpi(String name) {
        return figures(RollupQuery.of("kpi").subject(name).number("value"));
    }

    @Override
    public Figures cycleSeconds() {
        return figures(RollupQuery.of(LatestEvents.CYCLE).number(SECONDS));
    }

    @Override
    public Figures phaseSeconds(CyclePhase phase) {
        return figures(RollupQuery.of("phase").subject(Words.of(phase)).number(SECONDS));
    }

    @Override
    public Figures testRunSeconds() {
        return figures(RollupQuery.of("test-run").number(SECONDS));
    }

    @Override
    public Figures patches(PatchOutcome.Kind outcome) {
        return figures(RollupQuery.of(LatestEvents.CYCLE).number(Words.of(outcome)));
    }

    private Figures figures(RollupQuery query) {
        RollupQuery late = since == null ? query : query.since(since);
        RollupQuery within = until == null ? late : late.until(until);
        EventQuery events = within(EventQuery.all().kind(query.kind()));
        return new StoredFigures(store, query.subject().map(events::subject).orElse(events), within);
    }

    private EventQuery within(EventQuery query) {
        EventQuery late = since == null ? query : query.since(since);
        return until == null ? late : late.until(until);
    }
}
