package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.FileContent;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Applied;
import dev.autosync.publish.PublicationOutcome.Rejected;
import dev.autosync.publish.PublishedChange;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed, as the real git sees it. */
class PublishingTest {
    @TempDir
    Path root;

    @Test
    void pushesExactlyTheChangesAndLeavesTheWorkspaceClean() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange[] changes = {world.change("a.txt", "two\n"), world.change("fresh/c.txt", "c\n"), world.delete("src/deep/b.txt")};

            PublicationOutcome outcome = world.publish(changes);

            assertThat(outcome).isInstanceOf(Applied.class);
            assertThat(((Applied) outcome).revision()).isEqualTo(world.remoteTip()).isEqualTo(world.head());
            assertThat(outcome.reason()).doesNotContain("not moved");
            assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
            assertThat(world.bare.run("ls-tree", "-r", "--name-only", "main")).isEqualTo("a.txt\nfresh/c.txt\nrun.sh");
            assertThat(world.bare.run("show", "main:a.txt")).isEqualTo("two");
            assertThat(world.bare.run("log", "--format=%an <%ae> %cI|%s|%b", "-1")).isEqualTo("AutoSync <autosync@localhost> 2026-11-25T12:00:00+00:00"
                    + "|Apply 1 patch|patch p1 is green\n2 runs\n\nAutoSync-Publication: " + World.KEY + "\nAutoSync-Cycle: cycle-1");
            assertThat(world.bare.run("fsck", "--full", "--strict")).isEmpty();
            assertThat(world.workspace.run("fsck", "--full", "--strict")).isEmpty();
        }
    }

    @Test
    void laterPullsAndPublicationsGoOnFromThere() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.publish(world.change("a.txt", "two\n"));
            world.workspace.run("remote", "add", "origin", world.bare.folder().toString());
            String theirs = world.somebodyPushes("theirs.txt", "x\n");

            world.workspace.run("pull", "-q", "--ff-only", "origin", "main");
            PublicationOutcome outcome = world.publish(World.publication("b".repeat(64), world.change("a.txt", "three\n")));

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.bare.run("rev-parse", "main^")).isEqualTo(theirs);
            assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void planAfterPublishingIsEmpty() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.publish(change);

            assertThat(world.connector().plan(World.publication(change)).steps()).isEmpty();
        }
    }

    @Test
    void planningWritesNothingIntoEitherRepository() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            FolderContent before = FolderContent.of(root.resolve("work/.git"));
            FolderContent bareBefore = FolderContent.of(root.resolve("o"));

            assertThat(world.connector().plan(World.publication(change)).steps()).hasSize(1);

            assertThat(FolderContent.of(root.resolve("work/.git"))).isEqualTo(before);
            assertThat(FolderContent.of(root.resolve("o"))).isEqualTo(bareBefore);
        }
    }

    @Test
    void leavesEverybodyElsesEditsAlone() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.write("src/deep/b.txt", "staged\n").run("add", "src/deep/b.txt");
            world.workspace.write("run.sh", "dirty\n").write("untracked.txt", "u\n");
            String status = world.workspace.run("status", "--porcelain");

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.workspace.run("status", "--porcelain")).isEqualTo(status);
            assertThat(world.bare.run("diff", "--name-only", "main^", "main")).isEqualTo("a.txt");
        }
    }

    @Test
    void anotherContentThatIsStagedForThePublishedFileStaysStaged() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            world.workspace.write("a.txt", "staged by hand\n").run("add", "a.txt");

            world.publish(change);

            assertThat(world.bare.run("show", "main:a.txt")).isEqualTo("two");
            assertThat(world.workspace.run("show", ":a.txt")).isEqualTo("staged by hand");
        }
    }

    @Test
    void refusesAFileThatHadUncommittedEditsBefore() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.write("a.txt", "mine\n");
            String tip = world.remoteTip();

            PublicationOutcome outcome = world.publish(world.change("a.txt", "mine, patched\n"));

            assertThat(outcome).isInstanceOf(Rejected.class);
            assertThat(outcome.reason()).contains("a.txt", "differed from the last commit");
            assertThat(world.remoteTip()).isEqualTo(tip).isEqualTo(world.head());
        }
    }

    @Test
    void skipsWhatTheLastCommitHasAlready() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange committed = world.change("a.txt", "two\n");
            world.workspace.run("commit", "-q", "-am", "by hand");
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");

            world.publish(committed, world.change("c.txt", "c\n"));

            assertThat(world.bare.run("diff", "--name-only", "main^", "main")).isEqualTo("c.txt");
        }
    }

    @Test
    void keepsTheRightToBeExecutedInBothDirections() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.publish(world.change("run.sh", FileContent.of("echo 2\n").executable(true)),
                    world.change("a.txt", FileContent.of("one\n").executable(true)));

            assertThat(world.bare.run("ls-tree", "main", "run.sh", "a.txt")).contains("100755 blob").doesNotContain("100644");
            world.publish(World.publication("b".repeat(64), world.change("run.sh", "echo 2\n")));
            assertThat(world.bare.run("ls-tree", "main", "run.sh")).startsWith("100644");
            assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void aFileSystemWithoutThatRightChangesNoMode() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.run("config", "core.filemode", "false");

            world.publish(world.change("run.sh", "echo 2\n"));

            assertThat(world.bare.run("ls-tree", "main", "run.sh")).startsWith("100755");
        }
    }

    @Test
    void refusesLinksSubmodulesAndFoldersInTheWay() throws Exception {
        try (World world = World.withOneCommit(root)) {
            Files.createSymbolicLink(world.workspace.folder().resolve("link"), Path.of("a.txt"));
            world.workspace.run("update-index", "--add", "--cacheinfo", "160000," + world.head() + ",module");
            world.workspace.run("add", "link");
            world.workspace.run("commit", "-q", "-m", "links");
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
            String tip = world.remoteTip();
            FileContent x = FileContent.of("x\n");

            for (String path : new String[] {"link", "link/x", "module", "module/x", "src", "a.txt/x"}) {
                PublicationOutcome outcome = world.publish(PublishedChange.of(path, null, x));
                assertThat(outcome).as(path).isInstanceOf(Rejected.class);
                assertThat(outcome.reason()).contains(path);
            }
            assertThat(world.remoteTip()).isEqualTo(tip);
        }
    }

    @Test
    void refusesNamesThatAreGitsOwn() throws Exception {
        try (World world = World.withOneCommit(root)) {
            for (String path : new String[] {".git/config", ".GIT/x", "a/.git/x", "git~1/x", "../x", "/x", "a//x", ".g\u200cit/x"}) {
                PublicationOutcome outcome = world.publish(PublishedChange.of(path, null, FileContent.of("x")));
                assertThat(outcome).as(path).isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void createsTheBranchOfAnEmptyRemoteWithItsHistory() throws Exception {
        try (World world = World.empty(root)) {
            world.workspace.write("a.txt", "one\n").commitAll("first");
            world.workspace.write("b/c/d.txt", "d\n").commitAll("second");

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.bare.run("log", "--format=%s", "main")).isEqualTo("Apply 1 patch\nsecond\nfirst");
            assertThat(world.bare.run("fsck", "--full", "--strict")).isEmpty();
        }
    }

    @Test
    void makesTheFirstCommitOfAll() throws Exception {
        try (World world = World.empty(root)) {
            PublicationOutcome outcome = world.publish(world.change("src/a.txt", "one\n"));

            assertThat(outcome.reason()).doesNotContain("not moved");
            assertThat(world.remoteTip()).isEqualTo(world.head());
            assertThat(world.bare.run("ls-tree", "-r", "--name-only", "main")).isEqualTo("src/a.txt");
        }
    }

    @Test
    void createsAnotherBranchBesideThoseThatAreThere() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.run("checkout", "-q", "-b", "feature/x");

            PublicationOutcome outcome = world.set("branch", "feature/x").publish(world.change("a.txt", "two\n"));

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.bare.run("log", "--format=%s", "feature/x")).isEqualTo("Apply 1 patch\nfirst");
        }
    }

    @Test
    void publishesFromAPackedRepositoryAndFromAShallowClone() throws Exception {
        try (World world = World.withOneCommit(root)) {
            for (int i = 0; i < 20; i++) {
                world.workspace.write("big.txt", "line\n".repeat(500) + i).commitAll("c" + i);
            }
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
            world.workspace.run("gc", "-q", "--aggressive");
            assertThat(world.publish(world.change("big.txt", "x\n")).kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.workspace.run("fsck", "--full")).isEmpty();

            Path shallow = root.resolve("shallow");
            new Git(root).run("clone", "-q", "--depth", "1", "file://" + world.bare.folder(), shallow.toString());
            Files.move(world.workspace.folder(), root.resolve("gone"));
            Files.move(shallow, world.workspace.folder());
            PublicationOutcome outcome = world.publish(World.publication("b".repeat(64), world.change("a.txt", "y\n")));
            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
            assertThat(world.bare.run("fsck", "--full")).isEmpty();
        }
    }

    @Test
    void readsAnIndexOfEveryVersion() throws Exception {
        for (String version : new String[] {"2", "3", "4"}) {
            Path place = Files.createDirectory(root.resolve("v" + version));
            try (World world = World.withOneCommit(place)) {
                world.workspace.write("src/deep/b2.txt", "b\n").write("src/\u00e4.txt", "\u00e4\n").commitAll("more");
                world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
                world.workspace.run("update-index", "--skip-worktree", "run.sh");
                world.workspace.run("update-index", "--index-version", version);
                String entries = world.workspace.run("ls-files", "-s", "-v", "src", "run.sh");

                assertThat(world.publish(world.change("a.txt", "two\n"), world.change("src/deeper.txt", "n\n")).reason()).doesNotContain("not moved");

                assertThat(world.workspace.run("status", "--porcelain")).isEmpty();
                assertThat(world.workspace.run("ls-files", "-s", "-v", "src", "run.sh")).contains(entries.split("\n"));
            }
        }
    }

    @Test
    void standsEvenIfTheWorkspaceCannotFollow() throws Exception {
        try (World world = World.withOneCommit(root)) {
            String head = world.head();
            Files.createFile(world.workspace.folder().resolve(".git/index.lock"));

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome).isInstanceOf(Applied.class);
            assertThat(outcome.reason()).contains("the workspace's own branch was not moved", "index.lock");
            assertThat(world.head()).isEqualTo(head).isNotEqualTo(world.remoteTip());
        }
    }

    @Test
    void publishesNothingInTheMiddleOfAMerge() throws Exception {
        try (World world = World.withOneCommit(root)) {
            Files.writeString(world.workspace.folder().resolve(".git/MERGE_HEAD"), world.head());

            assertThat(world.publish(world.change("a.txt", "two\n")).reason()).contains("MERGE_HEAD");
        }
    }

    @Test
    void publishesOnlyFromTheConfiguredBranch() throws Exception {
        try (World world = World.withOneCommit(root)) {
            assertThat(world.set("branch", "release").publish(world.change("a.txt", "two\n")).reason()).contains("main", "release");
            world.workspace.run("checkout", "-q", "--detach");
            assertThat(world.connector().check().field()).contains("branch");
        }
    }

    @Test
    void publishesToABareRepositoryInAFolderIfThatIsAllowed() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.set("remote", world.bare.folder().toUri().toString().replaceFirst("/+$", "")).set("allowFileRemote", true);

            PublicationOutcome outcome = world.publish(world.change("a.txt", "two\n"));

            assertThat(outcome.kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            assertThat(world.remoteTip()).isEqualTo(world.head());
            assertThat(world.bare.run("fsck", "--full", "--strict")).isEmpty();
            String theirs = world.somebodyPushes("x.txt", "x\n");
            assertThat(((PublicationOutcome.Conflict) world.publish(World.publication("b".repeat(64), world.change("a.txt", "three\n")))).actual())
                    .isEqualTo(theirs);
        }
    }
}
