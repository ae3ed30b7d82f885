package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.lock.Hold;
import dev.autosync.lock.WorkspaceLock;
import dev.autosync.retry.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/retry-and-locks.md shows is code of the examples, which is compiled, and run here. */
class RetryAndLocksTest {
    @TempDir
    Path folder;

    @Test
    void triesAgainUntilItSucceeds() throws Exception {
        List<Duration> left = new ArrayList<>();
        String answer = RetryExample.fetch(timeout -> {
            left.add(timeout);
            if (left.size() < 3) {
                throw new IOException("not yet");
            }
            return "answer";
        });
        assertThat(answer).isEqualTo("answer");
        assertThat(left).hasSize(3).allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofMinutes(2)));
        assertThatThrownBy(() -> RetryExample.fetch(timeout -> {
            throw new IllegalStateException("a bug");
        })).hasMessage("a bug");
    }

    @Test
    void locksKeysAndStateAndWorkspaces() throws Exception {
        LockExample example = new LockExample();
        List<Long> tokens = new ArrayList<>();
        example.rename("b", "a", tokens::add);
        example.rename("a", "b", tokens::add);
        assertThat(tokens.get(1)).isGreaterThan(tokens.get(0));
        example.move(5);
        assertThat(example.range()).isEqualTo(10);

        assertThat(LockExample.change(folder, () -> {
            WorkspaceLock lock = WorkspaceLock.of(folder);
            assertThat(lock.inspect().held()).isTrue();
            assertThat(lock.tryAcquire()).isEmpty();
        })).isEqualTo("changed under token 1");
        try (Hold hold = WorkspaceLock.of(folder).acquire(Deadline.none())) {
            assertThat(WorkspaceLock.of(folder).inspect()).asString().contains("process " + ProcessHandle.current().pid(), "alive");
        }
    }

    @Test
    void areWhatThePageShows() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "retry-and-locks.md"));
        for (String[] region : new String[][] {{"RetryExample", "retry"}, {"LockExample", "keyed"}, {"LockExample", "read-mostly"},
                {"LockExample", "workspace"}}) {
            String source = Files.readString(Path.of("src/main/java/dev/autosync/examples", region[0] + ".java"));
            String begin = "// @start region=\"" + region[1] + "\"\n";
            String from = source.substring(source.indexOf(begin) + begin.length());
            assertThat(page).contains("```java\n" + from.substring(0, from.indexOf("// @end")).stripIndent().stripTrailing() + "\n```\n");
        }
    }
}
