package dev.autosync.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.SyncEngine;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchRunner;
import dev.autosync.testing.TestSuite;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** These tests have no engine on their path. */
class CoreMissingTest {
    private static void assertNamesTheDependency(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AutoSyncException.class).hasMessageContaining("dev.autosync:autosync-core")
                .hasMessageContaining("AS-1504").extracting(e -> ((AutoSyncException) e).code()).isEqualTo(ErrorCode.CORE_MISSING);
    }

    @Test
    void everyFactoryNamesTheDependencyToAdd() {
        Path here = Path.of(".");
        assertNamesTheDependency(() -> SyncEngine.open(here));
        assertNamesTheDependency(() -> SyncEngine.builder(here));
        assertNamesTheDependency(() -> PatchRunner.builder(here));
        assertNamesTheDependency(() -> PatchBatch.read(here));
        assertNamesTheDependency(() -> TestSuite.command("true"));
        assertNamesTheDependency(TestSuite::junitPlatform);
    }

    @Test
    void namesItWhateverTheContextClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(null);
            assertNamesTheDependency(() -> SyncEngine.builder(Path.of(".")));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
