package dev.autosync.github.remote;

import dev.autosync.retry.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer over HTTP, of bounded size.
 *
 * @param status the status code
 * @param headers its headers
 * @param body all of its bytes
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body) {

    /** How long the other side asks to wait. */
    public Optional<Duration> retryAfter(Instant now) {
        return RetryAfter.parse(header("Retry-After"), header("Date"), now);
    }

    /** A header's first value; empty if it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
