package dev.autosync.bench.culprit;

/** Adds up what searches have made of many batches. */
final class Tally {
    private long batches;
    private long runs;
    private long wrong;
    private long bad;
    private long badLanded;

    void add(Batch batch, Decisions decisions) {
        batches++;
        runs += batch.runs();
        bad += batch.bad();
        wrong += decisions.blamed().stream().filter(patch -> !batch.isBad(patch)).count();
        badLanded += decisions.landed().stream().anyMatch(batch::isBad) ? 1 : 0;
    }

    void add(Tally other) {
        batches += other.batches;
        runs += other.runs;
        wrong += other.wrong;
        bad += other.bad;
        badLanded += other.badLanded;
    }

    double meanRuns() {
        return (double) runs / batches;
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
