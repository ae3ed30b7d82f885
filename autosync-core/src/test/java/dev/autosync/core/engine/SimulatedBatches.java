package dev.autosync.core.engine;

import dev.autosync.ProgressListener;
import dev.autosync.core.gate.Experience;
import dev.autosync.core.gate.WorkspaceOptions;
import dev.autosync.core.gate.WorkspaceParts;
import dev.autosync.core.gate.WorkspaceParts.Gated;
import dev.autosync.core.io.FaultyFiles;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.journal.Transaction;
import dev.autosync.core.lock.Lease;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.snapshot.Snapshot;
import dev.autosync.core.testing.Baseline;
import dev.autosync.lock.FencingToken;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.patch.PatchOutcome.Kind;
import dev.autosync.retry.Deadline;
import dev.autosync.snapshot.SnapshotLimits;
import dev.autosync.spi.Store;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestChanges;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestResult;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import dev.autosync.testing.Verdict;
import dev.autosync.testkit.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Batches of eight patches one after the other, decided by the gate in a workspace, recorded and learned from as in cycles. Two of a hundred patches are bad, and in some
 * batches one holds a bug that shows in every other run. What has landed is taken out before the next batch, so that all are drawn from the same.
 */
final class SimulatedBatches {
    static final int PATCHES = 8;

    private static final int TESTS = 20;
    private static final double BAD = 0.02;
    private static final double FALSE_RED = 0.01;

    private final Path workspace;
    private final Random random;
    private final Store store = new InMemoryStore();
    private final LearnedExperience experience = new LearnedExperience();
    private final WorkspaceParts parts;
    private int batches;

    /** Batches in a workspace, the same for the same seed. */
    SimulatedBatches(Path workspace, long seed) throws IOException {
        this.workspace = Files.createDirectories(workspace);
        this.random = new Random(seed);
        Files.writeString(workspace.resolve("readme"), "something\n");
        this.parts = new WorkspaceParts(Workspace.at(workspace), new Unforced(workspace), new Suite(), new PatchFormats(PatchFormats.builtIn()),
                new WorkspaceOptions(List.of(), false, SnapshotLimits.ofDefaults().keep(0), PatchLimits.ofDefaults(), Isolation.inPlace(), TestChanges.report(),
                        TestPolicy.ofDefaults(), null, false), ProgressListener.none(), Clock.systemUTC());
    }

    /**
     * What became of batches.
     *
     * @param batches how many
     * @param bugs how many of them held a bug that shows now and then
     * @param landed how many of these bugs have landed
     * @param wrong how many good patches were blamed
     * @param held how many batches did not land though all of their patches were good
     * @param runs how many runs they took, without those of the tree before
     */
    record Tally(int batches, int bugs, int landed, int wrong, int held, int runs) {

        Tally and(Tally other) {
            return new Tally(batches + other.batches, bugs + other.bugs, landed + other.landed, wrong + other.wrong, held + other.held, runs + other.runs);
        }
    }

    /** No power fails here, and there are many writes. */
    private static final class Unforced extends FaultyFiles {
        Unforced(Path workspace) {
            super(new RealFiles(workspace));
        }

        @Override
        protected boolean forces() {
            return false;
        }
    }

    /** Twenty tests; each fails where a file says so, always or in every other run, and once in two thousand runs by chance. */
    private final class Suite implements TestSuite {
        @Override
        public TestRun run(TestContext context) {
            Set<String> broken = new HashSet<>();
            for (int i = 0; i < PATCHES; i++) {
                String text = text(context.workspace().resolve("f" + i));
                if (text.startsWith("bad ") || text.startsWith("now and then ") && random.nextBoolean()) {
                    broken.add(text.substring(text.lastIndexOf(' ') + 1));
                }
            }
            List<TestResult> results = new ArrayList<>();
            for (int i = 0; i < TESTS; i++) {
                boolean fails = random.nextDouble() < FALSE_RED / TESTS || broken.contains("t" + i);
                results.add(TestResult.of("t" + i, fails ? TestResult.Status.FAILED : TestResult.Status.PASSED, Duration.ZERO, ""));
            }
            boolean red = results.stream().anyMatch(result -> result.status() == TestResult.Status.FAILED);
            return TestRun.of(red ? Verdict.RED : Verdict.GREEN, red ? "red" : "green", results, Duration.ZERO);
        }

        private static String text(Path file) {
            try {
                return Files.exists(file) ? Files.readString(file) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String fingerprint() {
            return "simulated";
        }
    }

    /** Batches of which some hold a bug, each recorded and learned from. */
    Tally history(int howMany, double bugs) throws IOException, InterruptedException {
        Tally tally = new Tally(0, 0, 0, 0, 0, 0);
        for (int i = 0; i < howMany; i++) {
            experience.refresh(store);
            tally = tally.and(batch(random.nextDouble() < bugs, experience, true));
        }
        experience.refresh(store);
        return tally;
    }

    /** Batches that all hold a bug, decided by what was learned so far; nothing is learned from them. */
    Tally withBugs(int howMany) throws IOException, InterruptedException {
        return withBugs(howMany, experience);
    }

    /** The same as if nobody had learned anything. */
    Tally withBugsAndNoHistory(int howMany) throws IOException, InterruptedException {
        return withBugs(howMany, Experience.none());
    }

    private Tally withBugs(int howMany, Experience known) throws IOException, InterruptedException {
        Tally tally = new Tally(0, 0, 0, 0, 0, 0);
        for (int i = 0; i < howMany; i++) {
            tally = tally.and(batch(true, known, false));
        }
        return tally;
    }

    /** The chance that a batch holds such a bug, by what was learned so far. */
    double chance() {
        return experience.intermittent(PATCHES);
    }

    private Tally batch(boolean withBug, Experience known, boolean recorded) throws IOException, InterruptedException {
        batches++;
        int bug = withBug ? random.nextInt(PATCHES) : -1;
        List<Patch> patches = new ArrayList<>();
        Set<String> good = new HashSet<>();
        for (int i = 0; i < PATCHES; i++) {
            String id = "p" + batches + "-" + i;
            boolean bad = random.nextDouble() < BAD;
            String breaks = " t" + random.nextInt(TESTS);
            patches.add(Patch.write(id, "f" + i, (i == bug ? "now and then" + breaks : bad ? "bad" + breaks : "good").getBytes(StandardCharsets.UTF_8)));
            if (i != bug && !bad) {
                good.add(id);
            }
        }
        BatchReport report = decide(PatchBatch.of(patches), known, recorded);
        for (int i = 0; i < PATCHES; i++) {
            Files.deleteIfExists(workspace.resolve("f" + i));
        }
        List<String> landed = report.outcomes(Kind.APPLIED).stream().map(outcome -> outcome.patch().id()).toList();
        int wrong = (int) report.outcomes(Kind.BLAMED).stream().filter(outcome -> good.contains(outcome.patch().id())).count();
        int runs = (int) report.runs().stream().filter(run -> run.number() > 0).count();
        return new Tally(1, withBug ? 1 : 0, withBug && landed.contains("p" + batches + "-" + bug) ? 1 : 0, wrong,
                good.size() == PATCHES && landed.isEmpty() ? 1 : 0, runs);
    }

    private BatchReport decide(PatchBatch batch, Experience known, boolean recorded) throws InterruptedException {
        try (Lease lease = parts.lock().acquire(Deadline.in(Duration.ZERO))) {
            Snapshot before = parts.snapshot("", lease::verify).snapshot();
            Baseline baseline = parts.baseline(before, batch, patch -> Optional.empty());
            try (Transaction transaction = parts.journal().begin("batch-" + batches, lease::verify)) {
                Gated gated = parts.decide(batch, patch -> Optional.empty(), before, baseline, known, transaction);
                transaction.commit("");
                transaction.checkpoint();
                parts.settle(gated);
                BatchReport report = gated.decision().report();
                if (recorded) {
                    store.append(new FencingToken(batches), new Events("cycle-" + batches, Clock.systemUTC()).batch(report, List.of(),
                            new Events.Notes(known::risk, outcome -> List.of())));
                }
                return report;
            }
        }
    }
}
