package dev.autosync;

/**
 * The phases of a cycle, in their order. Grows: code that switches over it needs a {@code default}.
 *
 * @since 0.1.0
 */
public enum CyclePhase {
    /** Takes the workspace. */
    LEASE,
    /** Finishes or undoes what a dead process left open. */
    RECOVER,
    /** Takes in what connectors bring. */
    PULL,
    /** Reads configuration, KPI values and patches. */
    INPUTS,
    /** Reads the content of the tree. */
    SNAPSHOT,
    /** Tests the tree as it stands. */
    BASELINE,
    /** Plans, applies and tests the batch; keeps the good, searches for the bad. */
    GATE,
    /** Makes the result final. */
    COMMIT,
    /** Appends the events of the cycle to the store. */
    RECORD,
    /** Finds trends, flaky tests and alerts in the history. */
    ANALYSE,
    /** Lets the rules make suggestions, and checks whether earlier ones have helped. */
    IMPROVE,
    /** Lets every reporter speak. */
    REPORT,
    /** Hands what is stable to the connectors that publish it. */
    PUBLISH
}
