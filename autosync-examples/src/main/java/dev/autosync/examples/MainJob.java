package dev.autosync.examples;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import dev.autosync.patch.PatchOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The main job: lets AutoSync take on a real release of a real project, patch by patch, with that project's own tests as the judge.
 *
 * <p>Apache Commons CLI 1.9.0 is the project, what 1.10.0 changed in it is the batch, and a few harmful patches are mixed in. Whatever
 * the tests convict is taken out, the rest lands. A few more cycles follow: patches come through a drop-box, what is stable is pushed to a
 * git remote, figures move, and the history moves to another store. In the end this job checks the result on its own, byte for byte. Works in a
 * folder below {@code target} and leaves no thread and no process behind.
 */
public final class MainJob {
    private static final int MUTATIONS = 3;
    private static final List<String> PATCH_FILES = List.of("10-release.json", "20-mutations.json", "30-configuration.json");

    private final Screen screen = Screen.standard();
    private final Path folder;
    private final List<Path> libraries;
    private final CommonsCli input;

    private MainJob(Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            this.libraries = jars.sorted().toList();
        }
        this.input = CommonsCli.read(folder.resolve("input"));
    }

    /**
     * Runs the job.
     *
     * @param args none
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the job is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new MainJob(EmbeddingExample.target().resolve("main-job")).run();
    }

    private void run() throws IOException, InterruptedException {
        describeInput();
        Workspace workspace = Workspace.create(folder.resolve("workspace"));
        for (var file : input.project().entrySet()) {
            workspace.write(file.getKey(), file.getValue());
        }
        workspace.write(AppConfig.PATH, AppConfig.TEXT);

        workspace.write(".gitignore", "target/\n");

        CompileGroups groups = findGroups();
        Configuration files = new Configuration(workspace);
        List<Proposal> batch = configure(workspace, files, groups);
        Surroundings around = Surroundings.create(workspace, folder);
        files.connectors(around);
        SyncReport first = sync(workspace);
        Outcomes outcomes = new Outcomes(screen, first);
        outcomes.patches();
        outcomes.culprits();

        for (String file : PATCH_FILES) {
            files.withdraw(file);
        }
        Nights nights = new Nights(screen, workspace, around, files);
        List<SyncReport> reports = new ArrayList<>(List.of(first));
        reports.addAll(nights.run());
        SyncReport last = nights.moveToSqlite();
        reports.add(last);
        nights.trends(last);
        nights.remote();

        batch.addAll(nights.proposals());
        Proof proof = Proof.of(workspace, batch, landed(reports));
        outcomes.proof(proof);
        new Outcomes(screen, last).record("sqlite");
        new Outcomes(screen, last).files();
        screen.section("Done");
        screen.now("left behind: " + ownThreads() + " threads, " + ProcessHandle.current().descendants().count() + " processes");
        if (!proof.wrong().isEmpty()) {
            throw new IllegalStateException("files that are not what they must be: " + proof.wrong());
        }
    }

    private void describeInput() {
        List<FileChange> changes = input.changes();
        long created = changes.stream().filter(change -> change.before() == null).count();
        long deleted = changes.stream().filter(change -> change.after() == null).count();
        screen.section("The input, from Maven Central");
        screen.line("  Apache Commons CLI " + input.beforeVersion() + ": " + input.main().files().size() + " main and "
                + input.tests().files().size() + " test files of Java");
        screen.line("  Its next release " + input.afterVersion() + " changes " + changes.size() + " main files: " + created + " are new, "
                + deleted + " are gone, " + (changes.size() - created - deleted) + " differ");
    }

    /** Asks the compiler which changes cannot go without each other, so that a patch is never half of a refactoring. */
    private CompileGroups findGroups() throws IOException, InterruptedException {
        screen.section("Which changes only compile together?");
        CompileGroups groups = CompileGroups.find(input.main(), input.changes(), screen);
        for (ChangeUnit group : groups.groups()) {
            List<String> needs = groups.needs(group).stream().map(ChangeUnit::name).toList();
            if (group.changes().size() > 1) {
                screen.line("  " + group.changes().size() + " new files use each other and become one patch, '" + group.name() + "'");
            }
            if (!needs.isEmpty()) {
                screen.line("  " + group.name() + " does not compile without " + String.join(" and ", needs));
            }
        }
        return groups;
    }

    private List<Proposal> configure(Workspace workspace, Configuration files, CompileGroups groups) throws IOException, InterruptedException {
        screen.section("The batch");
        BatchMaker maker = new BatchMaker(input, groups);
        List<Proposal> release = maker.release();
        List<Proposal> mutations;
        screen.now("making code wrong in " + MUTATIONS + " places");
        try (CompileCheck compiler = new CompileCheck()) {
            mutations = maker.mutations(MUTATIONS, compiler);
        }
        List<Proposal> configuration = BatchMaker.configuration();
        files.dashboard("Apache Commons CLI " + input.beforeVersion() + " to " + input.afterVersion());
        files.kpis(groups);
        files.burst(AppConfig.burst(AppConfig.TEXT));
        files.patches(PATCH_FILES.get(0), release);
        files.patches(PATCH_FILES.get(1), mutations);
        files.patches(PATCH_FILES.get(2), configuration);
        screen.now("preparing the test program");
        files.core(TestProgram.prepare(folder, libraries, workspace.root()).command());
        screen.line("  " + release.size() + " patches of the release, " + mutations.size() + " that make code wrong, "
                + configuration.size() + " on a configuration file");

        List<Proposal> batch = new ArrayList<>(release);
        batch.addAll(mutations);
        batch.addAll(configuration);
        return batch;
    }

    private SyncReport sync(Workspace workspace) throws InterruptedException {
        screen.section("The cycle");
        try (SyncEngine engine = SyncEngine.builder(workspace.root()).readConfiguration().listener(screen).build()) {
            return engine.sync();
        }
    }

    private static Set<String> landed(List<SyncReport> reports) {
        return reports.stream().flatMap(report -> report.batch().outcomes(PatchOutcome.Kind.APPLIED).stream())
                .map(outcome -> outcome.patch().id()).collect(Collectors.toSet());
    }

    /** How many threads this job has started and not ended. */
    private static int ownThreads() {
        return Thread.currentThread().getThreadGroup().activeCount() - 1;
    }
}
