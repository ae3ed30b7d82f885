package dev.autosync.bench.store;

import dev.autosync.bench.Figure;
import dev.autosync.bench.Samples;
import dev.autosync.bench.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A history that grows to its full length: what one more append costs on the way, and what opening, asking and keeping it cost at the end. */
final class GrowingHistory {
    private static final int SMALL = 1000;
    private static final int PAGE = 10_000;
    private static final int APPENDS = 100;
    private static final int POINTS = 2000;
    private static final int POINTS_BEFORE = 50_000;
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final int OPENINGS = 5;
    private static final int TRENDS = 50;
    private static final int TRENDS_BEFORE = 2000;
    private static final long MOST_NANOS_BEFORE = 1_000_000_000L;

    private final WorkFolder folder;
    private final Map<String, Peer.Opener> peers;
    private final SampleHistory history;

    GrowingHistory(WorkFolder folder, Map<String, Peer.Opener> peers, SampleHistory history) {
        this.folder = folder;
        this.peers = peers;
        this.history = history;
    }

    void run(Consumer<Figure> figures) throws Exception {
        for (Map.Entry<String, Peer.Opener> peer : peers.entrySet()) {
            String who = peer.getKey();
            Path place = folder.resolve("grown-" + who);
            grow(who, peer.getValue(), place, figures);
            ask(who, peer.getValue(), place, figures);
            WorkFolder.deleteLarge(place);
        }
    }

    private void grow(String who, Peer.Opener opener, Path place, Consumer<Figure> figures) throws Exception {
        try (Peer peer = opener.open(place)) {
            // Where each append writes everything, to load in pages would take for ever; one append of all is the same file.
            long page = who.equals("rewrite-json") ? history.events() : PAGE;
            long at = load(peer, 0, SMALL, page);
            at = appends("append-1k", who, peer, at, figures);
            at = load(peer, at, history.events() / 10, page);
            at = appends("append-100k", who, peer, at, figures);
            at = load(peer, at, history.events() - APPENDS, page);
            at = appends("append-1m", who, peer, at, figures);
            load(peer, at, history.events(), page);
        }
        figures.accept(new Figure(StoreBench.NAME, "size", who, "bytes_per_event", (double) bytes(place) / history.events(), "B"));
    }

    private static long load(Peer peer, long from, long to, long page) throws Exception {
        for (long at = from; at < to; at = Math.min(to, at + page)) {
            peer.append(at, Math.min(to, at + page));
        }
        return Math.max(from, to);
    }

    private static long appends(String caseName, String who, Peer peer, long from, Consumer<Figure> figures) throws Exception {
        Samples micros = new Samples();
        long begin = System.nanoTime();
        long at = from;
        while (at < from + APPENDS && (at == from || System.nanoTime() - begin < MOST_NANOS)) {
            long start = System.nanoTime();
            peer.append(at, at + 1);
            micros.add((System.nanoTime() - start) / 1e3);
            at++;
        }
        figures.accept(new Figure(StoreBench.NAME, caseName, who, "us", micros.median(), "us"));
        return at;
    }

    private void ask(String who, Peer.Opener opener, Path place, Consumer<Figure> figures) throws Exception {
        Samples openings = new Samples();
        for (int i = 0; i < OPENINGS; i++) {
            long start = System.nanoTime();
            try (Peer peer = opener.open(place)) {
                check(who, peer.last());
                openings.addNanosSince(start);
            }
        }
        figures.accept(new Figure(StoreBench.NAME, "open-1m", who, "ms", openings.median(), "ms"));
        long before = usedBytes();
        try (Peer peer = opener.open(place)) {
            points(who, peer, figures);
            trends(who, peer, figures);
            figures.accept(new Figure(StoreBench.NAME, "heap", who, "mb", Math.max(0, usedBytes() - before) / 1e6, "MB"));
        }
    }

    private void check(String who, OptionalLong last) {
        if (last.isPresent() && last.getAsLong() != history.events() && last.getAsLong() != history.events() - 1) {
            throw new IllegalStateException(who + " ends at " + last.getAsLong() + " of " + history.events());
        }
    }

    private void points(String who, Peer peer, Consumer<Figure> figures) throws Exception {
        // Without this whoever comes first pays for the driver's code, which both that use SQLite share.
        timed(who, peer, POINTS, POINTS_BEFORE);
        Samples micros = timed(who, peer, 0, POINTS);
        figures.accept(new Figure(StoreBench.NAME, "point-query", who, "us", micros.median(), "us"));
    }

    /** Asks for events far apart, and not in their order. */
    private Samples timed(String who, Peer peer, int from, int points) throws Exception {
        Samples micros = new Samples();
        long begin = System.nanoTime();
        for (int i = from; i < from + points && System.nanoTime() - begin < MOST_NANOS; i++) {
            long number = i * 7_919L * 101 % history.events();
            long start = System.nanoTime();
            long millis = peer.millis(number);
            micros.add((System.nanoTime() - start) / 1e3);
            if (millis != SampleHistory.millis(number)) {
                throw new IllegalStateException(who + " says " + millis + " of event " + number + ", which is " + SampleHistory.millis(number));
            }
        }
        return micros;
    }

    private void trends(String who, Peer peer, Consumer<Figure> figures) throws Exception {
        Trend expected = expected();
        // As with events: a process that goes on asking is measured, not its first questions.
        timed(who, peer, expected, TRENDS_BEFORE, MOST_NANOS_BEFORE);
        Samples millis = timed(who, peer, expected, TRENDS, MOST_NANOS);
        figures.accept(new Figure(StoreBench.NAME, "trend-90d-1m", who, "ms", millis.median(), "ms"));
    }

    private static Samples timed(String who, Peer peer, Trend expected, int trends, long mostNanos) throws Exception {
        Samples millis = new Samples();
        long begin = System.nanoTime();
        for (int i = 0; i < trends && (i == 0 || System.nanoTime() - begin < mostNanos); i++) {
            long start = System.nanoTime();
            Trend trend = peer.trend();
            millis.addNanosSince(start);
            if (!trend.equals(expected)) {
                throw new IllegalStateException(who + " says " + trend + " where " + expected + " is right");
            }
        }
        return millis;
    }

    private Trend expected() {
        if (history.events() == SampleHistory.WHOLE) {
            return Trend.EXPECTED;
        }
        long events = 0;
        long ok = 0;
        long millis = 0;
        for (long number = 0; number < history.events(); number++) {
            if (!history.at(number).isBefore(SampleHistory.LAST_90_DAYS)) {
                events++;
                ok += SampleHistory.ok(number);
                millis += SampleHistory.millis(number);
            }
        }
        return new Trend(Trend.EXPECTED.days(), events, ok, millis);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
