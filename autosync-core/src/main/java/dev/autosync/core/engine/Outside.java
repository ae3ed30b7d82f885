package dev.autosync.core.engine;

import dev.autosync.SyncReport;
import dev.autosync.core.connectors.Calls;
import dev.autosync.core.connectors.Connectors;
import dev.autosync.core.connectors.Cursors;
import dev.autosync.core.connectors.Publishing;
import dev.autosync.core.connectors.Pulling;
import dev.autosync.core.connectors.Pulling.Pulled;
import dev.autosync.core.connectors.Stability;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.secrets.Redactor;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.Event;
import dev.autosync.spi.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ways to the outside: connectors, and the secrets that they need. */
final class Outside implements AutoCloseable {
    private final Secrets secrets;
    private final Connectors connectors;
    private final Calls calls;
    private final Pulling pulling;
    private final Publishing publishing;
    private final Cursors cursors = new Cursors();

    Outside(Secrets secrets, Connectors connectors, RetryPolicy retry, Workspace workspace, FilePort files, Clock clock) {
        this.calls = new Calls(retry);
        this.secrets = secrets;
        this.connectors = connectors;
        this.pulling = new Pulling(connectors, calls);
        this.publishing = new Publishing(connectors, calls, workspace, files, clock);
    }

    /**
     * What came in.
     *
     * @param pulls what each source gave
     * @param warnings what somebody should look at, one line each
     */
    record Taken(List<Pulled> pulls, List<String> warnings) {}

    /** Takes in what sources have. */
    Taken pull(Store store) throws InterruptedException {
        if (connectors.isEmpty()) {
            return new Taken(List.of(), List.of());
        }
        calls.newCycle();
        // Before anything is read, tested or written in this cycle, so that it can be kept out of all that.
        List<String> warnings = new ArrayList<>(secrets.fetchAll());
        warnings.addAll(connectors.check(calls));
        cursors.refresh(store);
        List<Pulled> pulls = pulling.pull(cursors::of).stream().map(this::withoutSecrets).toList();
        pulls.stream().filter(Pulled::failed).forEach(pull -> warnings.add("nothing was taken from '" + pull.connector() + "': " + pull.message()));
        return new Taken(pulls, warnings);
    }

    /** A cursor is kept in the history, where no secret stands: without it, the source would be asked from a place that it never named. */
    private Pulled withoutSecrets(Pulled pull) {
        Cursor next = pull.next();
        boolean clean = next == null || secrets.redactor().redact(next.text()).equals(next.text());
        return clean ? pull : pull.refused("its cursor holds a secret, which the history must not");
    }

    /** Hands over what has landed. */
    Publishing.Result publish(Store store, Consumer<List<Event>> append, SyncReport report, Stability stability) {
        return publishing.publish(store, append, report, stability);
    }

    /** What keeps the secrets that were fetched out of texts. */
    Redactor redactor() {
        return secrets.redactor();
    }

    @Override
    public void close() {
        try (secrets) {
            connectors.close();
        }
    }
}
