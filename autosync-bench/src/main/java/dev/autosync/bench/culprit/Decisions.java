package dev.autosync.bench.culprit;

import java.util.List;

/**
 * What a search has made of a batch.
 *
 * @param blamed the patches that were found bad
 * @param landed the patches that land
 */
record Decisions(List<Integer> blamed, List<Integer> landed) {}
