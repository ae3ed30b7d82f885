package dev.autosync.concurrency;

/** Whether everything is run, which takes many minutes, or what fits into every build. */
final class LongRun {
    private static final boolean ON = Boolean.getBoolean("autosync.concurrency");
    private static final long START = System.nanoTime();

    private LongRun() {}

    static boolean isOn() {
        return ON;
    }

    /** Says what was done, in a long run. */
    static void say(String what) {
        if (ON) {
            System.out.printf("%5d s  %s%n", (System.nanoTime() - START) / 1_000_000_000, what);
        }
    }
}
