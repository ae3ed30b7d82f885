package dev.autosync.core.culprit;

/**
 * A run of the tests: on the first undecided patches, perhaps but for the one that is suspected.
 *
 * @param length how many of the undecided patches, 1 or more
 * @param withoutSuspect whether the suspected one among them is left out
 */
public record Question(int length, boolean withoutSuspect) {}
