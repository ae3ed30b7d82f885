package dev.autosync.core.trend;

import static dev.autosync.history.RecordedTest.Ending.FAILED;
import static dev.autosync.history.RecordedTest.Ending.NOT_FAILED;
import static dev.autosync.history.RecordedTest.Ending.SKIPPED;
import static dev.autosync.history.RecordedTest.Ending.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.autosync.CyclePhase;
import dev.autosync.core.text.Words;
import dev.autosync.history.Figures;
import dev.autosync.history.RecordedFigure;
import dev.autosync.history.RecordedPatch;
import dev.autosync.history.RecordedTest;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.spi.Event;
import dev.autosync.spi.EventQuery;
import dev.autosync.spi.Resolution;
import dev.autosync.spi.Rollup;
import dev.autosync.spi.Store;
import dev.autosync.spi.StoreException;
import dev.autosync.spi.StoredEvent;
import dev.autosync.testkit.InMemoryStore;
import dev.autosync.trend.Kpi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The history answers what callers ask, and says when it does not know. */
class RecordedHistoryTest {
    private final History made = new History();

    @Test
    void tellsHowATestEndedInEachRun() {
        made.run("aa", "t").run("ab").run("red", "ac", 10, List.of("u"), List.of("t")).green();

        assertThat(asked().test("t")).extracting(RecordedTest::run, RecordedTest::ending, RecordedTest::content)
                .containsExactly(tuple("run-0", FAILED, "aa"), tuple("run-1", NOT_FAILED, "ab"), tuple("run-2", SKIPPED, "ac"));
    }

    @Test
    void doesNotKnowHowATestEndedThatMayHaveBeenCutOff() {
        List<String> many = IntStream.rangeClosed(1, 201).mapToObj(i -> "t" + i).toList();
        made.run("red", "aa", 300, many, List.of()).run("green", "ab", 300, List.of(), many)
                .run("red", "ac", 300, many.subList(0, 200), List.of()).green();

        assertThat(asked().test("t201")).extracting(RecordedTest::ending).containsExactly(UNKNOWN, UNKNOWN, NOT_FAILED);
        assertThat(asked().test("t200")).extracting(RecordedTest::ending).containsExactly(FAILED, SKIPPED, FAILED);
    }

    @Test
    void doesNotKnowHowATestEndedInARunThatDidNotEndOrCannotBeRead() {
        made.run("timed_out", "aa", 3, List.of("u"), List.of()).event("test-run", "run-1", Map.of(), "{\"verdict\": 7}")
                .event("test-run", "run-2", Map.of(), "no JSON").green();

        assertThat(asked().test("t")).extracting(RecordedTest::ending).containsExactly(UNKNOWN, UNKNOWN, UNKNOWN);
        assertThat(asked().test("u")).extracting(RecordedTest::ending).containsExactly(FAILED, UNKNOWN, UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatBecameOfAPatch(PatchOutcome.Kind kind) {
        made.event("patch", "p", Map.of(), "{\"outcome\": \"" + Words.of(kind) + "\", \"reason\": \"because\", \"failures\": [\"t\"],"
                + " \"paths\": [\"f\"]}").event("patch", "another", Map.of(), "{\"outcome\": \"applied\"}").green();

        assertThat(asked().patch("p")).singleElement().satisfies(patch -> {
            assertThat(patch.outcome()).contains(kind);
            assertThat(patch.reason()).isEqualTo("because");
            assertThat(patch.failures()).containsExactly("t");
            assertThat(patch.paths()).containsExactly("f");
            assertThat(patch.cycle()).isEqualTo("c0");
            assertThat(patch.sequence()).isEqualTo(1);
        });
    }

    @Test
    void hasNoOutcomeOfAPatchThatOnlyALaterReleaseKnows() {
        made.event("patch", "p", Map.of(), "{\"outcome\": \"postponed\"}").event("patch", "p", Map.of(), "[]").green();

        assertThat(asked().patch("p")).extracting(RecordedPatch::outcome).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void givesTheValuesOfAKpiAndWhatTheyComeTo() {
        made.kpi(Kpi.of("size", 3)).kpi(Kpi.of("other", 100)).green().kpi(Kpi.of("size", 5)).green();

        assertThat(asked().kpi("size").values()).extracting(RecordedFigure::cycle, RecordedFigure::subject, RecordedFigure::value)
                .containsExactly(tuple("c0", "size", 3.0), tuple("c1", "size", 5.0));
        assertThat(asked().kpi("size").per(Resolution.DAY)).containsExactly(Rollup.of(Instant.EPOCH, 2, 8, 3, 5, 34));
    }

    @Test
    void givesDurationsOfCyclesPhasesAndRuns() {
        made.run("aa").event("phase", "gate", Map.of("seconds", 4.0), "{}").event("phase", "pull", Map.of("seconds", 9.0), "{}").green().failed();

        assertThat(asked().cycleSeconds().values()).extracting(RecordedFigure::subject, RecordedFigure::value)
                .containsExactly(tuple("green", 10.0), tuple("failed", 0.1));
        assertThat(asked().phaseSeconds(CyclePhase.GATE).values()).extracting(RecordedFigure::value).containsExactly(4.0);
        assertThat(asked().testRunSeconds().values()).extracting(RecordedFigure::subject, RecordedFigure::value).containsExactly(tuple("run-0", 1.5));
    }

    @Test
    void countsPatchesByTheirOutcomeInTheCyclesThatHadAny() {
        made.end("green", Map.of("seconds", 1.0, "already-applied", 2.0)).green().end("red", Map.of("already-applied", 3.0));

        Figures figures = asked().patches(PatchOutcome.Kind.ALREADY_APPLIED);
        assertThat(figures.values()).extracting(RecordedFigure::cycle, RecordedFigure::value).containsExactly(tuple("c0", 2.0), tuple("c2", 3.0));
        assertThat(figures.per(Resolution.HOUR)).extracting(Rollup::sum).containsExactly(5.0);
    }

    @Test
    void keepsToATime() {
        Store store = hours(48);
        RecordedHistory all = new RecordedHistory(store);
        dev.autosync.history.History day = all.since(hour(24)).until(hour(36));

        assertThat(all.kpi("k").values()).hasSize(48);
        assertThat(day.kpi("k").values()).extracting(RecordedFigure::value).first().isEqualTo(24.0);
        assertThat(day.kpi("k").values()).extracting(RecordedFigure::value).last().isEqualTo(35.0);
        assertThat(day.kpi("k").per(Resolution.HOUR)).hasSize(12);
        assertThat(day.kpi("k").per(Resolution.DAY)).as("whole days").containsExactly(Rollup.of(hour(24), 24, 852, 24, 47, 31_396));
        assertThat(store.rollup(day.kpi("k").query(Resolution.DAY))).isEqualTo(day.kpi("k").per(Resolution.DAY));
    }

    @Test
    void readsAPageAtATimeAndOnlyWhenAsked() {
        CountingStore store = new CountingStore(hours(2 * EventPages.PAGE + 1), new ArrayList<>());
        Stream<RecordedFigure> values = new RecordedHistory(store).kpi("k").values();
        assertThat(store.reads).isEmpty();

        assertThat(values.limit(5)).hasSize(5);
        assertThat(store.reads).hasSize(1);

        assertThat(new RecordedHistory(store).kpi("k").values()).hasSize(2 * EventPages.PAGE + 1)
                .extracting(RecordedFigure::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(store.reads).hasSize(4).allSatisfy(read -> assertThat(read.limit()).isEqualTo(EventPages.PAGE));
    }

    @Test
    void throwsWhatTheStoreThrowsWhenItIsClosed() {
        Store store = hours(1);
        Stream<RecordedFigure> values = new RecordedHistory(store).kpi("k").values();
        store.close();

        assertThatThrownBy(values::toList).isInstanceOf(StoreException.class);
    }

    private RecordedHistory asked() {
        return new RecordedHistory(made.flush().store);
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plusSeconds(hour * 3600L);
    }

    /** A history with a KPI an hour, whose value is the number of the hour. */
    private static Store hours(int count) {
        InMemoryStore store = new InMemoryStore();
        store.append(new FencingToken(1), IntStream.range(0, count)
                .mapToObj(hour -> Event.of("c", "kpi", "k", hour(hour).plusSeconds(7), Map.of("value", (double) hour), "{}")).toList());
        return store;
    }

    private record CountingStore(Store store, List<EventQuery> reads) implements Store {

        @Override
        public long append(FencingToken token, List<Event> events) {
            return store.append(token, events);
        }

        @Override
        public List<StoredEvent> read(EventQuery query) {
            reads.add(query);
            return store.read(query);
        }

        @Override
        public Optional<FencingToken> lastToken() {
            return store.lastToken();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
