package dev.autosync.github;

import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.StatusReporter;

/** Publishes, and marks what it published. */
final class MarkingConnector extends GitHubConnector implements StatusReporter {
    private final Statuses statuses;

    MarkingConnector(GitHubSettings settings, ConnectorContext context) {
        super(settings, context);
        this.statuses = new Statuses(rest(), settings.statusContext());
    }

    @Override
    public void mark(String revision, boolean success, String description) throws InterruptedException {
        statuses.mark(revision, success, description);
    }

    @Override
    CheckResult checkRest() throws InterruptedException {
        return statuses.check();
    }
}
