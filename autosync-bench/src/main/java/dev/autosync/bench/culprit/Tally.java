package dev.autosync.bench.culprit;

/** Adds up what searches have made of many batches. */
final class Tally {
    private long batches;
    private long runs;
    private long rounds;
    private double suites;
    private long wrong;
    private long missed;
    private long bad;
    private long badLanded;

    void add(Truth batch, Decisions decisions) {
        batches++;
        runs += batch.runs();
        rounds += batch.rounds();
        suites += batch.suites();
        bad += batch.bad();
        long right = decisions.blamed().stream().filter(batch::isBad).count();
        wrong += decisions.blamed().size() - right;
        missed += batch.bad() - right;
        badLanded += decisions.landed().stream().anyMatch(batch::isBad) ? 1 : 0;
    }

    void add(Tally other) {
        batches += other.batches;
        runs += other.runs;
        rounds += other.rounds;
        suites += other.suites;
        wrong += other.wrong;
        missed += other.missed;
        bad += other.bad;
        badLanded += other.badLanded;
    }

    double meanRuns() {
        return (double) runs / batches;
    }

    double meanRounds() {
        return (double) rounds / batches;
    }

    double meanSuites() {
        return suites / batches;
    }

    /** Bad patches that are not blamed, in a batch. */
    double missedPerBatch() {
        return (double) missed / batches;
    }

    /** Innocent patches blamed, in a batch. */
    double wrongPerBatch() {
        return (double) wrong / batches;
    }

    /** Innocent patches blamed, for each patch that is bad. */
    double wrongPerBad() {
        return bad == 0 ? 0 : (double) wrong / bad;
    }

    /** The share of batches of which a bad patch lands. */
    double landed() {
        return (double) badLanded / batches;
    }
}
