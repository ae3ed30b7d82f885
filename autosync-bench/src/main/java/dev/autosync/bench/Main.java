package dev.autosync.bench;

import dev.autosync.bench.crash.CrashBench;
import dev.autosync.bench.culprit.CulpritBench;
import dev.autosync.bench.diff.DiffBench;
import dev.autosync.bench.process.ProcessBench;
import dev.autosync.bench.store.StoreBench;
import dev.autosync.bench.suite.SuiteBench;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a bench by its name: figures on standard output, everything else on standard error. */
final class Main {
    private static final Map<String, Bench> BENCHES = new TreeMap<>(Map.ofEntries(
            Map.entry("crash", new CrashBench()),
            Map.entry("culprit", new CulpritBench()),
            Map.entry("cycle", new CycleBench()),
            Map.entry("diff", new DiffBench()),
            Map.entry("handoff", new HandoffBench()),
            Map.entry("inverse", new InverseBench()),
            Map.entry("jitter", new JitterBench()),
            Map.entry("jmh", new JmhBench()),
            Map.entry("jsonpatch", new JsonPatchComparison()),
            Map.entry("jsonpatch-conformance", new JsonPatchConformance()),
            Map.entry("locks", new JmhComparison("locks", 12)),
            Map.entry("process", new ProcessBench()),
            Map.entry("retry", new JmhComparison("retry", 3)),
            Map.entry("snapshot", new SnapshotBench()),
            Map.entry("store", new StoreBench()),
            Map.entry("suite", new SuiteBench()),
            Map.entry("transaction", new TransactionBench())));

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        List<String> names = arguments.stream().filter(argument -> !argument.equals("--quick")).toList();
        Bench bench = names.size() == 1 ? BENCHES.get(names.get(0)) : null;
        if (bench == null) {
            System.err.println("Usage: run NAME [--quick], where NAME is one of: " + String.join(", ", BENCHES.keySet()));
            System.exit(2);
            return;
        }
        PrintStream standardOutput = System.out;
        // Whatever a library prints is not a figure.
        System.setOut(System.err);
        bench.run(quick, figure -> standardOutput.println(figure.line()));
        standardOutput.flush();
    }

    static Iterable<String> names() {
        return BENCHES.keySet();
    }
}
