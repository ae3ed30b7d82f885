package dev.autosync.core.trend;

import dev.autosync.CyclePhase;
import dev.autosync.core.culprit.BatchSize;
import dev.autosync.core.experience.Decisions;
import dev.autosync.core.experience.FalseReds;
import dev.autosync.core.experience.PatchRisks;
import dev.autosync.core.text.Words;
import dev.autosync.history.Calibration;
import dev.autosync.history.Figures;
import dev.autosync.history.History;
import dev.autosync.history.RecordedPatch;
import dev.autosync.history.RecordedTest;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.RollupQuery;
import dev.autosync.spi.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history of a store as callers ask for it. {@code docs/events.md} says what the events hold. */
public final class RecordedHistory implements History {
    private static final String SECONDS = "seconds";
    private static final String TEST_RUN = "test-run";
    private static final String PATCH = "patch";

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
        return EventPages.stream(store, within(EventQuery.all().kind(TEST_RUN)))
                .map(event -> EndedTest.of(id, RecordedRun.of(event, payloads)));
    }

    @Override
    public Stream<RecordedPatch> patch(String id) {
        Payloads payloads = new Payloads();
        return EventPages.stream(store, within(EventQuery.all().kind(PATCH).subject(id))).map(event -> DecidedPatch.of(event, payloads));
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
        return figures(RollupQuery.of(TEST_RUN).number(SECONDS));
    }

    @Override
    public Figures patches(PatchOutcome.Kind outcome) {
        return figures(RollupQuery.of(LatestEvents.CYCLE).number(Words.of(outcome)));
    }

    @Override
    public Calibration calibration() {
        Decisions decisions = new Decisions();
        List<MeasuredCalibration.Prediction> predictions = new ArrayList<>();
        EventPages.stream(store, within(EventQuery.all().kind(PATCH))).flatMap(event -> decisions.news(event).stream()).forEach(decision ->
                decision.prediction().ifPresent(risk -> predictions.add(new MeasuredCalibration.Prediction(risk, decision.bad()))));
        return MeasuredCalibration.of(predictions);
    }

    @Override
    public OptionalInt suggestedBatchSize() {
        PatchRisks risks = new PatchRisks();
        FalseReds falseReds = new FalseReds();
        EventPages.stream(store, within(EventQuery.all().kind(PATCH))).forEach(risks::take);
        EventPages.stream(store, within(EventQuery.all().kind(TEST_RUN))).forEach(falseReds::take);
        return risks.decided() < PatchRisks.FEWEST ? OptionalInt.empty() : OptionalInt.of(new BatchSize(risks.share(), falseReds.falseRed()).best());
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
