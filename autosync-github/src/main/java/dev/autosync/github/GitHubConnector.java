package dev.autosync.github;

import static dev.autosync.github.git.Refusals.failed;
import static dev.autosync.github.git.Refusals.refused;

import dev.autosync.ErrorCode;
import dev.autosync.github.git.GitFolder;
import dev.autosync.github.remote.Credentials;
import dev.autosync.github.remote.FileRemote;
import dev.autosync.github.remote.Http;
import dev.autosync.github.remote.HttpRemote;
import dev.autosync.github.remote.Remote;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector that publishes. Its subclasses can do more; what an object implements is what was configured. */
class GitHubConnector implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(GitHubConnector.class);

    private final GitHubSettings settings;
    private final ConnectorContext context;
    private final Http http;
    private final Publisher publisher;
    private final @Nullable Rest rest;

    GitHubConnector(GitHubSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new Http(settings.timeout());
        this.publisher = new Publisher(context, settings, this::remote);
        this.rest = settings.repositoryApi()
                .map(api -> new Rest(http, api, new Credentials(settings.user(), settings.token(), api), context.clock())).orElse(null);
    }

    private Remote remote(String branch, @Nullable UserPrincipal owner) {
        if (settings.remote().getScheme().equalsIgnoreCase("file")) {
            return new FileRemote(Path.of(settings.remote()), branch, owner);
        }
        Credentials credentials = new Credentials(settings.user(), settings.token(), settings.remote());
        return new HttpRemote(http, settings.remote(), credentials, context.stateFolder());
    }

    /** GitHub's REST interface. */
    final Rest rest() {
        if (rest == null) {
            throw new IllegalStateException("no REST interface is configured");
        }
        return rest;
    }

    /** What was configured. */
    final GitHubSettings settings() {
        return settings;
    }

    /** The branch that is published to. */
    final String branch() {
        try {
            return publisher.branch(publisher.open()).orElseThrow(() -> refused("HEAD of the workspace names no branch; check one out"));
        } catch (IOException e) {
            throw failed("Cannot read the repository of " + context.workspace() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public PublicationPlan plan(Publication publication) throws InterruptedException {
        return doing("plan a publication", () -> publisher.plan(publication));
    }

    @Override
    public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
        if (!(plan instanceof GitPlan ours)) {
            throw new IllegalArgumentException("plan must be one that this connector made");
        }
        PublicationOutcome outcome = doing("publish", () -> publisher.publish(ours));
        LOG.debug("{}: {}", context.name(), outcome);
        return outcome;
    }

    @Override
    public CheckResult check() throws InterruptedException {
        try {
            return doing("check the connector", this::look);
        } catch (ConnectorException e) {
            if (e.code() != ErrorCode.CONNECTOR_REFUSED) {
                throw e;
            }
            return CheckResult.problem("remote", e.getMessage());
        }
    }

    private CheckResult look() throws IOException, InterruptedException {
        GitFolder folder = publisher.open();
        Optional<String> problem = publisher.problem(folder);
        if (problem.isPresent()) {
            return CheckResult.problem("branch", problem.get());
        }
        remote(publisher.branch(folder).orElseThrow(), publisher.owner()).look();
        return checkRest();
    }

    /** What a subclass needs besides. */
    CheckResult checkRest() throws InterruptedException {
        return CheckResult.ok();
    }

    /** One thing that reads files and asks the other side. */
    private interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T doing(String what, Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while reading the repository");
        } catch (IOException e) {
            throw failed("Cannot " + what + " from " + context.workspace() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
