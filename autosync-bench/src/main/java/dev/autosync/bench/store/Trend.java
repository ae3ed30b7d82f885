package dev.autosync.bench.store;

/**
 * What the events of the last 90 days come to.
 *
 * @param days how many days have events
 * @param events how many events there are
 * @param ok how many are ok
 * @param millis their durations together
 */
record Trend(int days, long events, long ok, long millis) {
    /** Of the whole history of {@link SampleHistory#WHOLE} events. */
    static final Trend EXPECTED = new Trend(90, 246_575, 232_071, 12_328_826_600L);
}
