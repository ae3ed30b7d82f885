package dev.autosync.bench.culprit.real;

import dev.autosync.examples.ReleasePatch;
import dev.autosync.patch.BatchReport;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchOutcome;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.CulpritSearch;
import dev.autosync.testing.Isolation;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestPolicy;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What came of a batch.
 *
 * @param runs how often the tests were run, the time before any patch with it
 * @param wrong the verdicts that are wrong
 */
record Trial(int runs, List<String> wrong) {
    private static final int EACH_WITH_COPIES = 4;
    private static final int COPIES = 2;

    /** Decides a batch in a folder that is made for it. */
    static Trial of(RealBatch batch, CulpritSearch.Strategy strategy, Project project, TestSuite suite, Path folder) throws IOException, InterruptedException {
        project.write(folder, List.of());
        Counted counted = new Counted(suite, new AtomicInteger());
        boolean copies = batch.number() / 2 % EACH_WITH_COPIES == EACH_WITH_COPIES - 1;
        BatchReport report = PatchRunner.builder(folder).tests(counted)
                .isolation(copies ? Isolation.candidates(COPIES) : Isolation.inPlace())
                .testPolicy(TestPolicy.ofDefaults().culprits(CulpritSearch.ofDefaults().strategy(strategy)))
                .build().run(PatchBatch.of(batch.patches().stream().map(ReleasePatch::patch).toList()));
        List<ReleasePatch> landed = batch.patches().stream()
                .filter(patch -> report.outcome(patch.patch().id()).orElseThrow().kind() == PatchOutcome.Kind.APPLIED).toList();
        if (!project.isIn(folder, landed)) {
            throw new IllegalStateException("the workspace of batch " + batch.number() + " is not what the patches that landed make of it");
        }
        return new Trial(counted.runs().get(), report.outcomes().stream().filter(outcome -> isWrong(outcome, batch)).map(Trial::described).toList());
    }

    /** A patch that can land must, and another one must not: whether it is blamed, or dropped with one that it needs, is the same. */
    private static boolean isWrong(PatchOutcome outcome, RealBatch batch) {
        return (outcome.kind() == PatchOutcome.Kind.APPLIED) != batch.landable().contains(outcome.patch().id());
    }

    private static String described(PatchOutcome outcome) {
        return outcome.kind() + " " + outcome.patch().id() + ": " + outcome.reason();
    }

    private record Counted(TestSuite suite, AtomicInteger runs) implements TestSuite {
        @Override
        public TestRun run(TestContext context) throws InterruptedException {
            runs.incrementAndGet();
            return suite.run(context);
        }

        @Override
        public String fingerprint() {
            return suite.fingerprint();
        }

        @Override
        public boolean concurrent() {
            return suite.concurrent();
        }

        @Override
        public boolean selective() {
            return suite.selective();
        }
    }
}
