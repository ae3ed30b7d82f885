package dev.autosync.examples;

import dev.autosync.patch.Patch;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A patch of the main job's project, and what is known of it without AutoSync.
 *
 * @param patch the patch
 * @param needs the ids of all patches without which it does not compile, whether it says so or not
 * @param effect the same change on the texts of the main Java files, by path; of those on the same file, a mutation's must come last
 */
public record ReleasePatch(Patch patch, Set<String> needs, UnaryOperator<Map<String, String>> effect) {}
