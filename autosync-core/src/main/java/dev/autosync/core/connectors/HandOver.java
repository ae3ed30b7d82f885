package dev.autosync.core.connectors;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import org.jspecify.annotations.Nullable;

/** One publication on its way to one sink. Threads: for one at a time. */
final class HandOver {
    private final Sink sink;
    private final Publication publication;
    private final String key;
    private int sent;
    private boolean planning;
    private boolean replyLost;

    HandOver(Sink sink, Publication publication, String key) {
        this.sink = sink;
        this.publication = publication;
        this.key = key;
    }

    /** Plans, and acts if there is anything to do. */
    PublicationOutcome attempt() throws InterruptedException {
        planning = true;
        PublicationPlan plan = sink.plan(publication);
        requireAnswer(plan);
        if (plan.steps().isEmpty()) {
            return replyLost ? PublicationOutcome.Applied.of("", "it had arrived although the reply was lost")
                    : PublicationOutcome.Unchanged.of("there is nothing to do");
        }
        planning = false;
        sent++;
        PublicationOutcome outcome = sink.publish(plan, key);
        requireAnswer(outcome);
        replyLost |= outcome instanceof PublicationOutcome.Unknown;
        return outcome;
    }

    private static void requireAnswer(@Nullable Object answer) {
        if (answer == null) {
            throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "it answered nothing");
        }
    }

    /** How often it was sent. */
    int sent() {
        return sent;
    }

    /** Whether the last attempt came no further than its plan. */
    boolean planning() {
        return planning;
    }
}
