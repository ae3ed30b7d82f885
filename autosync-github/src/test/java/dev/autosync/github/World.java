package dev.autosync.github;

import dev.autosync.patch.FileContent;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bare repository behind a server, a clone of it as a workspace, and a connector between them. */
final class World implements AutoCloseable {
    static final String KEY = "a".repeat(64);

    final Path root;
    final GitServer server;
    final Git bare;
    final Git workspace;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<Sink> open = new ArrayList<>();

    private World(Path root) throws IOException {
        this.root = root;
        this.server = new GitServer(root);
        this.bare = new Git(root.resolve("o/r.git"));
        this.workspace = new Git(root.resolve("work"));
        settings.put("remote", server.address("o/r.git"));
        settings.put("token", "secret:test/" + GitServer.TOKEN);
    }

    /** A remote with one commit, and its clone. */
    static World withOneCommit(Path root) throws IOException, InterruptedException {
        World world = new World(root);
        FirstCommit.copyTo(world);
        return world;
    }

    /** A remote and a workspace without any commit. */
    static World empty(Path root) throws IOException, InterruptedException {
        World world = new World(root);
        Files.createDirectories(world.bare.folder());
        Files.createDirectories(world.workspace.folder());
        world.bare.run("init", "-q", "--bare", "-b", "main");
        world.workspace.run("init", "-q", "-b", "main");
        world.workspace.run("config", "user.name", "Test");
        world.workspace.run("config", "user.email", "test@example.org");
        return world;
    }

    World set(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    Path state() {
        return root.resolve("state");
    }

    TestContext context() {
        return new TestContext(settings, workspace.folder(), state());
    }

    Sink connector() {
        Sink sink = (Sink) new GitHubConnectorFactory().open(context());
        open.add(sink);
        return sink;
    }

    /** Writes a file as the engine would, and says so. */
    PublishedChange change(String path, String after) throws IOException {
        return change(path, FileContent.of(after));
    }

    PublishedChange change(String path, FileContent after) throws IOException {
        Path file = workspace.folder().resolve(path);
        String before = Files.exists(file) ? FileContent.of(Files.readAllBytes(file)).sha256() : null;
        Files.createDirectories(file.getParent());
        Files.write(file, after.bytes());
        file.toFile().setExecutable(after.executable());
        return PublishedChange.of(path, before, after);
    }

    PublishedChange delete(String path) throws IOException {
        Path file = workspace.folder().resolve(path);
        String before = FileContent.of(Files.readAllBytes(file)).sha256();
        Files.delete(file);
        return PublishedChange.of(path, before, null);
    }

    static Publication publication(PublishedChange... changes) {
        return publication(KEY, changes);
    }

    static Publication publication(String id, PublishedChange... changes) {
        return Publication.of(id, "cycle-1", "Apply 1 patch", "patch p1 is green\n2 runs", true, List.of(changes), List.of());
    }

    PublicationOutcome publish(PublishedChange... changes) throws InterruptedException {
        return publish(publication(changes));
    }

    PublicationOutcome publish(Publication publication) throws InterruptedException {
        Sink sink = connector();
        PublicationPlan plan = sink.plan(publication);
        return sink.publish(plan, publication.id());
    }

    /** Somebody else pushes a commit for each content. Gives the id of the last. */
    String somebodyPushes(String path, String... contents) throws IOException, InterruptedException {
        Git other = new Git(root.resolve("other"));
        if (Files.exists(other.folder())) {
            other.run("pull", "-q");
        } else {
            new Git(root).run("clone", "-q", bare.folder().toString(), "other");
        }
        String id = null;
        for (String content : contents) {
            id = other.write(path, content).commitAll("by somebody else");
        }
        other.run("push", "-q", "origin", "HEAD:main");
        return id;
    }

    String remoteTip() throws IOException, InterruptedException {
        return bare.run("rev-parse", "main");
    }

    String head() throws IOException, InterruptedException {
        return workspace.run("rev-parse", "HEAD");
    }

    @Override
    public void close() {
        open.forEach(Sink::close);
        server.close();
    }
}
