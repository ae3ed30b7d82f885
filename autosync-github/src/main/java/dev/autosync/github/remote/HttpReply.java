package dev.autosync.github.remote;

import java.net.http.HttpHeaders;

/**
 * An answer over HTTP, of bounded size.
 *
 * @param status the status code
 * @param headers its headers
 * @param body all of its bytes
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body) {

    /** A header's first value; empty if it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
