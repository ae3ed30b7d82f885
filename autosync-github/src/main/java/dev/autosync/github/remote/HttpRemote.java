package dev.autosync.github.remote;

import static dev.autosync.github.git.Refusals.failed;
import static dev.autosync.github.git.Refusals.notNow;
import static dev.autosync.github.git.Refusals.protocol;
import static dev.autosync.github.git.Refusals.refused;

import dev.autosync.github.git.GitObject;
import dev.autosync.github.git.ObjectStore;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.ConnectorException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A repository that speaks git's smart protocol over HTTP, in version 0: what every server of the last ten years speaks.
 *
 * <p>Everything is asked for with one request each and without state between them. Source: gitprotocol-http, gitprotocol-pack.
 */
public final class HttpRemote implements Remote {
    private static final int MAX_REFS = 64 << 20;
    private static final int MAX_PACK = 128 << 20;
    private static final int MAX_REPORT = 4 << 20;
    private static final String RECEIVE = "git-receive-pack";
    private static final String UPLOAD = "git-upload-pack";
    private static final String AGENT = "git/AutoSync";

    private final Http http;
    private final URI address;
    private final Credentials credentials;
    private final Path scratch;

    /**
     * A remote.
     *
     * @param address without user, query and fragment
     * @param scratch a folder for what is to be sent
     */
    public HttpRemote(Http http, URI address, Credentials credentials, Path scratch) {
        this.http = http;
        this.address = URI.create(address.toString().replaceFirst("/+$", ""));
        this.credentials = credentials;
        this.scratch = scratch;
    }

    @Override
    public Advertisement look() throws InterruptedException {
        return look(RECEIVE);
    }

    private Advertisement look(String service) throws InterruptedException {
        URI where = URI.create(address + "/info/refs?service=" + service);
        Optional<String> authorization = credentials.basic(where);
        HttpReply reply = send(withAuthorization(http.request(where), authorization).header("User-Agent", AGENT).GET().build(), MAX_REFS);
        requireOk(reply, authorization);
        if (!reply.header("Content-Type").equals("application/x-" + service + "-advertisement")) {
            throw protocol("Cannot use " + address + ": it does not answer as a git server does");
        }
        try {
            Advertisement advertisement = Advertisement.parse(reply.body(), service);
            if (advertisement.capabilities().stream().anyMatch(c -> c.startsWith("object-format=") && !c.equals("object-format=sha1"))) {
                throw refused("Cannot publish to " + address + ": it names objects by SHA-256, which AutoSync does not support");
            }
            return advertisement;
        } catch (IOException e) {
            throw protocol("Cannot use " + address + ": " + RemoteText.line(Credentials.scrub(String.valueOf(e.getMessage()), authorization)));
        }
    }

    @Override
    public void fetch(ObjectId tip, List<ObjectId> have, ObjectStore into) throws InterruptedException {
        Advertisement there = look(UPLOAD);
        if (!there.refs().containsValue(tip)) {
            throw failed("Cannot fetch " + tip.name() + " from " + address + ": it has moved on meanwhile", null);
        }
        boolean filters = there.capabilities().contains("filter");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PktLines.write(body, "want " + tip.name() + " side-band-64k ofs-delta no-progress agent=" + AGENT + (filters ? " filter" : "") + "\n");
        if (filters) {
            PktLines.write(body, "filter tree:0\n");
        }
        PktLines.flush(body);
        have.forEach(id -> PktLines.write(body, "have " + id.name() + "\n"));
        PktLines.write(body, "done\n");
        URI where = URI.create(address + "/" + UPLOAD);
        Optional<String> authorization = credentials.basic(where);
        HttpRequest request = post(where, UPLOAD, authorization).POST(BodyPublishers.ofByteArray(body.toByteArray())).build();
        HttpReply reply = send(request, MAX_PACK);
        requireOk(reply, authorization);
        try {
            for (GitObject commit : PackIn.commits(pack(reply, authorization))) {
                into.add(commit);
            }
        } catch (IOException e) {
            throw protocol("Cannot fetch " + tip.name() + " from " + address + ": " + e.getMessage());
        }
    }

    private byte[] pack(HttpReply reply, Optional<String> authorization) throws IOException {
        PktLines lines = new PktLines(reply.body());
        String first = lines.nextText();
        if (first != null && first.startsWith("ERR ")) {
            throw new IOException("it says: " + RemoteText.line(Credentials.scrub(first.substring(4), authorization)));
        }
        if (first == null || !first.startsWith("ACK ") && !first.equals("NAK")) {
            throw new IOException("it does not speak git's protocol");
        }
        SideBand answer = SideBand.read(lines);
        if (answer.failed()) {
            throw new IOException("it says: " + RemoteText.line(answer.messages(), authorization));
        }
        return answer.data();
    }

    @Override
    public PublicationOutcome push(Push push) throws InterruptedException {
        Path pack = null;
        try {
            pack = Files.createTempFile(scratch, "push", ".pack");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pack))) {
                PackOut.write(push.store(), push.objects(), out);
            }
            return send(push, pack);
        } catch (IOException e) {
            throw failed("Cannot publish to " + address + ": the pack to be sent could not be made: " + e.getMessage(), e);
        } finally {
            if (pack != null) {
                pack.toFile().delete();
            }
        }
    }

    private PublicationOutcome send(Push push, Path pack) throws IOException, InterruptedException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        PktLines.write(command, push.expected().name() + " " + push.commit().name() + " " + push.ref()
                + "\0 report-status side-band-64k agent=" + AGENT);
        PktLines.flush(command);
        URI where = URI.create(address + "/" + RECEIVE);
        Optional<String> authorization = credentials.basic(where);
        HttpRequest request = post(where, RECEIVE, authorization)
                .POST(BodyPublishers.concat(BodyPublishers.ofByteArray(command.toByteArray()), BodyPublishers.ofFile(pack))).build();
        HttpReply reply;
        try {
            reply = http.send(request, MAX_REPORT);
        } catch (HttpFailure e) {
            if (e.mayHaveArrived()) {
                return PublicationOutcome.Unknown.of("the answer of " + address + " was lost: " + e.getMessage());
            }
            throw failed("Cannot reach " + address + ": " + e.getMessage(), e);
        }
        if (reply.status() == 413) {
            return PublicationOutcome.Rejected.of(address + " does not take a push of that size");
        }
        if (reply.status() >= 500) {
            return PublicationOutcome.Unknown.of(address + " answers with status " + reply.status());
        }
        requireOk(reply, authorization);
        return PushReport.read(reply, authorization).outcome(push, address, this);
    }

    private static HttpRequest.Builder withAuthorization(HttpRequest.Builder request, Optional<String> authorization) {
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpRequest.Builder post(URI where, String service, Optional<String> authorization) {
        return withAuthorization(http.request(where), authorization).header("User-Agent", AGENT)
                .header("Content-Type", "application/x-" + service + "-request").header("Accept", "application/x-" + service + "-result");
    }

    private HttpReply send(HttpRequest request, int maxBytes) throws InterruptedException {
        try {
            return http.send(request, maxBytes);
        } catch (HttpFailure e) {
            if (e.isTooLarge()) {
                throw protocol("Cannot use " + address + ": " + e.getMessage());
            }
            throw failed("Cannot reach " + address + ": " + e.getMessage(), e);
        }
    }

    private void requireOk(HttpReply reply, Optional<String> authorization) {
        if (reply.status() != 200) {
            throw refusal(reply, authorization);
        }
    }

    private ConnectorException refusal(HttpReply reply, Optional<String> authorization) {
        String tried = "Cannot use " + address + ": ";
        int status = reply.status();
        return switch (status) {
            case 401 -> refused(tried + (credentials.isPresent() ? "it does not take the token of " + credentials.reference()
                    + "; give one that may write to it" : "it asks for a token; set token"));
            case 403 -> refused(tried + "it refuses what the token of " + credentials.reference() + " asks for: "
                    + RemoteText.line(reply.body(), authorization) + "; give a token that may write contents");
            case 404 -> refused(tried + "it says that there is no such repository, or none for the token of " + credentials.reference());
            case 429 -> {
                Optional<Duration> after = reply.retryAfter(Instant.now());
                yield notNow(tried + "it asks to wait" + after.map(wait -> " " + wait.toSeconds() + " seconds").orElse(""), after);
            }
            default -> other(tried, reply, authorization);
        };
    }

    private static ConnectorException other(String tried, HttpReply reply, Optional<String> authorization) {
        int status = reply.status();
        if (status >= 300 && status < 400) {
            return refused(tried + "it points to another address ("
                    + RemoteText.line(Credentials.scrub(reply.header("Location"), authorization), 200)
                    + "), which AutoSync does not follow with a token; set remote to it if it is right");
        }
        String message = tried + "it answers with status " + status;
        return status >= 500 ? notNow(message, reply.retryAfter(Instant.now())) : protocol(message);
    }
}
