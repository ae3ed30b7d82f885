package dev.autosync.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.testing.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Absolute paths of the workspace, given to a suite that runs on a copy. */
class OriginTest {
    private final Path origin = Path.of("/w/ork");
    private final TestContext copy = TestContext.ofCopy(Path.of("/w/ork/.autosync/candidates/1"), origin);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "/w/ork/run.sh, true",
        "/w/ork, true",
        "-Dcache=/w/ork/cache, true",
        "/a:/w/ork:/b, true",
        "/w/orkshop/run.sh, false",
        "/w/ork-2/run.sh, false",
        "ork/run.sh, false",
        "./run.sh, false",
    })
    void seesWhetherAWordNamesTheWorkspace(String word, boolean names) {
        assertThat(Origin.named(copy, List.of(word)).isPresent()).isEqualTo(names);
        assertThat(Origin.named(TestContext.of(origin), List.of(word))).as("in place it may").isEmpty();
    }

    @Test
    void takesAPathOfTheWorkspaceForThatOfTheCopy() {
        assertThat(Origin.rebased(copy, Path.of("/w/ork/target/classes"))).isEqualTo(copy.workspace().resolve("target/classes"));
        assertThat(Origin.rebased(copy, Path.of("target/classes"))).isEqualTo(copy.workspace().resolve("target/classes"));
        assertThat(Origin.rebased(copy, Path.of("/lib/x.jar"))).isEqualTo(Path.of("/lib/x.jar"));
        assertThat(Origin.rebased(TestContext.of(origin), Path.of("/w/ork/target"))).isEqualTo(Path.of("/w/ork/target"));
    }

    @Test
    void findsTheWorkspaceBehindALinkOfSomebodyElse() throws Exception {
        Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        TestContext context = TestContext.ofCopy(real.resolve(".autosync/candidates/1"), real);
        assertThat(Origin.rebased(context, link.resolve("not/there/yet"))).isEqualTo(context.workspace().resolve("not/there/yet"));
    }
}
