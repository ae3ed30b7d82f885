package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.publish.CiRun;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PublicationPlan;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A connector that breaks a law fails at that law. */
class ConnectorContractTest {
    @TempDir
    Path temp;
    private int contracts;

    @Test
    void law01NameAndKeys() {
        assertBreaks(contract("Shelf Connector", Shelf::new, ShelfConnector::new), ConnectorContract::hasALegalNameAndAsksForEveryKey);
        assertBreaks(contract("shelf", () -> new Shelf() {
            @Override
            public Map<String, ?> settings() {
                return Map.of("shelf", "upper", "colour", "red");
            }
        }, ShelfConnector::new), ConnectorContract::hasALegalNameAndAsksForEveryKey);
        assertBreaks(connector((shelf, context) -> {
            new ShelfConnector(shelf, context);
            return new Useless();
        }), ConnectorContract::hasALegalNameAndAsksForEveryKey);
    }

    @Test
    void law02CheckChangesNothing() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() throws InterruptedException {
                things().put("label", "created by the check");
                return super.check();
            }
        }), ConnectorContract::opensAndChecksWithoutChangingAnything);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() throws InterruptedException {
                write(context.workspace().resolve("probe"));
                return super.check();
            }
        }), ConnectorContract::opensAndChecksWithoutChangingAnything);
    }

    @Test
    void law03BadValues() {
        assertBreaks(connector((shelf, context) -> {
            context.settings().string("shelf");
            return new ShelfConnector(shelf, TestConnectorContext.of(context.workspace(), Map.of("shelf", "any"),
                    Map.of("token", Canary.SECRET)));
        }), ConnectorContract::refusesABadValueAtItsKey);
        assertBreaks(connector((shelf, context) -> {
            if (context.settings().string("shelf").orElse("").isBlank()) {
                throw context.settings().invalid("configuration", "is bad");
            }
            return new ShelfConnector(shelf, context);
        }), ConnectorContract::refusesABadValueAtItsKey);
    }

    @Test
    void law04EveryPatchOnce() {
        assertBreaks(pulling((shelf, taken) -> List.of(shelf.patches.get(0))), ConnectorContract::givesEveryPatchOnceUnderALegalId);
        assertBreaks(pulling((shelf, taken) -> shelf.patches.stream().map(p -> Patch.write("same", "f", p.content())).toList()),
                ConnectorContract::givesEveryPatchOnceUnderALegalId);
        assertBreaks(pulling((shelf, taken) -> shelf.patches.stream().map(p -> Patch.write(p.id() + "x".repeat(190), "f", p.content())).toList()),
                ConnectorContract::givesEveryPatchOnceUnderALegalId);
        assertBreaks(pulling((shelf, taken) -> {
            List<Patch> latestFirst = new ArrayList<>(shelf.patches);
            Collections.reverse(latestFirst);
            return latestFirst;
        }), ConnectorContract::givesEveryPatchOnceUnderALegalId);
    }

    @Test
    void law05NothingAtTheEnd() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                super.pull(Cursor.start(), patches);
                return PullResult.changes(Cursor.of("0"));
            }
        }), ConnectorContract::findsNothingAtTheEndOfTheLastPull);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                super.pull(Cursor.start(), patches);
                return since.isStart() ? super.pull(since, patch -> {}) : PullResult.unchanged();
            }
        }), ConnectorContract::findsNothingAtTheEndOfTheLastPull);
    }

    @Test
    void law06TheCursorAloneRemembers() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            private int given;

            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                PullResult result = super.pull(given == 0 ? Cursor.start() : Cursor.of(given + ""), patches);
                given = shelf.patches.size();
                return result;
            }
        }), ConnectorContract::pullsTheSameFromTheSameCursor);
        assertBreaks(pulling((shelf, taken) -> shelf.patches.stream().skip(taken)
                .map(p -> Patch.write(p.id() + "-" + System.nanoTime(), "f", p.content())).toList()),
                ConnectorContract::pullsTheSameFromTheSameCursor);
    }

    @Test
    void law07WhatCameSince() {
        assertBreaks(pulling((shelf, taken) -> taken == 0 ? shelf.patches : List.of()), ConnectorContract::bringsWhatCameSinceTheCursor);
    }

    @Test
    void law08PullChangesNothing() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                write(context.workspace().resolve("pulled.diff"));
                return super.pull(since, patches);
            }
        }), ConnectorContract::pullsWithoutChangingAnything);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                things().put("taken", since.text() + ".");
                return super.pull(since, patches);
            }
        }), ConnectorContract::pullsWithoutChangingAnything);
    }

    @Test
    void law09PlanChangesNothing() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationPlan plan(Publication publication) throws InterruptedException {
                things().put("branch", "created by the plan");
                return super.plan(publication);
            }
        }), ConnectorContract::plansWithoutChangingAnything);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationPlan plan(Publication publication) {
                return new ShelfPlan(publication, List.of("publish\n::set-output name=x::y"));
            }
        }), ConnectorContract::plansWithoutChangingAnything);
    }

    @Test
    void law10NothingToDoOnceItIsPublished() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationPlan plan(Publication publication) {
                return new ShelfPlan(publication, List.of("publish at " + System.nanoTime()));
            }
        }), ConnectorContract::hasNothingToDoOnceItHasPublished);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            private boolean published;

            @Override
            public PublicationPlan plan(Publication publication) {
                return new ShelfPlan(publication, published ? List.of() : List.of("publish"));
            }

            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
                published = true;
                return super.publish(plan, idempotencyKey);
            }
        }), ConnectorContract::hasNothingToDoOnceItHasPublished);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) {
                return PublicationOutcome.Applied.of("r", "declared, does nothing");
            }
        }), ConnectorContract::hasNothingToDoOnceItHasPublished);
    }

    @Test
    void law11OnceUnderOneKey() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
                things().put("comment " + things().size(), idempotencyKey);
                return super.publish(plan, idempotencyKey);
            }
        }), ConnectorContract::publishesOnceUnderOneKey);
    }

    @Test
    void law12Conflict() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
                things().remove("published"); // the last writer wins
                return super.publish(plan, idempotencyKey);
            }
        }), ConnectorContract::leavesTheOtherSideAsItIsInAConflict);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
                things().put("half of it", "written before the conflict was seen");
                return super.publish(plan, idempotencyKey);
            }
        }), ConnectorContract::leavesTheOtherSideAsItIsInAConflict);
    }

    @Test
    void law13OneRun() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CiRun trigger(String revision, String idempotencyKey) throws InterruptedException {
                return super.trigger(revision, idempotencyKey + things().size());
            }
        }), ConnectorContract::triggersOnceUnderOneKey);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            private boolean triggered;

            @Override
            public CiRun trigger(String revision, String idempotencyKey) throws InterruptedException {
                triggered = true;
                return super.trigger(revision, idempotencyKey);
            }

            @Override
            public CiRun status(CiRun run) throws InterruptedException {
                return triggered ? super.status(run) : CiRun.of("forgotten", "", CiRun.State.UNKNOWN);
            }
        }), ConnectorContract::triggersOnceUnderOneKey);
    }

    @Test
    void law14OneMark() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public void mark(String revision, boolean success, String description) throws InterruptedException {
                things().put("mark " + things().size(), revision);
            }
        }), ConnectorContract::marksTwiceAsOnce);
    }

    @Test
    void law15CutOff() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() {
                return CheckResult.ok();
            }
        }), ConnectorContract::saysSoWhenTheOtherSideCannotBeReached, ConnectorContract::isClosedOnceAndThenRefusesEverything);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationPlan plan(Publication publication) throws InterruptedException {
                try {
                    return super.plan(publication);
                } catch (ConnectorException e) {
                    throw new UncheckedIOException(new IOException(e));
                }
            }
        }), ConnectorContract::saysSoWhenTheOtherSideCannotBeReached);
    }

    @Test
    void law16Interrupts() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                Thread.interrupted();
                return super.pull(since, patches);
            }
        }), ConnectorContract::endsSoonOnAnInterruptedThread);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PublicationOutcome publish(PublicationPlan plan, String idempotencyKey) throws InterruptedException {
                try {
                    return super.publish(plan, idempotencyKey);
                } catch (InterruptedException e) {
                    shelf.things.put("published", "half of it");
                    throw e;
                }
            }
        }), ConnectorContract::endsSoonOnAnInterruptedThread);
    }

    @Test
    void law16CallsThatDoNotEnd() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() throws InterruptedException {
                CountDownLatch never = new CountDownLatch(1);
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        // Waits on, whatever it is told.
                    }
                }
                return super.check();
            }
        }), ConnectorContract::endsSoonOnAnInterruptedThread);
    }

    @Test
    void law17Closing() {
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public void close() {
                // Forgets that it is closed.
            }
        }), ConnectorContract::isClosedOnceAndThenRefusesEverything);
    }

    @Test
    void law18Threads() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
                @Override
                public CheckResult check() throws InterruptedException {
                    Thread thread = new Thread(() -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            // It ends anyway.
                        }
                    }, "left behind");
                    thread.setDaemon(true);
                    thread.start();
                    return super.check();
                }
            }), ConnectorContract::leavesNoThreadBehind);
        } finally {
            end.countDown();
        }
    }

    @Test
    void law19Secrets() {
        assertBreaks(telling((context, secret) -> System.err.println("GET https://x:" + secret + "@shelf")),
                ConnectorContract::keepsItsSecretToItself);
        assertBreaks(telling((context, secret) -> write(context.stateFolder().resolve("cache"), "token=" + secret)),
                ConnectorContract::keepsItsSecretToItself);
        assertBreaks(telling((context, secret) -> System.out.println("Basic "
                + Base64.getEncoder().encodeToString(("x-access-token:" + secret).getBytes(StandardCharsets.UTF_8)))),
                ConnectorContract::keepsItsSecretToItself);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() throws InterruptedException {
                try {
                    return super.check();
                } catch (ConnectorException e) {
                    throw new ConnectorException(ErrorCode.CONNECTOR_FAILED, "Cannot reach the shelf",
                            new IOException("refused with " + reveal(context)));
                }
            }
        }), ConnectorContract::keepsItsSecretToItself);
        assertBreaks(connector((shelf, context) -> new ShelfConnector(shelf, context) {
            private final String secret = reveal(context);

            @Override
            public String toString() {
                return "shelf with " + secret;
            }
        }), ConnectorContract::keepsItsSecretToItself);
    }

    @Test
    void aLawOfACapabilityThatIsNotThereIsSkippedWithTheReason() {
        ConnectorContract contract = connector((shelf, context) -> new Useless());
        contract.folder = temp;
        TestAbortedException skipped = assertThrows(TestAbortedException.class, contract::marksTwiceAsOnce);
        assertTrue(skipped.getMessage().contains("it is no StatusReporter"), skipped.getMessage());
    }

    @Test
    void everyLawHasAConnectorThatBreaksIt() {
        long laws = Arrays.stream(ConnectorContract.class.getDeclaredMethods()).filter(m -> m.isAnnotationPresent(Test.class)).count();
        long broken = Arrays.stream(getClass().getDeclaredMethods()).map(m -> m.getName().substring(0, 5))
                .filter(name -> name.startsWith("law")).distinct().count();
        assertEquals(laws, broken);
    }

    /** A rule that the contract checks. */
    private interface Law {
        void check(ConnectorContract contract) throws Exception;
    }

    private void assertBreaks(ConnectorContract contract, Law... laws) {
        for (Law law : laws) {
            contract.folder = temp.resolve("contract-" + ++contracts);
            assertInstanceOf(AssertionError.class, assertThrows(Throwable.class, () -> law.check(contract)));
        }
    }

    private ConnectorContract connector(BiFunction<Shelf, ConnectorContext, Connector> connectors) {
        return contract("shelf", Shelf::new, connectors);
    }

    private ConnectorContract contract(String name, Supplier<Shelf> shelves, BiFunction<Shelf, ConnectorContext, Connector> connectors) {
        ConnectorContract contract = new ConnectorContract() {
            private Shelf shelf = new Shelf();

            @Override
            protected ConnectorFactory factory() {
                return ShelfConnectorTest.factory(name, shelf, connectors);
            }

            @Override
            protected ConnectorWorld world(Path folder, Path workspace) {
                shelf = shelves.get();
                return shelf;
            }
        };
        contract.soonSeconds = 1;
        return contract;
    }

    /** Gives other patches than it should: a function of the shelf and of how many were taken. */
    private ConnectorContract pulling(BiFunction<Shelf, Integer, List<Patch>> given) {
        return connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public PullResult pull(Cursor since, Consumer<Patch> patches) throws InterruptedException {
                PullResult result = super.pull(since, patch -> {});
                if (result.next().isPresent()) {
                    given.apply(shelf, since.isStart() ? 0 : Integer.parseInt(since.text())).forEach(patches);
                }
                return result;
            }
        });
    }

    private interface Leak {
        void tell(ConnectorContext context, String secret);
    }

    private ConnectorContract telling(Leak leak) {
        return connector((shelf, context) -> new ShelfConnector(shelf, context) {
            @Override
            public CheckResult check() throws InterruptedException {
                leak.tell(context, reveal(context));
                return super.check();
            }
        });
    }

    private static String reveal(ConnectorContext context) {
        try (Secret secret = context.secret("token").orElseThrow().fetch()) {
            return new String(secret.reveal());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file) {
        write(file, "x");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Can do nothing. */
    private static final class Useless implements Connector {
        @Override
        public CheckResult check() {
            return CheckResult.ok();
        }

        @Override
        public void close() {}
    }
}
