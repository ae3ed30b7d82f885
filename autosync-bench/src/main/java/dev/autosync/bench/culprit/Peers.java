package dev.autosync.bench.culprit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Searches as merge queues and papers describe them. A red run is believed; those "of 3" believe in red only if three runs are. */
final class Peers {
    private static final int BATCH = 4;
    private static final int WINDOW = 20;
    private static final int LEAST_WINDOW = 3;
    private static final int REPEATS = 3;

    private Peers() {}

    /** All of them, by name. */
    static Map<String, Searcher> all(double expectedBad) {
        Map<String, Searcher> all = new LinkedHashMap<>();
        all.put("one-by-one", batch -> new Search(batch, 1).oneByOne(batch.all()));
        all.put("bisect", batch -> new Search(batch, 1).bisect());
        all.put("bisect-3of3", batch -> new Search(batch, REPEATS).bisect());
        all.put("bors", batch -> new Search(batch, 1).bors());
        all.put("bors-3of3", batch -> new Search(batch, REPEATS).bors());
        all.put("hwang", batch -> new Search(batch, 1).hwang(Math.max(1, (int) Math.round(expectedBad))));
        all.put("zuul", batch -> zuul(batch, WINDOW));
        all.put("batch4", batch -> new Search(batch, 1).batches(false));
        all.put("batchstop4", batch -> new Search(batch, 1).batches(true));
        return all;
    }

    /** Zuul, with so many runs side by side. */
    static Decisions zuul(Batch batch, int workers) {
        return new Search(batch, 1).zuul(workers);
    }

    private static final class Search {
        private final Batch batch;
        private final Predicate<List<Integer>> red;
        private final List<Integer> blamed = new ArrayList<>();
        private final List<Integer> landed = new ArrayList<>();

        Search(Batch batch, int repeats) {
            this.batch = batch;
            this.red = repeats == 1 ? batch::red : patches -> IntStream.range(0, repeats).allMatch(time -> batch.red(patches));
        }

        private Decisions decisions() {
            return new Decisions(blamed, landed);
        }

        Decisions oneByOne(List<Integer> patches) {
            for (Integer patch : patches) {
                (red.test(List.of(patch)) ? blamed : landed).add(patch);
            }
            return decisions();
        }

        /** The first bad patch of a red list, by halves; what is before it has landed then. */
        private int firstBad(List<Integer> patches) {
            int good = 0;
            int bad = patches.size();
            while (bad - good > 1) {
                int middle = (good + bad) / 2;
                if (red.test(patches.subList(good, middle))) {
                    bad = middle;
                } else {
                    landed.addAll(patches.subList(good, middle));
                    good = middle;
                }
            }
            blamed.add(patches.get(bad - 1));
            return bad;
        }

        Decisions bisect() {
            List<Integer> rest = batch.all();
            while (!rest.isEmpty()) {
                if (!red.test(rest)) {
                    landed.addAll(rest);
                    return decisions();
                }
                rest = rest.subList(firstBad(rest), rest.size());
            }
            return decisions();
        }

        /** bors-ng: a red batch is halved, and both halves are queued as if nothing were known. */
        Decisions bors() {
            Deque<List<Integer>> queue = new ArrayDeque<>(List.of(batch.all()));
            while (!queue.isEmpty()) {
                List<Integer> next = queue.poll();
                if (!red.test(next)) {
                    landed.addAll(next);
                } else if (next.size() == 1) {
                    blamed.addAll(next);
                } else {
                    queue.add(next.subList(0, next.size() / 2));
                    queue.add(next.subList(next.size() / 2, next.size()));
                }
            }
            return decisions();
        }

        /** Hwang, "A method for detecting all defective members in a population by group testing", 1972. */
        Decisions hwang(int expectedBad) {
            List<Integer> rest = batch.all();
            int bad = expectedBad;
            while (!rest.isEmpty()) {
                int n = rest.size();
                if (bad > 0 && n <= 2 * bad - 2) {
                    return oneByOne(rest);
                }
                int size = bad == 0 ? n : Math.min(n, 1 << (31 - Integer.numberOfLeadingZeros((n - bad + 1) / bad)));
                List<Integer> group = rest.subList(0, size);
                if (red.test(group)) {
                    rest = rest.subList(firstBad(group), n);
                    bad = Math.max(0, bad - 1);
                } else {
                    landed.addAll(group);
                    rest = rest.subList(size, n);
                }
            }
            return decisions();
        }

        /** Zuul's dependent pipeline: all beginnings in a window at once; the first red one is put out, what is behind it begins again. */
        Decisions zuul(int workers) {
            List<Integer> rest = batch.all();
            int window = WINDOW;
            while (!rest.isEmpty()) {
                List<Integer> inWindow = rest.subList(0, Math.min(window, rest.size()));
                int firstRed = -1;
                for (int size = 1; size <= inWindow.size(); size++) {
                    boolean isRed = red.test(inWindow.subList(0, size));
                    firstRed = isRed && firstRed < 0 ? size : firstRed;
                }
                batch.sideBySide(inWindow.size(), workers);
                int good = firstRed < 0 ? inWindow.size() : firstRed - 1;
                landed.addAll(inWindow.subList(0, good));
                if (firstRed > 0) {
                    blamed.add(inWindow.get(good));
                }
                window = firstRed < 0 ? window + good : Math.max(LEAST_WINDOW, window / 2);
                rest = rest.subList(firstRed < 0 ? good : firstRed, rest.size());
            }
            return decisions();
        }

        /** Dorfman's batches of four, each member of a red one alone; or the whole batch, halved down to four. */
        Decisions batches(boolean halved) {
            if (halved) {
                halve(batch.all());
                return decisions();
            }
            List<Integer> all = batch.all();
            for (int from = 0; from < all.size(); from += BATCH) {
                four(all.subList(from, Math.min(all.size(), from + BATCH)));
            }
            return decisions();
        }

        private void halve(List<Integer> patches) {
            if (patches.size() <= BATCH) {
                four(patches);
            } else if (!red.test(patches)) {
                landed.addAll(patches);
            } else {
                halve(patches.subList(0, patches.size() / 2));
                halve(patches.subList(patches.size() / 2, patches.size()));
            }
        }

        private void four(List<Integer> patches) {
            if (!red.test(patches)) {
                landed.addAll(patches);
            } else if (patches.size() == 1) {
                blamed.addAll(patches);
            } else {
                oneByOne(patches);
            }
        }
    }
}
