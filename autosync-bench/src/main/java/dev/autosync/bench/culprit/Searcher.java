package dev.autosync.bench.culprit;

/** Decides about the patches of a batch by running its tests. */
interface Searcher {
    Decisions search(Batch batch);
}
