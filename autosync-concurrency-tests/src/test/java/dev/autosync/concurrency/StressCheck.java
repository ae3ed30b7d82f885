package dev.autosync.concurrency;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tests of jcstress: two threads, many times, on the real processor and the real compilers. In a long run longer, and with the compiler's
 * order of instructions shuffled as well.
 *
 * @param tests the names, as a regular expression
 */
record StressCheck(String tests) implements Check {
    private static final Pattern RESULTS =
            Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");

    @Override
    public Verdict run(List<Path> changed, Path work) throws Exception {
        ChildJvm.Ended ended = ChildJvm.run(changed, work, List.of(), List.of("org.openjdk.jcstress.Main",
                "-t", tests, "-r", "html", "-m", "quick", "-c", "2", "-af", "NONE", "-sc", "false", "-pth", "false",
                "-f", "1", "-fsm", LongRun.isOn() ? "1" : "0", "-iters", "1", "-time", LongRun.isOn() ? "1500" : "200",
                "-jvmArgs", "-XX:+UseSerialGC"));
        Matcher results = RESULTS.matcher(ended.output());
        int planned = 0;
        int passed = 0;
        int found = 0;
        while (results.find()) {
            planned = Integer.parseInt(results.group(1));
            passed = Integer.parseInt(results.group(2));
            found = Integer.parseInt(results.group(3)) + Integer.parseInt(results.group(5));
        }
        if (planned == 0 || found == 0 && passed < planned) {
            throw new AssertionError("jcstress has run nothing, or not to its end\n" + ended.output());
        }
        return new Verdict(found == 0, ended.output());
    }

    @Override
    public String toString() {
        return "jcstress " + tests;
    }
}
