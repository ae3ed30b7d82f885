package dev.autosync.core.engine;

import dev.autosync.core.secrets.Redactor;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationResult;

/** What a connector says of a publication, without any secret. */
final class RedactedPublication {
    private RedactedPublication() {}

    static PublicationResult of(PublicationResult result, Redactor redactor) {
        CiRun run = result.ciRun().map(of -> CiRun.of(redactor.redact(of.id()), redactor.redact(of.address()), of.state())).orElse(null);
        return PublicationResult.of(result.connector(), outcome(result.outcome(), redactor), result.files(), result.attempts(), run);
    }

    private static PublicationOutcome outcome(PublicationOutcome outcome, Redactor redactor) {
        String reason = redactor.redact(outcome.reason());
        if (outcome instanceof PublicationOutcome.Applied applied) {
            return PublicationOutcome.Applied.of(redactor.redact(applied.revision()), reason);
        } else if (outcome instanceof PublicationOutcome.Conflict conflict) {
            return PublicationOutcome.Conflict.of(redactor.redact(conflict.actual()), reason);
        } else if (outcome instanceof PublicationOutcome.Retry retry) {
            return PublicationOutcome.Retry.of(retry.after(), reason);
        } else if (outcome instanceof PublicationOutcome.Rejected) {
            return PublicationOutcome.Rejected.of(reason);
        } else if (outcome instanceof PublicationOutcome.Unchanged) {
            return PublicationOutcome.Unchanged.of(reason);
        } else {
            return PublicationOutcome.Unknown.of(reason);
        }
    }
}
