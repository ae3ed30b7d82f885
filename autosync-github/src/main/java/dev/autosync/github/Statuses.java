package dev.autosync.github;

import dev.autosync.github.git.Refusals;
import dev.autosync.github.remote.RemoteText;
import dev.autosync.spi.CheckResult;
import java.util.Map;

/** Marks on commits, as GitHub shows them beside a commit. */
final class Statuses {
    private static final int MAX_DESCRIPTION = 140;

    private final Rest rest;
    private final String context;

    Statuses(Rest rest, String context) {
        this.rest = rest;
        this.context = context;
    }

    /** Whether the repository is there. Whether the token may mark its commits only marking one tells. */
    CheckResult check() throws InterruptedException {
        return rest.get("", "look at the repository").isPresent() ? CheckResult.ok()
                : CheckResult.problem("repository", "GitHub says that there is no such repository, or none for this token");
    }

    /** Marks a commit. The latest mark of a context is the one that counts, so that marking twice changes nothing. */
    void mark(String revision, boolean success, String description) throws InterruptedException {
        if (!revision.matches("[0-9a-f]{40}")) {
            throw Refusals.refused("Cannot mark a commit: the revision is none");
        }
        rest.post("/statuses/" + revision, Map.of("state", success ? "success" : "failure", "context", context,
                "description", RemoteText.line(description, MAX_DESCRIPTION)), 201, 201, "mark " + revision);
    }
}
