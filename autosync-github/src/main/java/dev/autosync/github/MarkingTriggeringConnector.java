package dev.autosync.github;

import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.StatusReporter;

/** Publishes, starts a workflow on what it published, and marks it. */
final class MarkingTriggeringConnector extends TriggeringConnector implements StatusReporter {
    private final Statuses statuses;

    MarkingTriggeringConnector(GitHubSettings settings, ConnectorContext context) {
        super(settings, context);
        this.statuses = new Statuses(rest(), settings.statusContext());
    }

    @Override
    public void mark(String revision, boolean success, String description) throws InterruptedException {
        statuses.mark(revision, success, description);
    }
}
