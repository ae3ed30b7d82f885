package dev.autosync.testkit;

import dev.autosync.patch.Patch;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A connector that can do everything, as it should. Subclasses break one law each. */
class ShelfConnector implements Source, Sink, Trigger, StatusReporter {
    final Shelf shelf;
    final ConnectorContext context;
    private final SecretHandle token;
    private boolean closed;

    ShelfConnector(Shelf shelf, ConnectorContext context) {
        this.shelf = shelf;
        this.context = context;
        context.settings().string("shelf").filter(name -> !name.isBlank())
                .orElseThrow(() -> context.settings().invalid("shelf", "must name a shelf"));
        this.token = context.secret("token").orElseThrow(() -> context.settings().invalid("token", "must refer to a secret"));
    }

    record ShelfPlan(Publication publication, List<String> steps) implements PublicationPlan {}

    Map<String, String> things() throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the connector is closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try (Secret secret = token.fetch()) {
            return shelf.things(new String(secret.reveal()));
        }
    }

    @Override
    public CheckResult check() throws InterruptedException {
        things();
        return CheckResult.ok();
    }

    @Override
    public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
        things();
        int taken = since.isStart() ? 0 : Integer.parseInt(since.text());
        shelf.patches.stream().skip(taken).forEach(patches);
        return shelf.patches.size() == taken ? PullResult.unchanged() : PullResult.changes(Cursor.of(shelf.patches.size() + ""));
    }

    @Override
    public PublicationPlan plan(Publication publication) throws InterruptedException {
        boolean there = publication.id().equals(things().get("published"));
        return new ShelfPlan(publication, there ? List.of() : List.of("publish " + publication.title()));
    }

    @Override
    public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
        String id = ((ShelfPlan) plan).publication().id();
        String there = things().putIfAbsent("published", id);
        return there == null || there.equals(id) ? PublicationOutcome.Applied.of("revision-1", "it is there")
                : PublicationOutcome.Conflict.of(there, "something else is there");
    }

    @Override
    public CiRun trigger(String revision, String idempotencyKey) throws InterruptedException {
        things().putIfAbsent("run-" + idempotencyKey, revision);
        return CiRun.of("run-" + idempotencyKey, "", CiRun.State.RUNNING);
    }

    @Override
    public CiRun status(CiRun run) throws InterruptedException {
        return CiRun.of(run.id(), "", things().containsKey(run.id()) ? CiRun.State.SUCCESS : CiRun.State.UNKNOWN);
    }

    @Override
    public void mark(String revision, boolean success, String description) throws InterruptedException {
        things().put("status of " + revision, success + " " + description);
    }

    @Override
    public void close() {
        closed = true;
    }
}
