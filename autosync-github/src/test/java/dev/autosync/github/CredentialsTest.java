package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.Sink;
import dev.autosync.spi.StatusReporter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token goes to one origin, and stays in memory. */
class CredentialsTest {
    @TempDir
    Path root;

    /** Somebody else's server: it notes what it is given, and challenges or not. */
    private static final class Target implements AutoCloseable {
        private final HttpServer server;
        private final List<String> seen = new CopyOnWriteArrayList<>();

        Target(int status) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            server.start();
        }

        String address(String host) {
            return "http://" + host + ":" + server.getAddress().getPort() + "/o/r.git/info/refs?service=git-receive-pack";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void aRedirectIsNotFollowedWhereverItLeads() throws Exception {
        try (World world = World.withOneCommit(root); Target open = new Target(200); Target challenging = new Target(401)) {
            PublishedChange change = world.change("a.txt", "two\n");
            for (Target target : List.of(open, challenging)) {
                for (int redirect : new int[] {301, 302, 303, 307, 308}) {
                    for (String host : new String[] {"127.0.0.1", "localhost"}) {
                        world.server.at(1, GitServer.answer(redirect, Map.of("Location", target.address(host)), new byte[0]));

                        assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(AutoSyncException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED)).hasMessageContaining("points to another address");

                        assertThat(target.seen).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void aClientThatFollowsWouldHaveAskedTheTarget() throws Exception {
        try (World world = World.withOneCommit(root); Target target = new Target(200)) {
            world.server.at(1, GitServer.answer(302, Map.of("Location", target.address("localhost")), new byte[0]));
            HttpClient follows = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

            follows.send(HttpRequest.newBuilder(URI.create(world.server.address("o/r.git/info/refs"))).header("Authorization", "Basic x").build(),
                    HttpResponse.BodyHandlers.discarding());

            assertThat(target.seen).hasSize(1);
        }
    }

    @Test
    void aRedirectOfThePushItselfIsNotFollowed() throws Exception {
        try (World world = World.withOneCommit(root); Target target = new Target(200)) {
            world.server.at(2, GitServer.answer(307, Map.of("Location", target.address("localhost")), new byte[0]));

            assertThatThrownBy(() -> world.publish(world.change("a.txt", "two\n"))).hasMessageContaining("points to another address");

            assertThat(target.seen).isEmpty();
        }
    }

    @Test
    void theTokenIsOnNoDiskAndInNoMessage() throws Exception {
        try (World world = World.withOneCommit(root)) {
            List<String> said = new ArrayList<>();
            byte[] echo = ("token " + GitServer.TOKEN + " pair " + basic()).getBytes(StandardCharsets.UTF_8);
            Map<String, String> text = Map.of("Content-Type", "text/plain");
            world.server.at(1, GitServer.answer(401, text, echo));
            world.server.at(2, GitServer.answer(403, text, echo));
            world.server.at(3, GitServer.answer(302, Map.of("Location", "http://127.0.0.1/" + GitServer.TOKEN + "?" + basic()), new byte[0]));
            world.server.at(4, GitServer.answer(200, Map.of("Content-Type", "application/x-git-receive-pack-advertisement"),
                    ("001f# service=git-receive-pack\n0000" + pkt("ERR " + GitServer.TOKEN)).getBytes(StandardCharsets.UTF_8)));
            world.server.at(6, GitServer.cutBefore());
            PublishedChange change = world.change("a.txt", "two\n");
            for (int i = 0; i < 5; i++) {
                try {
                    said.add(String.valueOf(world.publish(change)));
                } catch (AutoSyncException e) {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    said.add(trace.toString());
                }
            }
            Path hook = Files.createDirectories(world.bare.folder().resolve("hooks")).resolve("pre-receive");
            Files.writeString(hook, "#!/bin/sh\necho " + GitServer.TOKEN + " " + basic() + " >&2\nexit 1\n");
            hook.toFile().setExecutable(true);
            said.add(world.publish(change).toString());
            Files.delete(hook);
            PublicationOutcome outcome = world.publish(change);
            said.add(outcome.toString());

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(said).hasSize(7).allSatisfy(one -> assertThat(one).doesNotContain(GitServer.TOKEN).doesNotContain(basic()));
            assertThat(world.server.requests).noneMatch(request -> request.contains(GitServer.TOKEN));
            assertThat(world.server.authorizations).contains("Basic " + basic());
            assertNoFileHolds(root.resolve("work"), root.resolve("state"));
        }
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString(("x-access-token:" + GitServer.TOKEN).getBytes(StandardCharsets.UTF_8));
    }

    private static String pkt(String text) {
        return String.format("%04x", text.length() + 4) + text;
    }

    private static void assertNoFileHolds(Path... folders) throws Exception {
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString())
                            .doesNotContain(GitServer.TOKEN).doesNotContain(basic()).doesNotContain("canary");
                }
            }
        }
    }

    @Test
    void aTokenThatIsNoneIsRefusedWithoutBeingShown() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.set("token", "secret:test/ghs_with_a_line_end\n");

            assertThatThrownBy(() -> world.publish(world.change("a.txt", "two\n"))).isInstanceOfSatisfying(AutoSyncException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNUSABLE)).hasMessageNotContaining("ghs_with");
        }
    }

    @Test
    void theRestHalfGivesItsTokenToItsOwnOriginOnly() throws Exception {
        try (World world = World.withOneCommit(root); Target api = new Target(302); Target other = new Target(200)) {
            world.set("api", api.address("127.0.0.1").replaceFirst("/o/r.*", ""));
            Sink connector = world.connector();

            assertThatThrownBy(() -> ((StatusReporter) connector).mark("a".repeat(40), true, "x")).hasMessageContaining("points to another address");

            assertThat(api.seen).containsExactly("Bearer " + GitServer.TOKEN);
            assertThat(other.seen).isEmpty();
        }
    }
}
