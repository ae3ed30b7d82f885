/**
 * The other side of a publication: a repository that is asked over HTTP, or one in a folder. Internal. Start at
 * {@link dev.autosync.github.remote.Remote}; every request of the module goes through {@link dev.autosync.github.remote.Http}.
 */
@NullMarked
package dev.autosync.github.remote;

import org.jspecify.annotations.NullMarked;
