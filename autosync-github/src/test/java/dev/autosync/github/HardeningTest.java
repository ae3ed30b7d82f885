package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileContent;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Rejected;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that wants to run something, or is not what it seems. */
class HardeningTest {
    private static final List<String> HOOKS = List.of("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "pre-push", "post-checkout",
            "reference-transaction", "post-index-change", "pre-auto-gc", "post-rewrite");

    @TempDir
    Path root;

    private Path marks() throws IOException {
        return Files.createDirectories(root.resolve("marks"));
    }

    private long countMarks() throws IOException {
        try (Stream<Path> files = Files.list(marks())) {
            return files.count();
        }
    }

    private String script(String name) throws IOException {
        return script(name, "cat");
    }

    private String script(String name, String then) throws IOException {
        Path script = root.resolve("script-" + name);
        Files.writeString(script, "#!/bin/sh\ntouch '" + marks().resolve(name) + "'\n" + then + "\n");
        script.toFile().setExecutable(true);
        return script.toString();
    }

    @Test
    void noHookOfTheWorkspaceRuns() throws Exception {
        try (World world = World.withOneCommit(root)) {
            for (String hook : HOOKS) {
                Path place = world.workspace.folder().resolve(".git/hooks/" + hook);
                Files.createDirectories(place.getParent());
                Files.copy(Path.of(script(hook, "exit 0")), place);
                place.toFile().setExecutable(true);
            }

            assertThat(world.publish(world.change("a.txt", "two\n")).kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);

            assertThat(countMarks()).isZero();
            // The control: git itself runs them.
            world.workspace.write("a.txt", "three\n").run("commit", "-q", "-am", "by hand");
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
            assertThat(countMarks()).isGreaterThan(4);
        }
    }

    @Test
    void nothingThatTheRepositoryConfiguresIsRunOrObeyed() throws Exception {
        try (World world = World.withOneCommit(root)) {
            Git git = world.workspace;
            git.run("config", "core.fsmonitor", script("fsmonitor", "exit 0"));
            git.run("config", "core.sshCommand", script("ssh"));
            git.run("config", "core.editor", script("editor"));
            git.run("config", "core.hooksPath", marks().toString());
            git.run("config", "credential.helper", script("credential"));
            git.run("config", "core.askPass", script("askpass"));
            git.run("config", "gpg.program", script("gpg"));
            git.run("config", "commit.gpgSign", "true");
            git.run("config", "url.http://127.0.0.1:1/.insteadOf", world.server.address(""));
            git.run("config", "url.http://127.0.0.1:1/.pushInsteadOf", world.server.address(""));
            git.run("config", "http.proxy", "http://127.0.0.1:1");
            git.run("config", "http.extraHeader", "X-Stolen: yes");
            git.run("config", "http.cookieFile", "/etc/passwd");
            git.run("config", "http.followRedirects", "true");
            git.run("config", "user.name", "Somebody Else");
            git.write("included", "[core]\n\tautocrlf = true\n\tworktree = /\n");
            git.run("config", "include.path", git.folder().resolve("included").toString());

            assertThat(world.publish(world.change("a.txt", "two\n")).kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);

            assertThat(countMarks()).isZero();
            assertThat(world.bare.run("log", "-1", "--format=%an", "main")).isEqualTo("AutoSync");
            // The control: git itself is led astray.
            Files.delete(git.folder().resolve("included"));
            assertThat(git.attempt("push", world.server.address("o/r.git"), "main").exit()).isNotZero();
            git.attempt("status");
            git.attempt("commit", "-q", "--allow-empty", "-m", "x");
            assertThat(countMarks()).isGreaterThan(1);
        }
    }

    @Test
    void noFilterRunsAndAFileThatNeedsOneIsRefused() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.write(".gitattributes", "*.bin filter=trap\n").commitAll("attributes");
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
            world.workspace.run("config", "filter.trap.clean", script("clean"));
            world.workspace.run("config", "filter.trap.smudge", script("smudge"));
            String tip = world.remoteTip();

            PublicationOutcome outcome = world.publish(world.change("x.bin", "x\n"), world.change("a.txt", "two\n"));

            assertThat(outcome).isInstanceOf(Rejected.class);
            assertThat(outcome.reason()).contains("x.bin", "filter=trap");
            assertThat(world.remoteTip()).isEqualTo(tip);
            assertThat(countMarks()).isZero();
            // The control: git itself runs it.
            world.workspace.run("add", "x.bin");
            assertThat(countMarks()).isEqualTo(1);
        }
    }

    @Test
    void refusesExactlyTheBytesThatGitWouldStoreDifferently() throws Exception {
        try (World world = World.withOneCommit(root)) {
            world.workspace.write(".gitattributes", """
                    [attr]wide working-tree-encoding=UTF-16
                    *.txt text
                    *.auto text=auto
                    *.eol eol=crlf
                    *.raw -text
                    *.bin binary
                    *.wide wide
                    *.id ident
                    "sp ace.dat" filter=trap
                    deep/** text=auto
                    """);
            world.workspace.write("sub/.gitattributes", "*.txt -text\n/only.dat text\n");
            world.workspace.write("link.txt", "l\n").write(".git/info/attributes", "*.info text\n");
            world.workspace.commitAll("attributes");
            world.workspace.run("push", "-q", world.bare.folder().toString(), "main");
            String[] contents = {"lf\n", "cr\r\nlf\r\n", "$Id: 1 $\n", "\0bin\r\n", "mixed\r\nlf\n"};
            String[] paths = {"n.txt", "n.auto", "n.eol", "n.raw", "n.bin", "n.id", "sub/n.txt", "sub/only.dat", "deep/er/n", "n.info", "n.none"};

            for (String content : contents) {
                for (String path : paths) {
                    world.workspace.write(path, content);
                }
                List<String> stored = stored(world.workspace, paths);
                List<String> plain = world.workspace.run(with(paths, "hash-object", "--no-filters", "--")).lines().toList();
                world.workspace.run(with(paths, "rm", "-q", "--cached", "-f", "--"));
                for (String path : paths) {
                    Files.delete(world.workspace.folder().resolve(path));
                }
                for (int i = 0; i < paths.length; i++) {
                    boolean refused = world.connector().plan(World.publication(PublishedChange.of(paths[i], null, FileContent.of(content))))
                            .steps().get(0).contains("nothing is pushed");

                    assertThat(refused).as(paths[i] + " with " + content.strip()).isEqualTo(!stored.get(i).equals(plain.get(i)));
                }
            }
            for (String path : new String[] {"n.wide", "sp ace.dat"}) {
                assertThat(world.publish(PublishedChange.of(path, null, FileContent.of("x")))).as(path).isInstanceOf(Rejected.class);
            }
            world.workspace.run("config", "core.autocrlf", "input");
            assertThat(world.publish(PublishedChange.of("n.none", null, FileContent.of("a\r\n")))).isInstanceOf(Rejected.class);
        }
    }

    /** The ids under which git stores files, by its rules. */
    private static List<String> stored(Git git, String... paths) throws Exception {
        git.run(with(paths, "add", "-f", "--"));
        String[] inIndex = Stream.of(paths).map(path -> ":" + path).toArray(String[]::new);
        return git.run(with(inIndex, "rev-parse")).lines().toList();
    }

    private static String[] with(String[] paths, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(paths)).toArray(String[]::new);
    }

    @Test
    void aRepositoryOfSomebodyElseIsRefused() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        for (String path : new String[] {"work", "work/.git"}) {
            try (World world = World.withOneCommit(Files.createTempDirectory(root, "w"))) {
                PublishedChange change = world.change("a.txt", "two\n");
                Files.setAttribute(world.root.resolve(path), "unix:uid", 12345);

                assertThatThrownBy(() -> world.publish(change)).isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED);
                    assertThat(e.getMessage()).contains(path, "12345", "allowForeignOwner");
                });
                // The control: only the owner stood in the way.
                assertThat(world.set("allowForeignOwner", true).publish(change).kind()).isEqualTo(PublicationOutcome.Kind.APPLIED);
            }
        }
    }

    @Test
    void aRepositoryThatReachesElsewhereIsRefused() throws Exception {
        String[][] links = {{".git"}, {".git/objects"}, {".git/refs"}, {".git/objects/pack"}, {".git/refs/heads"}, {".git/HEAD"},
            {".git/config"}, {".git/index"}, {".git/refs/heads/main"}};
        for (String[] link : links) {
            try (World world = World.withOneCommit(Files.createTempDirectory(root, "w"))) {
                PublishedChange change = world.change("a.txt", "two\n");
                String tip = world.remoteTip();
                Path place = world.workspace.folder().resolve(link[0]);
                Path away = world.root.resolve("away");
                Files.move(place, away);
                Files.createSymbolicLink(place, away);
                FolderContent before = FolderContent.of(world.root);

                if (link[0].equals(".git/index")) {
                    assertThat(world.publish(change).reason()).contains("not moved", "link");
                    assertThat(world.workspace.run("ls-files", "-s", "a.txt")).contains(world.workspace.run("rev-parse", "HEAD:a.txt"));
                } else {
                    assertThatThrownBy(() -> world.publish(change)).as(link[0]).isInstanceOfSatisfying(ConnectorException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED));
                    assertThat(world.remoteTip()).isEqualTo(tip);
                    assertThat(FolderContent.of(world.root)).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void borrowedObjectsLinkedWorktreesAndUnknownFormatsAreRefused() throws Exception {
        String[][] cases = {{".git/objects/info/alternates", "/tmp\n", "alternates"}, {".git/commondir", "..\n", "commondir"},
            {".git/config", "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n", "objectformat"},
            {".git/config", "[core]\nrepositoryformatversion = 1\n[extensions]\nrefstorage = reftable\n", "refstorage"},
            {".git/config", "[extensions]\nsomethingElse = x\n", "somethingElse"},
            {".git/config", "[core]\nworktree = /tmp\n", "core.worktree"}, {".git/config", "[core\n", "config"}};
        for (String[] one : cases) {
            try (World world = World.withOneCommit(Files.createTempDirectory(root, "w"))) {
                PublishedChange change = world.change("a.txt", "two\n");
                world.workspace.write(one[0], one[1]);

                assertThatThrownBy(() -> world.publish(change)).as(one[2]).isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR_REFUSED);
                    assertThat(e.getMessage()).contains(one[2]);
                });
            }
        }
        try (World world = World.withOneCommit(Files.createTempDirectory(root, "w"))) {
            Path linked = world.root.resolve("linked");
            world.workspace.run("worktree", "add", "-q", linked.toString());
            TestContext context = new TestContext(world.context().values(), linked, world.state());
            try (var connector = new GitHubConnectorFactory().open(context)) {
                assertThat(connector.check().message()).contains("link or a file");
            }
        }
    }

    @Test
    void damagedObjectsAndRefsAreFailuresThatSayWhat() throws Exception {
        try (World world = World.withOneCommit(root)) {
            PublishedChange change = world.change("a.txt", "two\n");
            String head = world.head();
            Path commit = world.workspace.folder().resolve(".git/objects/" + head.substring(0, 2) + "/" + head.substring(2));
            commit.toFile().setWritable(true);
            for (byte[] damage : new byte[][] {{}, {1, 2, 3}, new byte[4096]}) {
                Files.write(commit, damage);
                assertThatThrownBy(() -> world.publish(change)).isInstanceOf(ConnectorException.class);
            }
            world.workspace.write(".git/refs/heads/main", "ref: refs/heads/other\n");
            assertThatThrownBy(() -> world.publish(change)).hasMessageContaining("refs/heads/main");
        }
    }
}
