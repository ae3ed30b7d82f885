package dev.autosync.core.testing;

import dev.autosync.core.exec.TreeRunner;
import dev.autosync.core.text.Untrusted;
import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessResult;
import dev.autosync.exec.ProcessRunner;
import dev.autosync.patch.FileContent;
import dev.autosync.testing.CommandTests;
import dev.autosync.testing.TestContext;
import dev.autosync.testing.TestRun;
import dev.autosync.testing.TestSelection;
import dev.autosync.testing.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A suite that is a command run in the workspace, judged by its exit code and, where they are named, by its reports.
 *
 * <p>What is printed is shown and never judged. Threads: immutable; a run blocks its caller.
 */
public final class CommandSuite implements CommandTests {
    private static final int MOST_OUTPUT_CHARS = 16_000;
    private static final int MOST_SELECTED = 200;
    private static final int MOST_SELECTED_CHARS = 16_384;

    private final ProcessRunner runner;
    private final List<String> command;
    private Duration timeout = Durations.DEFAULT_TIMEOUT;
    private @Nullable Duration idleTimeout;
    private ReportPlaces reports = ReportPlaces.NONE;
    private Map<String, String> environment = Map.of();
    private List<String> passed = List.of();
    private @Nullable TestSelection selection;
    private List<String> failFast = List.of();

    /**
     * A suite with a time-out of 10 minutes, no reports and the least environment.
     *
     * @param command the program and its arguments
     * @throws IllegalArgumentException if the command is empty
     */
    public CommandSuite(List<String> command) {
        this(new TreeRunner(System.getenv()), command);
    }

    /**
     * The same with a runner of its own.
     *
     * @param runner runs the command
     * @param command the program and its arguments
     * @throws IllegalArgumentException if the command is empty
     */
    public CommandSuite(ProcessRunner runner, List<String> command) {
        this.runner = runner;
        this.command = List.copyOf(command);
        ProcessRequest.of(command); // says at once what is wrong with it
    }

    private CommandSuite(CommandSuite other) {
        runner = other.runner;
        command = other.command;
        timeout = other.timeout;
        idleTimeout = other.idleTimeout;
        reports = other.reports;
        environment = other.environment;
        passed = other.passed;
        selection = other.selection;
        failFast = other.failFast;
    }

    @Override
    public CommandSuite timeout(Duration timeout) {
        CommandSuite copy = new CommandSuite(this);
        copy.timeout = Durations.requirePositive(timeout);
        return copy;
    }

    @Override
    public CommandSuite idleTimeout(Duration timeout) {
        CommandSuite copy = new CommandSuite(this);
        copy.idleTimeout = Durations.requirePositive(timeout);
        return copy;
    }

    @Override
    public CommandSuite junitReports(String... folders) {
        return reports(new JUnitXmlReports(), folders);
    }

    @Override
    public CommandSuite openTestReports(String... folders) {
        return reports(new OpenTestReports(), folders);
    }

    @Override
    public CommandSuite tapReports(String... folders) {
        return reports(new TapReports(), folders);
    }

    private CommandSuite reports(ReportReader reader, String... folders) {
        CommandSuite copy = new CommandSuite(this);
        copy.reports = reports.and(reader, folders);
        return copy;
    }

    @Override
    public CommandSuite environment(String name, String value) {
        ProcessRequest.of(command).environment(name, value); // says at once what is wrong with it
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        CommandSuite copy = new CommandSuite(this);
        copy.environment = Map.copyOf(all);
        return copy;
    }

    @Override
    public CommandSuite passEnvironment(String... names) {
        ProcessRequest.of(command).pass(List.of(names)); // says at once what is wrong with them
        TreeSet<String> all = new TreeSet<>(passed);
        all.addAll(List.of(names));
        CommandSuite copy = new CommandSuite(this);
        copy.passed = List.copyOf(all);
        return copy;
    }

    @Override
    public CommandSuite selection(TestSelection selection) {
        CommandSuite copy = new CommandSuite(this);
        copy.selection = Objects.requireNonNull(selection, "selection");
        return copy;
    }

    @Override
    public CommandSuite failFast(String... arguments) {
        CommandSuite copy = new CommandSuite(this);
        copy.failFast = List.of(arguments);
        ProcessRequest.of(copy.words(copy.failFast)); // says at once what is wrong with them
        return copy;
    }

    @Override
    public TestRun run(TestContext context) throws InterruptedException {
        List<String> early = context.endsAtFirstFailure() && !reports.isEmpty() ? failFast : List.of();
        TestRun run = run(context, early);
        // No test has failed: the arguments themselves may be what is wrong.
        boolean unexplained = (run.verdict() == Verdict.RED || run.verdict() == Verdict.NO_TESTS) && run.failures().isEmpty() && run.complete();
        if (unexplained && !early.isEmpty()) {
            return run(context, List.of());
        }
        return early.isEmpty() || run.failures().isEmpty() ? run : run.incomplete();
    }

    private TestRun run(TestContext context, List<String> early) throws InterruptedException {
        long begun = System.nanoTime();
        List<String> words = new ArrayList<>(command);
        words.addAll(environment.values());
        Optional<String> named = Origin.named(context, words);
        if (named.isPresent()) {
            return TestRun.of(Verdict.NOT_RUN, "The command names the workspace (" + Untrusted.line(named.get(), 200) + "), but a copy of it is to be"
                    + " tested. Use paths relative to the workspace", List.of(), Durations.since(begun));
        }
        ReportPlaces.Before before;
        try {
            before = reports.before(context.workspace());
        } catch (IOException e) {
            return TestRun.of(Verdict.NOT_RUN, "The workspace cannot be read: " + Untrusted.line(e.toString(), 300), List.of(),
                    Durations.since(begun));
        }
        List<String> selected = selected(context);
        List<String> behind = new ArrayList<>(early);
        behind.addAll(selected);
        ProcessResult outcome = runner.run(request(context.workspace(), behind));
        String output = Untrusted.block(outcome.output().tailText().replace("\r\n", "\n"), MOST_OUTPUT_CHARS);
        CommandVerdict verdict;
        ResultSet results = new ResultSet();
        if (reports.isEmpty() || outcome.reason() == ProcessResult.Reason.START_FAILED) {
            verdict = CommandVerdict.withoutReports(outcome, command.get(0), output);
        } else {
            verdict = CommandVerdict.withReports(outcome, before.read(results), results.list(), reports.toString(), output);
        }
        environment.forEach(results::seed);
        TestRun run = TestRun.of(verdict.verdict(), verdict.reason(), results.list(), Durations.since(begun)).output(output).seeds(results.seeds());
        if (outcome.reason() != ProcessResult.Reason.EXITED) {
            run = run.incomplete();
        }
        if (selected.isEmpty()) { // all have run: what is red is so for its own reasons
            return selective() ? Wanted.judged(run, context.only()) : run;
        }
        return Wanted.judged(run, context.only(), outcome.reason() == ProcessResult.Reason.EXITED);
    }

    /** What to put behind the command so that it runs the tests that are asked for; nothing to run all. */
    private List<String> selected(TestContext context) {
        TestSelection how = selection;
        if (how == null || !selective() || context.only().isEmpty() || context.only().size() > MOST_SELECTED) {
            return List.of();
        }
        List<String> arguments = how.arguments(context.only()).orElse(List.of());
        return arguments.stream().mapToInt(String::length).sum() > MOST_SELECTED_CHARS ? List.of() : arguments;
    }

    private List<String> words(List<String> behind) {
        List<String> words = new ArrayList<>(command);
        words.addAll(behind);
        return words;
    }

    private ProcessRequest request(Path workspace, List<String> behind) {
        ProcessRequest request = ProcessRequest.of(words(behind)).in(workspace).timeout(timeout).mergeErrors().pass(passed);
        if (idleTimeout != null) {
            request = request.idleTimeout(idleTimeout);
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            request = request.environment(variable.getKey(), variable.getValue());
        }
        return request;
    }

    /** Each run is a process of its own in a folder of its own. */
    @Override
    public boolean concurrent() {
        return true;
    }

    /** Without reports nobody knows a test's name. */
    @Override
    public boolean selective() {
        return selection != null && !reports.isEmpty();
    }

    /**
     * All that decides what is run. What the command will find in its environment is part of it, the path and the JDK's home included,
     * but by a hash only, for it may hold secrets.
     */
    @Override
    public String fingerprint() {
        StringBuilder line = new StringBuilder("command ").append(Quoted.list(command));
        line.append(" timeout=").append(timeout).append(" idle=").append(idleTimeout == null ? "none" : idleTimeout);
        line.append(" reports=").append(Quoted.list(reports.all())).append(" pass=").append(Quoted.list(passed)).append(" environment=");
        StringBuilder variables = new StringBuilder();
        new TreeMap<>(runner.environment(request(Path.of(""), List.of()))).forEach((name, value) -> variables.append(name).append('=').append(value)
                .append('\0'));
        return line.append(FileContent.of(variables.toString()).sha256(), 0, 32).toString();
    }

    @Override
    public String toString() {
        return fingerprint();
    }
}
