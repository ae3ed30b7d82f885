package dev.autosync.examples.dropbox;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** What the connector can do is what it implements: it is a source of patches and a sink for reports. */
final class DropBox implements Source, Sink {
    private final Inbox inbox;
    private final Outbox outbox;
    private boolean closed;

    DropBox(Inbox inbox, Outbox outbox) {
        this.inbox = inbox;
        this.outbox = outbox;
    }

    @Override
    public CheckResult check() throws InterruptedException {
        return call("check the folders", () -> {
            if (!Files.isDirectory(inbox.folder())) {
                return CheckResult.problem("inbox", inbox.folder() + " is no folder; create it, or name another");
            }
            if (!Files.isDirectory(outbox.folder()) || !Files.isWritable(outbox.folder())) {
                return CheckResult.problem("outbox", outbox.folder() + " is no folder to write into; create it, or name another");
            }
            return CheckResult.ok();
        });
    }

    @Override
    public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
        return call("take patches from " + inbox.folder(), () -> inbox.pull(since, patches));
    }

    /** Reports are wanted after every cycle, after red ones above all. */
    @Override
    public boolean stableOnly() {
        return false;
    }

    @Override
    public PublicationPlan plan(Publication publication) throws InterruptedException {
        return call("look into " + outbox.folder(), () -> outbox.plan(publication));
    }

    @Override
    public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
        return call("drop reports into " + outbox.folder(), () -> outbox.publish((Outbox.Drop) plan, idempotencyKey));
    }

    @Override
    public void close() {
        closed = true;
    }

    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    /** What is common to all calls: none after the end, interrupts honoured, and failures in the engine's words. */
    private <T> T call(String what, Call<T> call) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the connector is closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return call.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException | UncheckedIOException e) {
            throw new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot " + what + ": " + e, e);
        }
    }
}
