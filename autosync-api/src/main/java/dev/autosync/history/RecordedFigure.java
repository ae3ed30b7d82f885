package dev.autosync.history;

/**
 * One value of a figure.
 *
 * <p>Made by {@link Figures}. Threads: immutable.
 *
 * @since 0.1.0
 */
public interface RecordedFigure extends Recorded {

    /**
     * What it is the value of.
     *
     * @return for example the KPI's name, the phase or the run of the tests; for figures of a cycle whether it was {@code green},
     *     {@code red} or {@code failed}
     */
    String subject();

    /**
     * The value.
     *
     * @return a finite number, in the unit that {@link History} says
     */
    double value();
}
