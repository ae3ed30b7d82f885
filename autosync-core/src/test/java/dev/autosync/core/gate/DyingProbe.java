package dev.autosync.core.gate;

import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.Isolation;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that dies in the middle of a run of the tests on a patched tree. */
public final class DyingProbe {
    private DyingProbe() {}

    public static void main(String[] args) throws Exception {
        int copies = Integer.parseInt(args[1]);
        PatchRunner.builder(Path.of(args[0])).isolation(copies == 0 ? Isolation.inPlace() : Isolation.candidates(copies))
                .tests(new TreeSuite(context -> {
                    if (Files.readString(context.workspace().resolve("f0")).startsWith("new")) {
                        System.out.println("dying");
                        Runtime.getRuntime().halt(9);
                    }
                })).build().run(IsolationContract.batch());
    }
}
