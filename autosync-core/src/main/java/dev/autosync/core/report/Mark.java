package dev.autosync.core.report;

/**
 * A value in a plot.
 *
 * @param position the number of the cycle, or the middle of those that were drawn together
 * @param slot marks whose slots follow on each other are joined, others have a gap between them
 * @param value the value
 * @param told what the value is, for who points at it
 */
record Mark(double position, int slot, double value, String told) {}
