package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.PublicationOutcome.Applied;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Workflows and marks, with every exchange checked against GitHub's own description. */
@Timeout(120)
class RestTest {
    private static final String KEY = "k".repeat(64);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    Path root;

    private World world;
    private LoopbackGitHub github;
    private String revision;
    private Connector connector;

    @BeforeEach
    void open() throws Exception {
        world = World.withOneCommit(root);
        github = new LoopbackGitHub();
        world.set("api", github.address() + "/").set("workflow", "ci.yml");
        revision = world.head();
        github.tips.put("main", revision);
        connector = world.connector();
    }

    @AfterEach
    void close() {
        world.close();
        github.close();
    }

    private CiRun trigger() throws InterruptedException {
        return ((Trigger) connector).trigger(revision, KEY);
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String... message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.getMessage()).doesNotContain(GitServer.TOKEN);
            assertThat(message).allSatisfy(part -> assertThat(e.getMessage()).contains(part));
        });
    }

    private GitServer.Fault says(int status, String body) {
        return GitServer.answer(status, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void publishesStartsARunAsksForItsEndAndMarksTheCommit() throws Exception {
        Applied applied = (Applied) world.publish(world.change("a.txt", "two\n"));
        revision = applied.revision();
        github.tips.put("main", revision);

        CiRun run = trigger();
        assertThat(run.id()).isEqualTo("30433642");
        assertThat(run.address()).isEqualTo("https://github.com/o/r/actions/runs/30433642");
        assertThat(run.state()).isEqualTo(CiRun.State.RUNNING);
        assertThat(((Trigger) connector).status(run).state()).isEqualTo(CiRun.State.RUNNING);
        github.runs.get(0).put("status", "completed").put("conclusion", "success");
        assertThat(((Trigger) connector).status(run).state()).isEqualTo(CiRun.State.SUCCESS);

        ((StatusReporter) connector).mark(revision, true, "all green \033[31m" + "x".repeat(200));
        assertThat(github.statuses).hasSize(1);
        assertThat(github.statuses.get(0).get("state").asString()).isEqualTo("success");
        assertThat(github.statuses.get(0).get("context").asString()).isEqualTo("autosync");
        assertThat(github.statuses.get(0).get("description").asString()).hasSize(140).doesNotContain("\033");
        assertThat(github.requests.get(github.requests.size() - 1)).isEqualTo("POST /repos/o/r/statuses/" + revision);
    }

    @Test
    void everyConclusionHasAState() throws Exception {
        CiRun run = trigger();
        ObjectNode there = github.runs.get(0);
        Map<String, CiRun.State> states = Map.of("success", CiRun.State.SUCCESS, "failure", CiRun.State.FAILURE, "timed_out", CiRun.State.FAILURE,
                "startup_failure", CiRun.State.FAILURE, "cancelled", CiRun.State.CANCELLED, "skipped", CiRun.State.UNKNOWN, "neutral",
                CiRun.State.UNKNOWN, "something new", CiRun.State.UNKNOWN);
        for (var state : states.entrySet()) {
            there.put("status", "completed").put("conclusion", state.getKey());
            assertThat(((Trigger) connector).status(run).state()).as(state.getKey()).isEqualTo(state.getValue());
        }
        for (String status : new String[] {"queued", "in_progress", "waiting", "pending", "requested"}) {
            there.put("status", status).putNull("conclusion");
            assertThat(((Trigger) connector).status(run).state()).as(status).isEqualTo(CiRun.State.RUNNING);
        }
        assertThat(((Trigger) connector).status(CiRun.of("999", "x", CiRun.State.RUNNING)).state()).isEqualTo(CiRun.State.UNKNOWN);
        assertThat(((Trigger) connector).status(CiRun.of("../../x", "x", CiRun.State.RUNNING)).state()).isEqualTo(CiRun.State.UNKNOWN);
    }

    @Test
    void startingTwiceStartsOneRunWhateverIsLostOnTheWay() throws Exception {
        for (int k = 1; k <= 3; k++) {
            for (GitServer.Fault fault : new GitServer.Fault[] {GitServer.cutBefore(), GitServer.cutAfter()}) {
                github.runs.clear();
                github.at(k, fault);
                CiRun run = null;
                for (int i = 0; run == null && i < 5; i++) {
                    try {
                        run = trigger();
                    } catch (ConnectorException e) {
                        assertThat(e.retryable()).isTrue();
                    }
                }
                assertThat(github.runs).hasSize(1);
                assertThat(trigger().id()).isEqualTo(run.id()).isEqualTo(github.runs.get(0).get("id").asString());
            }
        }
    }

    @Test
    void aServerThatTellsNoIdIsAskedForItOnce() throws Exception {
        github.tells = false;
        assertThat(trigger().id()).isEqualTo("30433642");
        github.runs.clear();
        github.lists = false;
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "not listed yet");
        github.lists = true;
        assertThat(trigger().id()).isEqualTo("30433642");
        assertThat(github.runs).hasSize(1);
    }

    @Test
    void aBranchThatHasMovedOnIsNotRun() {
        github.tips.put("main", "b".repeat(40));

        assertFails(this::trigger, ErrorCode.CONNECTOR_REFUSED, "by now");

        assertThat(github.runs).isEmpty();
    }

    @Test
    void aRunOfAnotherWorkflowIsNotTaken() throws Exception {
        trigger();
        github.runs.get(0).put("path", ".github/workflows/other.yml").put("workflow_id", 8);

        assertThat(trigger().id()).isEqualTo("30433643");
    }

    @Test
    void checksTheWorkflow() throws Exception {
        assertThat(connector.check().isOk()).isTrue();
        CheckResult result = world.set("workflow", "none.yml").connector().check();
        assertThat(result.field()).contains("workflow");
        assertThat(world.set("workflow", "7").connector().check().isOk()).isTrue();
        github.at(1, says(404, "{}"));
        assertThat(world.connector().check().field()).contains("repository");
        assertThat(github.runs).isEmpty();
    }

    @Test
    void answersThatAskToWaitAreRetryableAndSayHowLong() {
        github.at(1, GitServer.answer(429, Map.of("Retry-After", "17"), new byte[0]));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "17 seconds");
        github.at(1, GitServer.answer(403, Map.of("Retry-After", "18"), new byte[0]));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "18 seconds");
        github.at(1, says(403, "{\"message\":\"You have exceeded a secondary rate limit\"}"));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "60 seconds", "secondary rate");
        github.at(1, GitServer.answer(403, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset",
                String.valueOf(TestContext.NOW.getEpochSecond() + 99)), new byte[0]));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "99 seconds");
        // Counted from the answer's own date, which this server takes from the machine, not from the clock of the test.
        String inAnHour = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        github.at(1, GitServer.answer(429, Map.of("Retry-After", inAnHour), new byte[0]));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "asks to wait 3");
        github.at(1, GitServer.answer(429, Map.of("Retry-After", "soon"), new byte[0]));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "60 seconds");
    }

    @Test
    void refusalsAreNotRetryableAndSayWhy() {
        String message = "{\"message\":\"Resource not\\u001b accessible " + GitServer.TOKEN + "\"}";
        github.at(1, says(401, message));
        assertFails(this::trigger, ErrorCode.CONNECTOR_REFUSED, "does not take the token", "Resource not");
        github.at(1, says(403, message));
        assertFails(this::trigger, ErrorCode.CONNECTOR_REFUSED, "may not do that");
        github.at(3, says(404, message));
        assertFails(this::trigger, ErrorCode.CONNECTOR_REFUSED, "is not there");
        github.at(3, says(422, "{\"message\":\"Workflow does not have 'workflow_dispatch' trigger\"}"));
        assertFails(this::trigger, ErrorCode.CONNECTOR_REFUSED, "does not accept", "workflow_dispatch");
        github.at(1, says(500, "oops"));
        assertFails(this::trigger, ErrorCode.CONNECTOR_FAILED, "500");
        github.at(1, says(418, "{}"));
        assertFails(this::trigger, ErrorCode.CONNECTOR_PROTOCOL, "418");
        assertFails(() -> ((Trigger) connector).trigger("main", KEY), ErrorCode.CONNECTOR_REFUSED);
        assertFails(() -> ((StatusReporter) connector).mark("../x", true, "x"), ErrorCode.CONNECTOR_REFUSED);
    }

    @Test
    void aLyingServerIsAProtocolError() throws Exception {
        String[] bodies = {"<html>login</html>", "", "[]", "{", "{} {}", "{\"workflow_runs\":1}", "{\"a\":1,\"a\":2}", "null",
            "[".repeat(100_000), "{\"x\":" + "{\"x\":".repeat(2000)};
        for (String body : bodies) {
            github.at(1, says(200, body));
            assertFails(this::trigger, ErrorCode.CONNECTOR_PROTOCOL);
        }
        for (String body : new String[] {"{}", "{\"workflow_run_id\":\"7\"}", "{\"workflow_run_id\":null}",
            "{\"workflow_run_id\":123456789012345678901234567890}", "<html>"}) {
            github.at(3, says(200, body));
            assertFails(this::trigger, ErrorCode.CONNECTOR_PROTOCOL);
        }
        CiRun run = trigger();
        for (String body : new String[] {"{}", "{\"id\":1,\"status\":\"completed\"}", "{\"id\":" + run.id() + "}", "<html>"}) {
            github.at(1, says(200, body));
            assertFails(() -> ((Trigger) connector).status(run), ErrorCode.CONNECTOR_PROTOCOL);
        }
        github.at(1, says(200, "{\"id\":" + run.id() + ",\"status\":\"completed\",\"html_url\":\"javascript:alert(1)\"}"));
        assertThat(((Trigger) connector).status(run).address()).isEqualTo(run.address());
        github.at(1, says(201, "no"));
        assertFails(() -> ((StatusReporter) connector).mark(revision, true, "x"), ErrorCode.CONNECTOR_PROTOCOL);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        github.at(1, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            while (true) {
                exchange.getResponseBody().write(chunk);
            }
        });
        assertFails(this::trigger, ErrorCode.CONNECTOR_PROTOCOL, "more than");
    }

    @Test
    void theDescriptionWouldNoticeAWrongRequestOrAnswer() {
        OpenApi.Operation dispatch = new OpenApi().operation("POST", "/repos/o/r/actions/workflows/ci.yml/dispatches");
        assertThat(dispatch.requestErrors(null, "{\"ref\":\"main\",\"return_run_details\":true}")).isEmpty();
        assertThat(dispatch.requestErrors(null, "{\"return_run_details\":\"yes\"}")).hasSizeGreaterThan(1);
        assertThat(dispatch.requestErrors("x=y", "{\"ref\":\"main\",\"nonsense\":1}")).hasSize(2);
        assertThat(dispatch.answerErrors(200, OpenApi.object().put("workflow_run_id", 1))).isNotEmpty();
        assertThat(dispatch.answerErrors(202, null)).isNotEmpty();
    }
}
