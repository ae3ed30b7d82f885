package dev.autosync.bench.culprit;

/** What is known of a batch that is made up, once a search has ended. */
interface Truth {
    /** How many patches are bad. */
    int bad();

    boolean isBad(int patch);

    /** How many runs were made. */
    int runs();

    /** One after the other, how many times as many runs as there are workers were made side by side. */
    int rounds();

    /** How often all tests were run, where a run of some counts as its share. */
    double suites();
}
