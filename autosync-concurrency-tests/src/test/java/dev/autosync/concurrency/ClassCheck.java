package dev.autosync.concurrency;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A test class: a scenario played through with real threads, or a model that Lincheck takes through its interleavings.
 *
 * @param type the class
 */
record ClassCheck(Class<?> type) implements Check {

    @Override
    public boolean runsHere() {
        // Lincheck stalls on 17 (its issue 842).
        return !isModel() || Runtime.version().feature() >= 25;
    }

    private boolean isModel() {
        return type.getSimpleName().endsWith("Model");
    }

    @Override
    public Verdict run(List<Path> changed, Path work) throws Exception {
        List<String> options = new ArrayList<>();
        if (isModel()) {
            // It changes classes as they are loaded, those of the JDK too.
            options.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-Xshare:off", "--sun-misc-unsafe-memory-access=allow"));
            if (!LongRun.isOn()) {
                options.add("-Dautosync.iterations=2");
            }
        }
        ChildJvm.Ended ended = ChildJvm.run(changed, work, options, List.of(RunClasses.class.getName(), type.getName()));
        if (ended.code() != 0 && ended.code() != 1) {
            throw new AssertionError(type + " has run nothing: exit code " + ended.code() + "\n" + ended.output());
        }
        return new Verdict(ended.code() == 0, ended.output());
    }

    @Override
    public String toString() {
        return (isModel() ? "Lincheck " : "") + type.getSimpleName();
    }
}
