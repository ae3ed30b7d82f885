package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autosync.AutoSyncException;
import dev.autosync.patch.Patch;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Kind;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Sink;
import dev.autosync.spi.Source;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Connector} must do.
 *
 * <p>Extended by authors of plugins: a subclass gives the factory and a {@link ConnectorWorld} for its connectors to work on, and is run by JUnit
 * Jupiter. The laws; one is skipped, with the reason, if the connector does not have the capability or the world cannot stage what it needs:
 *
 * <ol>
 *   <li>The factory has a legal name and asks for every key that it knows; what it opens can do something.
 *   <li>Opening and checking change nothing, and find nothing wrong with a good configuration.
 *   <li>A bad value is refused at its key: when the connector is opened, or when it checks itself.
 *   <li>A pull from the start gives every patch once, in the order of their coming, with an id that is legal behind the connector's name.
 *   <li>A pull from where the last one ended is unchanged and gives no patch.
 *   <li>A pull from the same cursor gives the same, to another connector too: only the cursor remembers.
 *   <li>A pull from a cursor gives what came since.
 *   <li>A pull changes nothing, neither in the workspace nor on the other side.
 *   <li>A plan changes nothing, and says in single lines what it would do.
 *   <li>A plan is empty once it was published, another connector's too: only the other side remembers.
 *   <li>What is published twice under one key is there once.
 *   <li>A conflict is an outcome, and leaves the other side as it is, byte for byte.
 *   <li>What is triggered twice under one key is one run, for which another connector can ask; asking changes nothing.
 *   <li>Marking twice is marking once.
 *   <li>When the other side cannot be reached, every call says so: by a {@link ConnectorException}, or by a value that is no success.
 *   <li>On an interrupted thread every call ends soon, by an {@link InterruptedException} or with the thread still interrupted. A publication
 *       that was interrupted can be published then.
 *   <li>Closing twice is closing once, and a closed connector refuses every call by a {@link ConnectorException} or an
 *       {@link IllegalStateException}.
 *   <li>No thread is left when it is closed.
 *   <li>A secret is found in no text, no exception, no file, neither on {@code System.out} nor on {@code System.err}; not encoded either.
 * </ol>
 *
 * <p>The standard streams are exchanged and threads are counted, so these tests must not run beside others in one process. They do not ask what
 * becomes of a reply that was lost or of a redirect, how much a source can bear, or anything about time.
 *
 * @since 0.1.0
 */
public abstract class ConnectorContract {
    private static final String KEY = ConnectorLab.KEY;

    @TempDir
    Path folder;

    /** Busy machines are slow; what is wrong here would take for ever. */
    int soonSeconds = 5;

    private @Nullable ConnectorWorld world;

    /** For subclasses. */
    protected ConnectorContract() {}

    /**
     * The factory that is to be tested.
     *
     * @return a factory
     */
    protected abstract ConnectorFactory factory();

    /**
     * Makes another side for connectors of the factory. Called once for each test, which closes it in the end.
     *
     * @param folder an empty folder for it, if it needs one
     * @param workspace the workspace, empty; may be filled
     * @return the other side, without any patch or publication
     * @throws Exception if it cannot be made
     */
    protected abstract ConnectorWorld world(Path folder, Path workspace) throws Exception;

    @AfterEach
    void closesTheWorld() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void hasALegalNameAndAsksForEveryKey() throws Exception {
        TestConnectorContext context = lab().context(Map.of());
        String name = factory().name();
        assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), () -> "lower-case letters, digits and hyphens: " + name);
        assertFalse(name.startsWith("autosync-"), "names that begin with autosync- are reserved");
        try (Connector connector = factory().open(context)) {
            assertEquals(Set.of(), context.settings().neverAskedFor(), "keys that were never asked for");
            assertTrue(connector instanceof Source || connector instanceof Sink || connector instanceof Trigger
                    || connector instanceof StatusReporter, "it is a Source, a Sink, a Trigger or a StatusReporter");
        }
    }

    @Test
    void opensAndChecksWithoutChangingAnything() throws Exception {
        ConnectorLab lab = lab();
        CheckResult result = lab.unchanged(() -> {
            try (Connector connector = lab.open(Connector.class)) {
                return connector.check();
            }
        });
        assertTrue(result.isOk(), () -> "a good configuration: " + result);
    }

    @Test
    void refusesABadValueAtItsKey() throws Exception {
        ConnectorLab lab = lab();
        Map<String, ?> badSettings = world().badSettings();
        assumeFalse(badSettings.isEmpty(), "it has no settings");
        for (Map.Entry<String, ?> bad : badSettings.entrySet()) {
            CheckResult result;
            try (Connector connector = factory().open(lab.context(Map.of(bad.getKey(), bad.getValue())))) {
                result = connector.check();
            } catch (ConnectorException e) {
                throw new AssertionError(bad + " is the fault of the configuration, not of the other side", e);
            } catch (AutoSyncException e) {
                result = CheckResult.problem(e.getMessage().contains(bad.getKey()) ? bad.getKey() : "another", e.getMessage());
            }
            assertEquals(bad.getKey(), result.field().orElse("none"), bad + " is refused at its key: " + result);
            assertFalse(result.message().isBlank(), bad + " is refused with a reason");
        }
    }

    @Test
    void givesEveryPatchOnceUnderALegalId() throws Exception {
        try (Source source = lab().open(Source.class)) {
            assertEquals(List.of(), pull(source, Cursor.start()).texts(), "patches before there are any");
            addPatches(1, 3);
            Pulled pulled = pull(source, Cursor.start());
            assertEquals(3, pulled.patches.size(), () -> "of 3 patches: " + pulled.patches);
            Set<String> ids = new HashSet<>();
            for (Patch patch : pulled.patches) {
                assertTrue(ids.add(patch.id()), () -> "two patches have one id: " + patch.id());
                assertDoesNotThrow(() -> Patch.builder("test/" + patch.id(), patch.format()), "the id is legal behind the connector's name");
            }
            addPatches(4, 4);
            List<String> more = pull(source, Cursor.start()).texts();
            assertEquals(4, more.size(), () -> "of 4 patches: " + more);
            assertEquals(pulled.texts(), more.subList(0, 3), "the order is that of their coming");
        }
    }

    @Test
    void findsNothingAtTheEndOfTheLastPull() throws Exception {
        try (Source source = lab().open(Source.class)) {
            addPatches(1, 3);
            Pulled second = pull(source, pull(source, Cursor.start()).end());
            assertEquals(List.of(), second.texts(), "patches of the second pull");
            assertTrue(second.result.next().isEmpty(), "the second pull is unchanged");
        }
    }

    @Test
    void pullsTheSameFromTheSameCursor() throws Exception {
        ConnectorLab lab = lab();
        try (Source source = lab.open(Source.class); Source another = lab.open(Source.class)) {
            addPatches(1, 2);
            Cursor middle = pull(source, Cursor.start()).end();
            addPatches(3, 4);
            for (Cursor cursor : List.of(Cursor.start(), middle)) {
                Pulled first = pull(source, cursor);
                for (Source again : List.of(source, another)) {
                    Pulled second = pull(again, cursor);
                    assertEquals(first.texts(), second.texts(), "patches from the same cursor");
                    assertEquals(first.end(), second.end(), "the end from the same cursor");
                }
            }
        }
    }

    @Test
    void bringsWhatCameSinceTheCursor() throws Exception {
        try (Source source = lab().open(Source.class)) {
            addPatches(1, 2);
            Pulled first = pull(source, Cursor.start());
            addPatches(3, 3);
            Pulled second = pull(source, first.end());
            List<String> brought = new ArrayList<>(second.texts());
            brought.removeAll(first.texts());
            assertEquals(1, brought.size(), () -> "one patch came: " + second.patches);
        }
    }

    @Test
    void pullsWithoutChangingAnything() throws Exception {
        ConnectorLab lab = lab();
        try (Source source = lab.open(Source.class)) {
            addPatches(1, 2);
            Pulled pulled = lab.unchanged(() -> pull(source, Cursor.start()));
            lab.unchanged(() -> pull(source, pulled.end()));
        }
    }

    @Test
    void plansWithoutChangingAnything() throws Exception {
        ConnectorLab lab = lab();
        try (Sink sink = lab.open(Sink.class)) {
            Publication publication = lab.publication();
            PublicationPlan plan = lab.unchanged(() -> sink.plan(publication));
            assertFalse(plan.steps().isEmpty(), "there is something to do");
            plan.steps().forEach(step -> assertTrue(!step.isBlank() && step.chars().noneMatch(Character::isISOControl),
                    () -> "a step is one line: '" + step + "'"));
        }
    }

    @Test
    void hasNothingToDoOnceItHasPublished() throws Exception {
        ConnectorLab lab = lab();
        try (Sink sink = lab.open(Sink.class); Sink another = lab.open(Sink.class)) {
            Publication publication = lab.publication();
            Map<String, String> before = lab.content();
            lab.publish(sink, sink.plan(publication));
            assertNotEquals(before, lab.content(), "publishing changes the other side");
            assertEquals(List.of(), sink.plan(publication).steps(), "the plan after publishing");
            assertEquals(List.of(), another.plan(publication).steps(), "another connector's plan after publishing");
        }
    }

    @Test
    void publishesOnceUnderOneKey() throws Exception {
        ConnectorLab lab = lab();
        try (Sink sink = lab.open(Sink.class); Sink another = lab.open(Sink.class)) {
            Publication publication = lab.publication();
            PublicationPlan plan = sink.plan(publication);
            PublicationPlan late = another.plan(publication);
            lab.publish(sink, plan);
            Map<String, String> once = lab.content();
            lab.publish(sink, plan);
            assertEquals(once, lab.content(), "the other side after the second time");
            lab.publish(another, late);
            assertEquals(once, lab.content(), "the other side after another connector's time");
        }
    }

    @Test
    void leavesTheOtherSideAsItIsInAConflict() throws Exception {
        ConnectorLab lab = lab();
        try (Sink sink = lab.open(Sink.class); Sink another = lab.open(Sink.class)) {
            Publication publication = lab.publication();
            PublicationPlan plan = sink.plan(publication);
            assumeTrue(world().makeConflict(publication), "no conflict can be staged");
            Map<String, String> before = lab.content();
            assertConflict(sink.publish(plan, KEY));
            assertEquals(before, lab.content(), "the other side after a conflict");
            PublicationPlan late = another.plan(publication);
            assertFalse(late.steps().isEmpty(), "what conflicts is not there, so there is something to do");
            assertConflict(another.publish(late, KEY));
            assertEquals(before, lab.content(), "the other side after a conflict that was there before the plan");
        }
    }

    @Test
    void triggersOnceUnderOneKey() throws Exception {
        ConnectorLab lab = lab();
        try (Trigger trigger = lab.open(Trigger.class); Trigger another = lab.open(Trigger.class)) {
            String revision = lab.revision(trigger);
            CiRun run = trigger.trigger(revision, KEY);
            assertFalse(run.id().isBlank(), "a run has an id");
            Map<String, String> once = lab.content();
            assertEquals(run.id(), trigger.trigger(revision, KEY).id(), "the run of the second time");
            CiRun later = lab.unchanged(() -> another.status(run));
            assertEquals(run.id(), later.id(), "the run that another connector asks for");
            assertNotEquals(CiRun.State.UNKNOWN, later.state(), "the state of a run that is there");
            assertEquals(run.id(), another.trigger(revision, KEY).id(), "the run that another connector triggers");
            assertEquals(once, lab.content(), "the other side after the third time");
        }
    }

    @Test
    void marksTwiceAsOnce() throws Exception {
        ConnectorLab lab = lab();
        try (StatusReporter reporter = lab.open(StatusReporter.class)) {
            String revision = lab.revision(reporter);
            Map<String, String> before = lab.content();
            reporter.mark(revision, true, ConnectorLab.DESCRIPTION);
            Map<String, String> once = lab.content();
            assertNotEquals(before, once, "marking changes the other side");
            reporter.mark(revision, true, ConnectorLab.DESCRIPTION);
            assertEquals(once, lab.content(), "the other side after the second time");
        }
    }

    @Test
    void saysSoWhenTheOtherSideCannotBeReached() throws Exception {
        ConnectorLab lab = lab();
        try (Connector connector = lab.open(Connector.class)) {
            List<ConnectorCall> calls = lab.calls(connector);
            assumeTrue(world().cutOff(), "the other side cannot be cut off");
            for (ConnectorCall call : calls) {
                try {
                    Object result = call.run();
                    assertFalse(ConnectorCall.isSuccess(result), () -> call.name() + " says that it was done: " + result);
                } catch (ConnectorException e) {
                    assertFalse(e.getMessage().isBlank(), call.name());
                } catch (RuntimeException e) {
                    throw new AssertionError(call.name() + " must throw a ConnectorException", e);
                }
            }
        }
    }

    @Test
    void endsSoonOnAnInterruptedThread() throws Exception {
        ConnectorLab lab = lab();
        try (Connector connector = lab.open(Connector.class)) {
            if (connector instanceof Sink sink) {
                Publication publication = lab.publication();
                PublicationPlan plan = sink.plan(publication);
                new ConnectorCall("publish", () -> sink.publish(plan, KEY)).runInterrupted(soonSeconds);
                lab.publish(sink, plan);
                assertEquals(List.of(), sink.plan(publication).steps(), "the plan when it was published after an interrupt");
            }
            for (ConnectorCall call : lab.calls(connector)) {
                call.runInterrupted(soonSeconds);
            }
        }
    }

    @Test
    void isClosedOnceAndThenRefusesEverything() throws Exception {
        ConnectorLab lab = lab();
        Connector connector = lab.open(Connector.class);
        List<ConnectorCall> calls = lab.calls(connector);
        connector.close();
        connector.close();
        for (ConnectorCall call : calls) {
            Throwable refused = assertThrows(Throwable.class, call::run, () -> call.name() + " of a closed connector");
            assertTrue(refused instanceof ConnectorException || refused instanceof IllegalStateException, () -> call.name() + ": " + refused);
        }
        connector.close();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        ConnectorLab lab = lab();
        NewThreads threads = new NewThreads();
        try (Connector connector = lab.open(Connector.class)) {
            for (ConnectorCall call : lab.calls(connector)) {
                call.run();
            }
        }
        assertEquals(List.of(), threads.left(soonSeconds), "threads that are left");
    }

    @Test
    void keepsItsSecretToItself() throws Exception {
        ConnectorLab lab = lab();
        assumeFalse(world().secretKeys().isEmpty(), "it has no secret");
        Canary.listen(() -> {
            try (Connector connector = lab.open(Connector.class)) {
                List<ConnectorCall> calls = lab.calls(connector);
                calls.forEach(ConnectorContract::searchWhatComesOf);
                Canary.search("what the connector says of itself", connector);
                Canary.search("the other side", world().content());
                if (world().cutOff()) {
                    calls.forEach(ConnectorContract::searchWhatComesOf);
                }
            }
        });
        Canary.search("files", FolderImage.of(folder));
    }

    private static void searchWhatComesOf(ConnectorCall call) {
        try {
            Object result = call.run();
            Canary.search("what " + call.name() + " returned",
                    result instanceof PublicationPlan plan ? plan + " " + plan.steps() : String.valueOf(result));
        } catch (Exception e) {
            Canary.search("what " + call.name() + " threw", e);
        }
    }

    private static void assertConflict(PublicationOutcome outcome) {
        assertTrue(outcome.kind() == Kind.CONFLICT || outcome.kind() == Kind.REJECTED, () -> "the outcome: " + outcome);
    }

    private void addPatches(int first, int last) throws Exception {
        for (int number = first; number <= last; number++) {
            world().addPatch(number);
        }
    }

    private static Pulled pull(Source source, Cursor since) throws InterruptedException {
        List<Patch> patches = new ArrayList<>();
        PullResult result = source.pull(since, patches::add);
        assertTrue(result.next().isPresent() || patches.isEmpty(), () -> "an unchanged source has given patches: " + patches);
        return new Pulled(since, result, patches);
    }

    /** A pull and what it gave. */
    private record Pulled(Cursor since, PullResult result, List<Patch> patches) {

        Cursor end() {
            return result.next().orElse(since);
        }

        List<String> texts() {
            return patches.stream().map(patch -> patch.id() + " " + patch.needs() + " " + patch.checksum()).toList();
        }
    }

    private ConnectorLab lab() throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        world = world(Files.createDirectories(folder.resolve("world")), workspace);
        return new ConnectorLab(factory(), world, workspace);
    }

    private ConnectorWorld world() {
        return Objects.requireNonNull(world, "the lab was made");
    }
}
