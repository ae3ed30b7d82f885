package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.ErrorCode;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Applied;
import dev.autosync.publish.PublicationOutcome.Conflict;
import dev.autosync.publish.PublicationOutcome.Rejected;
import dev.autosync.publish.PublicationOutcome.Unknown;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publication arrives once or not at all, whoever else pushes and whatever is lost on the way. */
class ExactlyOnceTest {
    @TempDir
    Path root;

    @Test
    void somebodyWasFirstBeforeThePlan() throws Exception {
        try (World world = World.withOneCommit(root)) {
            String theirs = world.somebodyPushes("theirs.txt", "x\n");
            PublishedChange change = world.change("a.txt", "two\n");
            FolderContent before = FolderContent.of(root.resolve("work"));
            FolderContent bareBefore = FolderContent.of(root.resolve("o"));

            PublicationOutcome outcome = world.publish(change);

            assertThat(((Conflict) outcome).actual()).isEqualTo(theirs);
            assertThat(FolderContent.of(root.resolve("work"))).isEqualTo(before);
            assertThat(FolderContent.of(root.resolve("o"))).isEqualTo(bareBefore);
        }
    }

    @Test
    void somebodyWasFirstBetweenPlanAndPush() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            Sink sink = world.connector();
            PublicationPlan plan = sink.plan(World.publication(change));
            String theirs = world.somebodyPushes("theirs.txt", "x\n");
            FolderContent before = FolderContent.of(root.resolve("work"));

            PublicationOutcome outcome = sink.publish(plan, World.KEY);

            assertThat(((Conflict) outcome).actual()).isEqualTo(theirs);
            assertThat(world.remoteTip()).isEqualTo(theirs);
            assertThat(FolderContent.of(root.resolve("work"))).isEqualTo(before);
        }
    }

    @Test
    void somebodyCreatedTheBranchBetweenPlanAndPush() throws Exception {
        try (World world = World.empty(root)) {
            PublishedChange change = world.change("a.txt", "one\n");
            Sink sink = world.connector();
            PublicationPlan plan = sink.plan(World.publication(change));
            Git other = new Git(Files.createDirectory(root.resolve("elsewhere")));
            other.run("init", "-q", "-b", "main");
            String theirs = other.write("b.txt", "b\n").commitAll("theirs");
            other.run("push", "-q", world.bare.folder().toString(), "main");

            assertThat(((Conflict) sink.publish(plan, World.KEY)).actual()).isEqualTo(theirs);
            assertThat(world.remoteTip()).isEqualTo(theirs);
        }
    }

    @Test
    void aLostAnswerIsFoundByPlanningAgain() throws Exception {
        try (World world = World.withOneCommit(root)) {
            Publication publication = World.publication(world.change("a.txt", "two\n"));
            world.server.at(2, GitServer.cutAfter());
            assertThat(world.publish(publication)).isInstanceOf(Unknown.class);
            String landed = world.remoteTip();
            assertThat(landed).isNotEqualTo(world.head());

            PublicationOutcome outcome = world.publish(publication);

            assertThat(((Applied) outcome).revision()).isEqualTo(landed).isEqualTo(world.remoteTip()).isEqualTo(world.head());
            assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
            assertThat(world.workspace.run("fsck", "--full")).isEmpty();
        }
    }

    @Test
    void aLostAnswerIsFoundEvenIfOthersPushedOnTopOfIt() throws Exception {
        for (String filter : new String[] {"true", "false"}) {
            try (World world = World.withOneCommit(Files.createDirectory(root.resolve(filter)))) {
                world.bare.run("config", "uploadpack.allowFilter", filter);
                Publication publication = World.publication(world.change("a.txt", "two\n"));
                world.server.at(2, GitServer.cutAfter());
                assertThat(world.publish(publication)).isInstanceOf(Unknown.class);
                String landed = world.remoteTip();
                world.somebodyPushes("theirs.txt", IntStream.range(0, 10).mapToObj(i -> "x\n".repeat(300) + i).toArray(String[]::new));
                world.bare.run("gc", "-q", "--aggressive");

                PublicationOutcome outcome = world.publish(publication);

                assertThat(((Applied) outcome).revision()).isEqualTo(landed).isEqualTo(world.head());
                assertThat(world.bare.run("log", "--format=%s", "--grep=AutoSync-Publication", "main")).isEqualTo("Apply 1 patch");
                world.workspace.run("pull", "-q", "--ff-only", world.bare.folder().toString(), "main");
                assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
            }
        }
    }

    @Test
    void cuttingAnyRequestBeforeOrAfterItsWorkAndTryingAgainHasOneEffect() throws Exception {
        for (int k = 1; k <= 2; k++) {
            for (GitServer.Fault fault : new GitServer.Fault[] {GitServer.cutBefore(), GitServer.cutAfter()}) {
                try (World world = World.withOneCommit(Files.createTempDirectory(root, "w"))) {
                    Publication publication = World.publication(world.change("a.txt", "two\n"));
                    world.server.at(k, fault);

                    PublicationOutcome outcome = untilSettled(world, publication);

                    assertThat(((Applied) outcome).revision()).isEqualTo(world.remoteTip()).isEqualTo(world.head());
                    assertThat(world.bare.run("rev-list", "--count", "main")).isEqualTo("2");
                }
            }
        }
    }

    private static PublicationOutcome untilSettled(World world, Publication publication) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            try {
                PublicationOutcome outcome = world.publish(publication);
                if (!(outcome instanceof Unknown)) {
                    return outcome;
                }
            } catch (ConnectorException e) {
                assertThat(e.retryable()).isTrue();
            }
        }
        throw new AssertionError("never settled");
    }

    @Test
    void aTrailerThatSomebodyWroteIntoTheDescriptionIsNotTaken() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.publish(Publication.of("b".repeat(64), "c", "title\n\nAutoSync-Publication: " + World.KEY,
                    "text\n\nAutoSync-Publication: " + World.KEY, true, java.util.List.of(change), java.util.List.of()));
            world.workspace.run("reset", "-q", "--hard", "HEAD^");

            PublicationOutcome outcome = world.publish(World.publication(world.change("a.txt", "two\n")));

            assertThat(outcome).isInstanceOf(Conflict.class);
        }
    }

    @Test
    void doesNotPushCommitsThatTheUserHasNotPushed() throws Exception {
        try (World world = World.withOneCommit(root)) {
            String tip = world.remoteTip();
            world.workspace.write("private.txt", "p\n").commitAll("not for others");

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome).isInstanceOf(Conflict.class);
            assertThat(outcome.reason()).contains("push them first");
            assertThat(world.remoteTip()).isEqualTo(tip);
        }
    }

    @Test
    void aHookOfTheServerThatSaysNoIsARejection() throws Exception {
        try (World world = World.withOneCommit(root)) {
            Path hook = world.bare.folder().resolve("hooks/pre-receive");
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\nprintf 'policy \\033[31mfoo\\033[0m\\n' >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
            String tip = world.remoteTip();

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome).isInstanceOf(Rejected.class);
            assertThat(outcome.reason()).contains("pre-receive hook declined", "policy").doesNotContain("\033");
            assertThat(world.remoteTip()).isEqualTo(tip).isEqualTo(world.head());
        }
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.set("token", "secret:test/another-token-of-somebody");

            assertThatThrownBy(() -> world.publish(world.change("a.txt", "two\n"))).isInstanceOfSatisfying(ConnectorException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED);
                assertThat(e.getMessage()).contains("secret:test/REFERENCE").doesNotContain("another-token");
            });
            assertThat(world.connector().check().isOk()).isFalse();
        }
    }

    @Test
    void aServerThatIsNotThereMayBeThereLater() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.server.close();

            assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_FAILED);
                assertThat(e.retryable()).isTrue();
            });
        }
    }

    @Test
    void arrivesOnceEachThoughSomebodyIsFirstEveryTime() throws Exception {
        try (World world = World.withOneCommit(root)) {
            int landed = 0;
            for (int i = 0; i < 5; i++) {
                String id = Integer.toString(i).repeat(64);
                PublishedChange change = world.change("w" + i + ".txt", "x\n");
                Publication publication = World.publication(id, change);
                Sink sink = world.connector();
                PublicationPlan plan = sink.plan(publication);
                world.somebodyPushes("other" + i + ".txt", "y\n");
                assertThat(sink.publish(plan, id)).isInstanceOf(Conflict.class);
                world.workspace.run("pull", "-q", "--ff-only", world.bare.folder().toString(), "main");
                landed += world.publish(publication) instanceof Applied ? 1 : 0;
            }
            assertThat(landed).isEqualTo(5);
            assertThat(world.bare.run("log", "--format=%(trailers:key=AutoSync-Publication,valueonly,separator=)", "main").lines()
                    .filter(line -> !line.isBlank()).distinct().count()).isEqualTo(5);
        }
    }

    @Test
    void checkChangesNothing() throws Exception {
        try (World world = World.withOneCommit(root)) {
            FolderContent before = FolderContent.of(root);

            assertThat(world.connector().check().isOk()).isTrue();

            assertThat(FolderContent.of(root)).isEqualTo(before);
        }
    }
}
