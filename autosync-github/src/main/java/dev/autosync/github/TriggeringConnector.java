package dev.autosync.github;

import dev.autosync.publish.CiRun;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.Trigger;

/** Publishes, and starts a workflow on what it published. */
class TriggeringConnector extends GitHubConnector implements Trigger {
    private final Workflow workflow;

    TriggeringConnector(GitHubSettings settings, ConnectorContext context) {
        super(settings, context);
        this.workflow = new Workflow(rest(), settings.workflow().orElseThrow(), this::branch);
    }

    @Override
    public final CiRun trigger(String revision, String idempotencyKey) throws InterruptedException {
        return workflow.start(revision);
    }

    @Override
    public final CiRun status(CiRun run) throws InterruptedException {
        return workflow.status(run);
    }

    @Override
    CheckResult checkRest() throws InterruptedException {
        return workflow.check();
    }
}
