package dev.autosync.bench.culprit.real;

import dev.autosync.examples.ReleasePatch;
import java.util.List;
import java.util.Set;

/**
 * A batch whose truth is known.
 *
 * @param number its number, which is its seed
 * @param patches in the order in which they are handed in
 * @param landable the ids of those that can land, all together
 */
record RealBatch(int number, List<ReleasePatch> patches, Set<String> landable) {}
