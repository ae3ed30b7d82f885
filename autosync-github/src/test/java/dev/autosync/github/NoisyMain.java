package dev.autosync.github;

import java.io.File;
import org.eclipse.jgit.api.Git;

/** What JGit does by itself: opens a repository and commits. */
final class NoisyMain {
    private NoisyMain() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        try (Git git = Git.open(new File(arguments[0]))) {
            git.commit().setAuthor("a", "b").setCommitter("a", "b").setAllowEmpty(true).setSign(false).setMessage("x").call();
        }
        System.out.println("took " + (System.nanoTime() - start) / 1_000_000 + " ms, " + ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() + " ms of processor so far");
    }
}
