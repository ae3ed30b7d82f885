package dev.autosync.github.remote;

import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What the other side says of a push. */
final class PushReport {
    private final @Nullable String unpack;
    private final @Nullable String ref;
    private final String messages;

    private PushReport(@Nullable String unpack, @Nullable String ref, String messages) {
        this.unpack = unpack;
        this.ref = ref;
        this.messages = messages;
    }

    static PushReport read(HttpReply reply, Optional<String> authorization) {
        try {
            if (!reply.header("Content-Type").equals("application/x-git-receive-pack-result")) {
                return new PushReport(null, null, "");
            }
            SideBand answer = SideBand.read(new PktLines(reply.body()));
            String messages = RemoteText.line(answer.messages(), authorization);
            PktLines lines = new PktLines(answer.data());
            String unpack = lines.hasMore() ? lines.nextText() : null;
            String ref = lines.hasMore() ? lines.nextText() : null;
            return new PushReport(scrubbed(unpack, authorization), scrubbed(ref, authorization), messages);
        } catch (IOException e) {
            return new PushReport(null, null, "");
        }
    }

    private static @Nullable String scrubbed(@Nullable String text, Optional<String> authorization) {
        return text == null ? null : Credentials.scrub(text, authorization);
    }

    PublicationOutcome outcome(Push push, URI address, Remote remote) throws InterruptedException {
        if (unpack == null || !unpack.startsWith("unpack ")) {
            return PublicationOutcome.Unknown.of(address + " does not say in git's protocol what became of the push");
        }
        if (!unpack.equals("unpack ok")) {
            return PublicationOutcome.Rejected.of(address + " could not take the objects: " + said(RemoteText.line(unpack)));
        }
        if (("ok " + push.ref()).equals(ref)) {
            return PublicationOutcome.Applied.of(push.commit().name(), "pushed to " + push.branch() + " of " + address);
        }
        if (ref == null || !ref.startsWith("ng " + push.ref() + " ")) {
            return PublicationOutcome.Unknown.of(address + " does not say in git's protocol what became of the push");
        }
        return refused(push, address, remote, said(RemoteText.line(ref.substring(("ng " + push.ref() + " ").length()))));
    }

    /** A branch that is elsewhere by now is a conflict, whatever words the server finds for it. */
    private PublicationOutcome refused(Push push, URI address, Remote remote, String why) throws InterruptedException {
        try {
            ObjectId actual = remote.look().branch(push.branch()).orElse(ObjectId.zeroId());
            if (actual.equals(push.commit())) {
                return PublicationOutcome.Applied.of(push.commit().name(), "is at " + push.branch() + " of " + address);
            }
            if (!actual.equals(push.expected())) {
                return PublicationOutcome.Conflict.of(actual.equals(ObjectId.zeroId()) ? "" : actual.name(),
                        "somebody else moved " + push.branch() + " of " + address + " first");
            }
        } catch (ConnectorException e) {
            return PublicationOutcome.Rejected.of(address + " refused the push (" + why + ") and cannot be asked again");
        }
        return PublicationOutcome.Rejected.of(address + " refused the push: " + why);
    }

    private String said(String why) {
        return messages.isEmpty() ? why : why + " (" + messages + ")";
    }
}
