package dev.autosync.github;

import static dev.autosync.github.git.Refusals.failed;
import static dev.autosync.github.git.Refusals.protocol;
import static dev.autosync.github.git.Refusals.refused;

import dev.autosync.github.remote.RemoteText;
import dev.autosync.publish.CiRun;
import dev.autosync.spi.CheckResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A workflow of GitHub Actions, started by hand as it were.
 *
 * <p>GitHub starts it on a branch and keeps no key of the request. So a run that is there for the revision is taken as it is, and a
 * branch that has moved on is refused: its run would say nothing about the revision.
 */
final class Workflow {
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ID = Pattern.compile("\\d{1,19}");

    private final Rest rest;
    private final String name;
    private final BranchName branch;

    /** The branch that is published to. */
    interface BranchName {
        String get();
    }

    Workflow(Rest rest, String name, BranchName branch) {
        this.rest = rest;
        this.name = name;
        this.branch = branch;
    }

    CiRun start(String revision) throws InterruptedException {
        if (!REVISION.matcher(revision).matches()) {
            throw refused("Cannot start workflow " + name + ": the revision is no commit");
        }
        Optional<CiRun> earlier = find(revision);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        requireTip(revision);
        Optional<Json> started = rest.post("/actions/workflows/" + name + "/dispatches",
                Map.of("ref", branch.get(), "return_run_details", true), 200, 204, "start workflow " + name);
        if (started.isPresent()) {
            Json run = started.get();
            String id = run.number("workflow_run_id").map(String::valueOf)
                    .orElseThrow(() -> protocol("Cannot tell which run of workflow " + name + " was started: the answer names none"));
            return CiRun.of(id, address(run), CiRun.State.RUNNING);
        }
        // Servers from before February 2026 do not say which run they started.
        return find(revision).orElseThrow(() -> failed("Started workflow " + name + " on " + revision
                + ", and its run is not listed yet; asking again finds it", null));
    }

    private Optional<CiRun> find(String revision) throws InterruptedException {
        String query = "/actions/runs?event=workflow_dispatch&head_sha=" + revision + "&per_page=20";
        Json answer = rest.get(query, "list runs")
                .orElseThrow(() -> refused("Cannot list runs of workflow " + name + ": there is no such repository"));
        List<Json> runs = answer.objects("workflow_runs")
                .orElseThrow(() -> protocol("Cannot list runs of workflow " + name + ": the answer has no list of runs"));
        for (Json run : runs) {
            if (isOurs(run) && run.text("head_sha").filter(revision::equals).isPresent() && run.number("id").isPresent()) {
                return Optional.of(CiRun.of(String.valueOf(run.number("id").get()), address(run), state(run)));
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(Json run) {
        String path = run.text("path").orElse("").replaceFirst("@.*", "");
        return name.equals(path.substring(path.lastIndexOf('/') + 1)) || name.equals(run.number("workflow_id").map(String::valueOf).orElse(""));
    }

    private void requireTip(String revision) throws InterruptedException {
        String ref = branch.get();
        String path = "/git/ref/heads/" + URLEncoder.encode(ref, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
        String tip = rest.get(path, "look at branch " + ref).flatMap(json -> json.object("object")).flatMap(json -> json.text("sha"))
                .orElseThrow(() -> refused("Cannot start workflow " + name + ": there is no branch " + ref));
        if (!tip.equals(revision)) {
            throw refused("Cannot start workflow " + name + " on " + revision + ": " + ref + " is at " + RemoteText.line(tip, 40)
                    + " by now, and a workflow starts only on what a branch is at");
        }
    }

    CiRun status(CiRun run) throws InterruptedException {
        if (!ID.matcher(run.id()).matches()) {
            return CiRun.of(run.id(), run.address(), CiRun.State.UNKNOWN);
        }
        Optional<Json> answer = rest.get("/actions/runs/" + run.id(), "ask for run " + run.id());
        if (answer.isEmpty()) {
            return CiRun.of(run.id(), run.address(), CiRun.State.UNKNOWN);
        }
        Json json = answer.get();
        if (json.number("id").map(String::valueOf).filter(run.id()::equals).isEmpty() || json.text("status").isEmpty()) {
            throw protocol("Cannot ask for run " + run.id() + ": the answer is of something else");
        }
        return CiRun.of(run.id(), address(json).isEmpty() ? run.address() : address(json), state(json));
    }

    /** Whether the workflow is there and active. */
    CheckResult check() throws InterruptedException {
        Optional<Json> answer = rest.get("/actions/workflows?per_page=100", "list workflows");
        if (answer.isEmpty()) {
            return CheckResult.problem("repository", "GitHub says that there is no such repository, or none for this token");
        }
        List<Json> workflows = answer.get().objects("workflows").orElseThrow(() -> protocol("Cannot list workflows: the answer has no list"));
        for (Json workflow : workflows) {
            String path = workflow.text("path").orElse("");
            if (name.equals(path.substring(path.lastIndexOf('/') + 1)) || name.equals(workflow.number("id").map(String::valueOf).orElse(""))) {
                return workflow.text("state").filter("active"::equals).isPresent() ? CheckResult.ok()
                        : CheckResult.problem("workflow", "the workflow " + name + " is disabled; enable it on GitHub");
            }
        }
        return CheckResult.problem("workflow", "there is no workflow " + name + " in the default branch; add it with on: workflow_dispatch");
    }

    private static CiRun.State state(Json run) {
        if (!run.text("status").orElse("").equals("completed")) {
            return CiRun.State.RUNNING;
        }
        return switch (run.text("conclusion").orElse("")) {
            case "success" -> CiRun.State.SUCCESS;
            case "failure", "timed_out", "startup_failure" -> CiRun.State.FAILURE;
            case "cancelled" -> CiRun.State.CANCELLED;
            default -> CiRun.State.UNKNOWN;
        };
    }

    /** Shown to people as a link: taken only if it is one. */
    private static String address(Json run) {
        return run.text("html_url").filter(url -> url.matches("https?://[\\x21-\\x7e]{1,500}") && !url.matches(".*[\"'<>\\\\].*")).orElse("");
    }
}
