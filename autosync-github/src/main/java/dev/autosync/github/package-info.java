/**
 * A connector that pushes what AutoSync changed with git, starts a workflow on it and marks the commit. Called by embedding code through
 * {@link dev.autosync.github.GitHubConnectorFactory}. To read the code start at {@code GitHubConnector}, then {@code Publisher} for git and
 * {@code Workflow} for REST.
 */
@NullMarked
package dev.autosync.github;

import org.jspecify.annotations.NullMarked;
