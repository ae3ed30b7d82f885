package dev.autosync.core.culprit;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is believed of the undecided patches of a batch, in their order: which is the first bad one and, behind a suspected one, which is the next.
 *
 * <p>A run of the first patches tells whether the first bad one is among them. Once a patch is probably bad, runs of it tell little more, so a suspect may be left out
 * of runs: these tell of the patches around it and, by that, of the suspect itself, whose red runs then have no other explanation. To confirm it by
 * repeating its run would cost a run that tells of nothing else.
 *
 * <p>Weights are joint: over the rates of the tests and the places of the first bad patch (the last place stands for none), and for the
 * suspect over the places of the one after it. Multiplications commute, so answers may come in any order. Cost: in proportion to the patches and the rates, for
 * each answer and each choice. Not safe to share between threads.
 */
final class Beliefs {
    private final List<Rates> rates;
    private final double[][] first;
    private final double[][] next;
    private final boolean[] leftOut;
    private int length;
    private int suspect = -1;

    /**
     * What is believed before any run.
     *
     * @param hazards for each patch the chance that it is bad given that none before it is
     */
    Beliefs(List<Rates> rates, double[] hazards) {
        this.rates = List.copyOf(rates);
        this.length = hazards.length;
        this.first = new double[rates.size()][];
        this.next = new double[rates.size()][length + 1];
        this.leftOut = new boolean[length + 1];
        double all = rates.stream().mapToDouble(Rates::weight).sum();
        for (int rate = 0; rate < first.length; rate++) {
            first[rate] = new double[length + 1];
            spread(rates.get(rate).weight() / all, 0, hazards, first[rate]);
        }
    }

    /** Lays a weight over the places from one on, by their hazards; what is left is for none. */
    private void spread(double weight, int from, double[] hazards, double[] places) {
        double left = weight;
        for (int place = from; place < length; place++) {
            places[place] = left * hazards[place];
            left -= places[place];
        }
        places[length] = left;
    }

    int length() {
        return length;
    }

    /** The place of the suspect; -1 if there is none. */
    int suspect() {
        return suspect;
    }

    /** The chance that a patch is the first bad one; at the end, that none is. */
    double firstBad(int place) {
        double sum = 0;
        for (double[] places : first) {
            sum += places[place];
        }
        return sum;
    }

    /** The place most likely to be that of the first bad patch; 0 if there is no patch. */
    int likeliest() {
        int best = 0;
        for (int place = 1; place < length; place++) {
            best = firstBad(place) > firstBad(best) ? place : best;
        }
        return best;
    }

    /**
     * Suspects a patch.
     *
     * @param dependents those that are left out of runs with it, since they cannot be without it; should it be bad, nobody wants to know of them
     * @param hazards of the patches behind it, given that it is bad; 0 for those that are left out
     */
    void suspect(int place, Set<Integer> dependents, double[] hazards) {
        clearSuspect();
        suspect = place;
        leftOut[place] = true;
        dependents.forEach(dependent -> leftOut[dependent] = true);
        for (int rate = 0; rate < first.length; rate++) {
            Arrays.fill(next[rate], 0);
            spread(first[rate][place], place + 1, hazards, next[rate]);
        }
    }

    /** Suspects nobody any more. What was found out about the patches behind the suspect, should it be bad, is forgotten. */
    void clearSuspect() {
        suspect = -1;
        Arrays.fill(leftOut, false);
        for (double[] places : next) {
            Arrays.fill(places, 0);
        }
    }

    /** Whether a patch goes where the suspect goes: it is the suspect, or cannot be without it. */
    boolean leftOut(int place) {
        return leftOut[place];
    }

    private boolean in(Question question, int place) {
        return place < question.length() && !(question.withoutSuspect() && leftOut[place]);
    }

    /** Takes in what a run has said. */
    void answer(Question question, boolean red) {
        for (int rate = 0; rate < first.length; rate++) {
            Rates r = rates.get(rate);
            double ifBad = red ? r.red() : 1 - r.red();
            double ifGood = red ? r.falseRed() : 1 - r.falseRed();
            for (int place = 0; place <= length; place++) {
                double likelihood = in(question, place) ? ifBad : ifGood;
                if (suspect >= 0) {
                    boolean shownBySuspect = !question.withoutSuspect() && suspect < question.length();
                    next[rate][place] *= shownBySuspect ? ifBad : likelihood;
                }
                // That of the suspect is summed up below.
                first[rate][place] *= likelihood;
            }
        }
        sumUpSuspect();
        normalise();
    }

    /** The suspect is the first bad patch with whichever comes next. */
    private void sumUpSuspect() {
        for (int rate = 0; suspect >= 0 && rate < first.length; rate++) {
            double sum = 0;
            for (int place = suspect + 1; place <= length; place++) {
                sum += next[rate][place];
            }
            first[rate][suspect] = sum;
        }
    }

    private void normalise() {
        double all = 0;
        for (double[] places : first) {
            for (int place = 0; place <= length; place++) {
                all += places[place];
            }
        }
        if (!(all > 0)) {
            throw new IllegalStateException("what the runs say cannot be under any of the rates");
        }
        for (int rate = 0; rate < first.length; rate++) {
            for (int place = 0; place <= length; place++) {
                first[rate][place] /= all;
                next[rate][place] /= all;
            }
        }
    }

    /** Takes the suspect or any other patch out as a bad one: the next bad one is now the first. */
    void convict(int place) {
        for (int rate = 0; rate < first.length; rate++) {
            for (int behind = place + 1; behind <= length; behind++) {
                first[rate][behind] += suspect == place ? next[rate][behind] : 0;
            }
            first[rate][place] = 0;
        }
        clearSuspect();
        remove(place);
        normalise();
    }

    /** Takes patches out that are decided, none of which is the suspect. Whatever weight they still have is let go. */
    void remove(Collection<Integer> places) {
        places.stream().sorted(Comparator.reverseOrder()).forEach(this::remove);
        sumUpSuspect();
        normalise();
    }

    private void remove(int place) {
        System.arraycopy(leftOut, place + 1, leftOut, place, length - place);
        for (int rate = 0; rate < first.length; rate++) {
            System.arraycopy(first[rate], place + 1, first[rate], place, length - place);
            System.arraycopy(next[rate], place + 1, next[rate], place, length - place);
        }
        length--;
        suspect = place < suspect ? suspect - 1 : suspect;
    }

    /** The chance that a bad patch is among those of a question. */
    double badAmong(Question question) {
        return tally(question).bad();
    }

    /** The question that tells most, in bits; of equal ones the longest, which lands more. */
    Question mostTelling() {
        Tally plain = new Tally();
        Question best = new Question(length, false);
        double most = -1;
        for (int size = 1; size <= length; size++) {
            plain.add(size - 1, false);
            double bits = plain.bits();
            if (bits > most - Tally.TIE) {
                most = Math.max(most, bits);
                best = new Question(size, false);
            }
        }
        if (suspect >= 0) {
            Tally without = new Tally();
            for (int size = 1; size <= length; size++) {
                without.add(size - 1, true);
                double bits = size > suspect + 1 ? without.bits() : -1;
                if (bits > most + Tally.TIE || best.withoutSuspect() && bits > most - Tally.TIE) {
                    most = Math.max(most, bits);
                    best = new Question(size, true);
                }
            }
        }
        return best;
    }

    /**
     * The question that tells most beside others that are not answered yet: one that halves what is likeliest between two of them.
     *
     * @param asked the lengths of the others
     * @return its length, which is none of theirs; 0 if there is nothing between them
     */
    int between(SortedSet<Integer> asked) {
        int best = 0;
        double most = 0;
        int from = 0;
        SortedSet<Integer> ends = new TreeSet<>(asked);
        ends.add(length);
        for (int to : ends) {
            double weight = 0;
            for (int place = from; place < to; place++) {
                weight += firstBad(place);
            }
            if (weight > most && to - from > 1) {
                most = weight;
                best = median(from, to, weight / 2);
            }
            from = to;
        }
        return best;
    }

    private int median(int from, int to, double half) {
        double weight = 0;
        for (int place = from; place < to - 1; place++) {
            weight += firstBad(place);
            if (weight >= half) {
                return place + 1;
            }
        }
        return to - 1;
    }

    /** How many bits a question tells. */
    double bits(Question question) {
        return tally(question).bits();
    }

    private Tally tally(Question question) {
        Tally tally = new Tally();
        for (int place = 0; place < question.length(); place++) {
            tally.add(place, question.withoutSuspect());
        }
        return tally;
    }

    /** Weighs a question that grows by one patch after the other. */
    private final class Tally {
        private static final double TIE = 1e-12;

        private final double[] bad = new double[first.length];
        private final double[] all = new double[first.length];

        Tally() {
            for (int rate = 0; rate < first.length; rate++) {
                for (int place = 0; place <= length; place++) {
                    all[rate] += first[rate][place];
                }
            }
        }

        void add(int place, boolean withoutSuspect) {
            for (int rate = 0; rate < bad.length && !(withoutSuspect && leftOut[place]); rate++) {
                bad[rate] += first[rate][place] + (withoutSuspect ? next[rate][place] : 0);
            }
        }

        double bad() {
            double sum = 0;
            for (double weight : bad) {
                sum += weight;
            }
            return sum;
        }

        /** The mutual information of the colour of the run and all that is believed. */
        double bits() {
            double red = 0;
            double noise = 0;
            for (int rate = 0; rate < bad.length; rate++) {
                Rates r = rates.get(rate);
                double good = Math.max(0, all[rate] - bad[rate]);
                red += bad[rate] * r.red() + good * r.falseRed();
                noise += bad[rate] * Entropy.of(r.red()) + good * Entropy.of(r.falseRed());
            }
            return Entropy.of(red) - noise;
        }
    }
}
