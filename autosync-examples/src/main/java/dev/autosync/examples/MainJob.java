package dev.autosync.examples;

import dev.autosync.SyncEngine;
import dev.autosync.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The main job: lets AutoSync take on a real release of a real project, patch by patch, with that project's own tests as the judge.
 *
 * <p>Apache Commons CLI 1.9.0 is the project, what 1.10.0 changed in it is the batch, and a few harmful patches are mixed in. Whatever
 * the tests convict is taken out, the rest lands, and this job checks the result on its own, byte for byte. Works in a folder below
 * {@code target} and leaves no thread and no process behind.
 */
public final class MainJob {
    private static final int MUTATIONS = 3;

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

        CompileGroups groups = findGroups();
        List<Proposal> batch = configure(workspace, groups);
        SyncReport report = sync(workspace);
        Proof proof = Proof.of(workspace, batch, report.batch());

        Outcomes outcomes = new Outcomes(screen, report);
        outcomes.patches();
        outcomes.culprits();
        outcomes.proof(proof);
        outcomes.record();
        outcomes.files();
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

    private List<Proposal> configure(Workspace workspace, CompileGroups groups) throws IOException, InterruptedException {
        screen.section("The batch");
        BatchMaker maker = new BatchMaker(input, groups);
        List<Proposal> release = maker.release();
        List<Proposal> mutations;
        screen.now("making code wrong in " + MUTATIONS + " places");
        try (CompileCheck compiler = new CompileCheck()) {
            mutations = maker.mutations(MUTATIONS, compiler);
        }
        List<Proposal> configuration = BatchMaker.configuration();
        Configuration files = new Configuration(workspace);
        files.dashboard("Apache Commons CLI " + input.beforeVersion() + " to " + input.afterVersion());
        files.kpis(groups);
        files.patches("10-release.json", release);
        files.patches("20-mutations.json", mutations);
        files.patches("30-configuration.json", configuration);
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

    /** How many threads this job has started and not ended. */
    private static int ownThreads() {
        return Thread.currentThread().getThreadGroup().activeCount() - 1;
    }
}
