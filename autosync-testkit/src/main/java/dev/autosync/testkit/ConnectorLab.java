package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A factory, the other side of its connectors, and a workspace: opens connectors, and sees what they change. */
final class ConnectorLab {
    static final String KEY = "5eedf00d".repeat(8);
    static final String DESCRIPTION = "12 tests are green";

    private final ConnectorFactory factory;
    private final ConnectorWorld world;
    private final Path workspace;
    private @Nullable String revision;

    ConnectorLab(ConnectorFactory factory, ConnectorWorld world, Path workspace) {
        this.factory = factory;
        this.world = world;
        this.workspace = workspace;
    }

    /** What a connector is opened with, with some of its settings exchanged. */
    TestConnectorContext context(Map<String, ?> instead) {
        Map<String, Object> settings = new HashMap<>(world.settings());
        settings.putAll(instead);
        return TestConnectorContext.of(workspace, settings, world.secretKeys().stream().filter(key -> !instead.containsKey(key))
                .collect(Collectors.toMap(key -> key, key -> ConnectorWorld.SECRET)));
    }

    /** Opens a connector; the test is skipped if it is not of that kind. */
    <C extends Connector> C open(Class<C> capability) {
        Connector connector = factory.open(context(Map.of()));
        if (!capability.isInstance(connector)) {
            connector.close();
        }
        assumeTrue(capability.isInstance(connector), "it is no " + capability.getSimpleName());
        return capability.cast(connector);
    }

    Publication publication() throws Exception {
        return world.publication(workspace);
    }

    /** Publishes with success. */
    void publish(Sink sink, PublicationPlan plan) throws InterruptedException {
        PublicationOutcome outcome = sink.publish(plan, KEY);
        assertTrue(ConnectorCall.isSuccess(outcome), () -> "the outcome: " + outcome);
        if (outcome instanceof PublicationOutcome.Applied applied && !applied.revision().isEmpty()) {
            revision = applied.revision();
        }
    }

    /** What the connector has published, if it publishes, or else what the author says. */
    String revision(Connector connector) throws Exception {
        if (revision == null && connector instanceof Sink sink) {
            publish(sink, sink.plan(publication()));
        }
        if (revision == null) {
            revision = world.revision();
        }
        return revision;
    }

    /** One call for each thing that the connector can do; what has to come before was done. */
    List<ConnectorCall> calls(Connector connector) throws Exception {
        List<ConnectorCall> calls = new ArrayList<>();
        calls.add(new ConnectorCall("check", connector::check));
        if (connector instanceof Source source) {
            world.addPatch(1);
            calls.add(new ConnectorCall("pull", () -> source.pull(Cursor.start(), patch -> {})));
        }
        if (connector instanceof Sink sink) {
            Publication publication = publication();
            PublicationPlan plan = sink.plan(publication);
            calls.add(new ConnectorCall("plan", () -> sink.plan(publication)));
            if (!plan.steps().isEmpty()) {
                calls.add(new ConnectorCall("publish", () -> sink.publish(plan, KEY)));
            }
        }
        if (connector instanceof Trigger trigger) {
            String revision = revision(connector);
            CiRun run = trigger.trigger(revision, KEY);
            calls.add(new ConnectorCall("trigger", () -> trigger.trigger(revision, KEY)));
            calls.add(new ConnectorCall("status", () -> trigger.status(run)));
        }
        if (connector instanceof StatusReporter reporter) {
            String revision = revision(connector);
            calls.add(new ConnectorCall("mark", () -> {
                reporter.mark(revision, true, DESCRIPTION);
                return null;
            }));
        }
        return calls;
    }

    /** Makes a call that must change nothing, neither on the other side nor in the workspace. */
    <T> T unchanged(Callable<T> call) throws Exception {
        Map<String, String> before = content();
        Map<String, String> files = workspace();
        T result = call.call();
        assertEquals(before, content(), "the other side");
        assertEquals(files, workspace(), "the workspace");
        return result;
    }

    /** The other side, in a form that can be compared and read. */
    Map<String, String> content() throws Exception {
        return texts(world.content());
    }

    /** Without what is the connector's own. */
    private Map<String, String> workspace() throws Exception {
        Path own = workspace.toAbsolutePath().relativize(context(Map.of()).stateFolder());
        Map<String, String> files = texts(FolderImage.of(workspace));
        files.keySet().removeIf(name -> Path.of(name).startsWith(own));
        return files;
    }

    private static Map<String, String> texts(Map<String, byte[]> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.ISO_8859_1)));
        return texts;
    }
}
