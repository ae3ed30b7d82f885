package dev.autosync.github;

import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.Sink;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;

/**
 * Opens connectors that publish to GitHub, or to any server that speaks git over HTTP.
 *
 * <p>What it opens is always a {@link Sink}. It is a {@link Trigger} too if {@code workflow} is set, and a {@link StatusReporter} if the
 * address of GitHub's REST interface is known and {@code statusContext} is not empty. The settings are described in {@code docs/github.md}.
 * Threads: a factory may be shared; a connector is used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class GitHubConnectorFactory implements ConnectorFactory {

    /** For ServiceLoader and for explicit registration. */
    public GitHubConnectorFactory() {}

    @Override
    public String name() {
        return "github";
    }

    @Override
    public Connector open(ConnectorContext context) {
        GitHubSettings settings = GitHubSettings.read(context);
        boolean marks = settings.marks();
        boolean starts = settings.workflow().isPresent();
        if (marks && starts) {
            return new MarkingTriggeringConnector(settings, context);
        }
        if (starts) {
            return new TriggeringConnector(settings, context);
        }
        return marks ? new MarkingConnector(settings, context) : new GitHubConnector(settings, context);
    }
}
