/**
 * A git repository as files: objects, packs, names, index and attributes, read and written without running anything. Internal. JGit gives
 * the formats and the walk over history; its repository class is not used, see {@code docs/decisions/011-jgit.md}. Start at
 * {@link dev.autosync.github.git.GitFolder}, then {@link dev.autosync.github.git.ObjectStore}.
 */
@NullMarked
package dev.autosync.github.git;

import org.jspecify.annotations.NullMarked;
