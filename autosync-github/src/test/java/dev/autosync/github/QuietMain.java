package dev.autosync.github;

import dev.autosync.patch.FileContent;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.Sink;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.util.SystemReader;

/** Publishes three times in a process of its own, and says how long each took. Arguments: remote, workspace, state folder. */
final class QuietMain {
    private QuietMain() {}

    public static void main(String[] arguments) throws Exception {
        TestContext context = new TestContext(Map.of("remote", arguments[0], "token", "secret:test/" + GitServer.TOKEN), Path.of(arguments[1]),
                Path.of(arguments[2]));
        String text = null;
        for (int i = 0; i < 3; i++) {
            String before = text == null ? null : FileContent.of(text).sha256();
            text = "content " + i + "\n";
            PublishedChange change = PublishedChange.of("quiet.txt", before, FileContent.of(text));
            long start = System.nanoTime();
            try (Sink sink = (Sink) new GitHubConnectorFactory().open(context)) {
                String id = Integer.toString(i).repeat(64);
                System.out.println(sink.publish(sink.plan(World.publication(id, change)), id));
            }
            System.out.println("took " + (System.nanoTime() - start) / 1_000_000 + " ms, " + ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() + " ms of processor so far");
        }
        System.out.println("reader " + SystemReader.getInstance().getClass().getName());
        System.out.println("alive " + Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon()).count());
    }
}
