package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A git server that answers with anything but what it should. */
@Timeout(60)
class LyingServerTest {
    private static final Map<String, String> ADVERTISEMENT = Map.of("Content-Type", "application/x-git-receive-pack-advertisement");
    private static final Map<String, String> RESULT = Map.of("Content-Type", "application/x-git-receive-pack-result");

    @TempDir
    Path root;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void anAdvertisementThatIsNoneIsAProtocolError() throws Exception {
        String id = "a".repeat(40);
        String[] bodies = {"", "<html>login</html>", "0000", "zzzz", "001f# service=git-receive-pack\n", "001f# service=git-receive-pack\n0000",
            "001e# service=git-upload-pack\n0000", "001f# service=git-receive-pack\n0000ffff", "001f# service=git-receive-pack\n00000003",
            "001f# service=git-receive-pack\n0000000cnot an id0000", "001f# service=git-receive-pack\n0000003a" + id + " refs/heads/main"};
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            for (String body : bodies) {
                world.server.at(1, GitServer.answer(200, ADVERTISEMENT, bytes(body)));
                assertThatThrownBy(() -> world.publish(change)).as(body).isInstanceOfSatisfying(ConnectorException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_PROTOCOL));
            }
            world.server.at(1, GitServer.answer(200, Map.of("Content-Type", "text/html"), bytes("<html>")));
            assertThatThrownBy(() -> world.publish(change)).hasMessageContaining("does not answer as a git server");
            world.server.at(1, GitServer.answer(404, Map.of(), new byte[0]));
            assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED));
            world.server.at(1, GitServer.answer(503, Map.of(), new byte[0]));
            assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_FAILED));
            world.server.at(1, GitServer.answer(200, ADVERTISEMENT,
                    bytes("001f# service=git-receive-pack\n0000" + "0061" + "0".repeat(40) + " capabilities^{}\0report-status object-format=sha256\n0000")));
            assertThatThrownBy(() -> world.publish(change)).isInstanceOf(ConnectorException.class);
        }
    }

    @Test
    void anAnswerToAPushThatSaysNothingLeavesItUnknownAndNothingMoves() throws Exception {
        String[] bodies = {"", "<html>", "0000", "000eunpack ok\n0000", "0005\1", "0006\4xx", "0013\1000eunpack ok\n0000",
            "0033\1000eunpack ok\n0016ok refs/heads/other\n00000000", "0009\3fatal0000"};
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            String head = world.head();
            for (String body : bodies) {
                world.server.at(2, GitServer.answer(200, RESULT, bytes(body)));
                assertThat(world.publish(change).kind()).as(body).isEqualTo(PublicationOutcome.Kind.UNKNOWN);
                assertThat(world.head()).isEqualTo(head);
            }
            world.server.at(2, GitServer.answer(502, Map.of(), new byte[0]));
            assertThat(world.publish(change).kind()).isEqualTo(PublicationOutcome.Kind.UNKNOWN);
            assertThat(world.publish(change).kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
        }
    }

    @Test
    void aPackThatIsNoneIsAProtocolError() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.somebodyPushes("x.txt", "x\n");
            Map<String, String> type = Map.of("Content-Type", "application/x-git-upload-pack-result");
            String[] bodies = {"", "0000", "0008NAK\n", "0008NAK\n0006\3x", "0008NAK\n0009\1PACK", "0008NAK\n0011\1PACK\0\0\0\2\0\0\0\1",
                "0008NAK\n0013\1PACK\0\0\0\2\0\0\0\1\u001fx", "0011ERR go away..0000"};
            for (String body : bodies) {
                world.server.at(3, GitServer.answer(200, type, bytes(body)));
                assertThatThrownBy(() -> world.publish(change)).as(body).isInstanceOfSatisfying(ConnectorException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.CONNECTOR_PROTOCOL, ErrorCode.CONNECTOR_FAILED));
            }
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.server.at(1, exchange -> {
                exchange.getResponseHeaders().set("Content-Type", ADVERTISEMENT.get("Content-Type"));
                exchange.sendResponseHeaders(200, 0);
                byte[] chunk = new byte[1 << 20];
                while (true) {
                    exchange.getResponseBody().write(chunk);
                }
            });
            assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_PROTOCOL)).hasMessageContaining("more than");
        }
    }

    @Test
    void aServerThatDripsIsGivenUpAfterTheTimeout() throws Exception {
        try (World world = World.withOneCommit(root)) {
            CountDownLatch end = new CountDownLatch(1);
            PublishedChange change = world.change("a.txt", "two\n");
            world.set("timeout", "PT2S").server.at(1, exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                await(end);
                return true;
            });
            assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_FAILED)).hasMessageContaining("PT2S");
            end.countDown();
        }
    }

    @Test
    void anInterruptEndsTheWaitAtOnce() throws Exception {
        try (World world = World.withOneCommit(root)) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            PublishedChange change = world.change("a.txt", "two\n");
            world.server.at(1, exchange -> {
                asked.countDown();
                await(end);
                return true;
            });
            Throwable[] thrown = new Throwable[1];
            Thread caller = new Thread(() -> {
                try {
                    world.publish(change);
                } catch (Exception | AssertionError e) {
                    thrown[0] = e;
                }
            });
            caller.start();
            asked.await();
            long start = System.nanoTime();
            caller.interrupt();
            caller.join();
            end.countDown();

            assertThat(thrown[0]).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void closingLeavesNoThreadOfOursAndTwiceIsHarmless() throws Exception {
        try (World world = World.withOneCommit(root)) {
            var connector = world.connector();
            connector.check();
            connector.close();
            connector.close();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("autosync-github")) {
                    thread.join(5000);
                    assertThat(thread.isAlive()).isFalse();
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
