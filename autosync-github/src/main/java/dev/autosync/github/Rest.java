package dev.autosync.github;

import static dev.autosync.github.git.Refusals.failed;
import static dev.autosync.github.git.Refusals.notNow;
import static dev.autosync.github.git.Refusals.protocol;
import static dev.autosync.github.git.Refusals.refused;

import dev.autosync.github.remote.Credentials;
import dev.autosync.github.remote.Http;
import dev.autosync.github.remote.HttpFailure;
import dev.autosync.github.remote.HttpReply;
import dev.autosync.github.remote.RemoteText;
import dev.autosync.spi.ConnectorException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST interface for one repository. Each call is one request; nothing is waited for and nothing is sent twice.
 *
 * <p>Source: GitHub's documentation, API version 2022-11-28; which answers ask to wait: "Rate limits for the REST API".
 */
final class Rest {
    private static final int MAX_BODY = 8 << 20;
    private static final String VERSION = "2022-11-28";
    private static final Duration SECONDARY_WAIT = Duration.ofSeconds(60);

    private final Http http;
    private final URI repository;
    private final Credentials credentials;
    private final Clock clock;

    Rest(Http http, URI repository, Credentials credentials, Clock clock) {
        this.http = http;
        this.repository = repository;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** What was asked, for messages. */
    private record Asked(String what, Optional<String> authorization) {}

    /**
     * Reads something.
     *
     * @return empty if it is not there (404)
     */
    Optional<Json> get(String path, String what) throws InterruptedException {
        URI where = URI.create(repository + path);
        Asked asked = new Asked(what, credentials.bearer(where));
        HttpReply reply = send(request(where, asked.authorization()).GET().build(), asked);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        requireStatus(reply, asked, 200, 200);
        return Optional.of(object(reply, asked));
    }

    /**
     * Does something.
     *
     * @param created the status that brings an object
     * @param empty the status that brings none
     * @return empty if the answer brings no object
     */
    Optional<Json> post(String path, Map<String, Object> body, int created, int empty, String what) throws InterruptedException {
        URI where = URI.create(repository + path);
        Asked asked = new Asked(what, credentials.bearer(where));
        HttpRequest request = request(where, asked.authorization()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body), StandardCharsets.UTF_8)).build();
        HttpReply reply = send(request, asked);
        requireStatus(reply, asked, created, empty);
        return reply.status() == created ? Optional.of(object(reply, asked)) : Optional.empty();
    }

    private HttpRequest.Builder request(URI where, Optional<String> authorization) {
        HttpRequest.Builder request = http.request(where).header("User-Agent", "AutoSync").header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", VERSION);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpReply send(HttpRequest request, Asked asked) throws InterruptedException {
        try {
            return http.send(request, MAX_BODY);
        } catch (HttpFailure e) {
            String message = "Cannot " + asked.what() + " at " + repository + ": " + e.getMessage();
            if (e.isTooLarge()) {
                throw protocol(message);
            }
            throw failed(message + (request.method().equals("POST") && e.mayHaveArrived() ? "; it may have arrived all the same" : ""), e);
        }
    }

    private Json object(HttpReply reply, Asked asked) {
        return Json.parse(reply.body()).orElseThrow(() -> protocol("Cannot " + asked.what() + " at " + repository
                + ": the answer is no JSON object; is api the address of GitHub's REST interface?"));
    }

    private void requireStatus(HttpReply reply, Asked asked, int one, int other) {
        if (reply.status() != one && reply.status() != other) {
            throw refusal(reply, asked);
        }
    }

    private ConnectorException refusal(HttpReply reply, Asked asked) {
        String tried = "Cannot " + asked.what() + " at " + repository + ": ";
        String said = said(reply, asked);
        int status = reply.status();
        if (status == 429 || status == 403 && asksToWait(reply)) {
            Duration wait = toWait(reply);
            return notNow(tried + "GitHub asks to wait " + wait.toSeconds() + " seconds" + said, Optional.of(wait));
        }
        return switch (status) {
            case 401 -> refused(tried + "it does not take the token of " + credentials.reference() + said);
            case 403 -> refused(tried + "the token of " + credentials.reference() + " may not do that" + said);
            case 404 -> refused(tried + "it is not there, or not for the token of " + credentials.reference() + said);
            case 422 -> refused(tried + "it does not accept that" + said);
            default -> other(status, tried, said, reply, asked);
        };
    }

    private ConnectorException other(int status, String tried, String said, HttpReply reply, Asked asked) {
        if (status >= 500) {
            return notNow(tried + "it answers with status " + status + said, reply.retryAfter(clock.instant()));
        }
        if (status >= 300 && status < 400) {
            return refused(tried + "it points to another address ("
                    + RemoteText.line(Credentials.scrub(reply.header("Location"), asked.authorization()), 200)
                    + "), which AutoSync does not follow with a token; set api and repository to where it is");
        }
        return protocol(tried + "it answers with status " + status + said);
    }

    private static boolean asksToWait(HttpReply reply) {
        String body = new String(reply.body(), 0, Math.min(reply.body().length, 4096), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return !reply.header("Retry-After").isEmpty() || !reply.header("gh-limited-by").isEmpty()
                || reply.header("x-ratelimit-remaining").equals("0") || body.contains("secondary rate");
    }

    private Duration toWait(HttpReply reply) {
        Instant now = clock.instant();
        Optional<Duration> after = reply.retryAfter(now);
        if (after.isPresent()) {
            return after.get();
        }
        Long reset = reply.header("x-ratelimit-remaining").equals("0") ? number(reply.header("x-ratelimit-reset")) : null;
        return reset == null ? SECONDARY_WAIT : Duration.ofSeconds(Math.max(1, reset - now.getEpochSecond()));
    }

    private static @Nullable Long number(String text) {
        return text.matches("\\d{1,12}") ? Long.valueOf(text) : null;
    }

    private static String said(HttpReply reply, Asked asked) {
        return Json.parse(reply.body()).flatMap(json -> json.text("message"))
                .map(message -> "; it says: " + RemoteText.line(Credentials.scrub(message, asked.authorization()))).orElse("");
    }
}
