package dev.autosync.core.engine;

import dev.autosync.core.connectors.KindReader;
import dev.autosync.core.improve.Improvements;
import dev.autosync.core.trend.AnalyzerBuilder;
import dev.autosync.core.trend.HistoryWindow;
import dev.autosync.spi.Event;
import dev.autosync.spi.ImprovementContext;
import dev.autosync.spi.StoredEvent;
import dev.autosync.trend.AlertRule;
import dev.autosync.trend.TrendAnalyzer;
import dev.autosync.trend.TrendReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What an engine makes of its history: read on in each cycle from where the last look has ended. */
final class Memory {
    private final CurrentStore store;
    private final Optional<TrendAnalyzer> given;
    private final Improvements improvements;
    private final Clock clock;
    private final HistoryWindow window = new HistoryWindow(AnalyzerBuilder.CYCLES);
    private final AlertLog alerts = new AlertLog();
    private final List<StoredEvent> lessons = new ArrayList<>();
    private final KindReader lessonReader = new KindReader("lesson");
    private final KindReader feedbackReader = new KindReader("feedback");

    /**
     * The memory of an engine.
     *
     * @param given the caller's analyzer
     */
    Memory(CurrentStore store, Optional<TrendAnalyzer> given, Improvements improvements, Clock clock) {
        this.store = store;
        this.given = given;
        this.improvements = improvements;
        this.clock = clock;
    }

    /**
     * What the history shows.
     *
     * @param trends the report
     * @param events what the history is to keep of it
     */
    record Analysed(TrendReport trends, List<Event> events) {}

    /**
     * Analyses the latest cycles.
     *
     * @param rules when a series is to raise an alert; empty if nothing is said
     */
    Analysed analyse(String cycle, Optional<List<AlertRule>> rules) {
        window.refresh(store);
        alerts.refresh(store);
        TrendReport trends = given.orElseGet(() -> analyzer(rules)).analyze(window.events());
        return new Analysed(trends, alerts.events(trends.alerts(), cycle, clock.instant()));
    }

    private static TrendAnalyzer analyzer(Optional<List<AlertRule>> rules) {
        TrendAnalyzer.Builder builder = new AnalyzerBuilder();
        rules.ifPresent(builder::alerts);
        return builder.build();
    }

    /** Lets the rules look at what was analysed. */
    Improvements.Result improve(String cycle, TrendReport trends) {
        readLessons();
        List<StoredEvent> history = window.events();
        return improvements.examine(new Context(trends, history, store.name(), end(history, 0)), List.copyOf(lessons), cycle, clock.instant());
    }

    private void readLessons() {
        lessons.addAll(lessonReader.news(store));
        lessons.addAll(feedbackReader.news(store));
        lessons.sort(Comparator.comparingLong(StoredEvent::sequence));
    }

    private static long end(List<StoredEvent> events, long before) {
        return events.isEmpty() ? before : events.get(events.size() - 1).sequence();
    }

    /** The events of the latest cycles, as they were at the last analysis. */
    List<StoredEvent> history() {
        return window.events();
    }

    private record Context(TrendReport trends, List<StoredEvent> history, String storeName, long storedEvents) implements ImprovementContext {}
}
