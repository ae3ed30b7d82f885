package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** More threads than processors want one key, so that some of them wait in line while others come by and take it. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
public class CrowdTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 30_000;

    private final KeyedLocks locks = new KeyedLocks();
    private int counter;

    @Test
    void losesNoUpdate() throws Exception {
        List<FutureTask<Boolean>> crowd = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            FutureTask<Boolean> one = new FutureTask<>(this::count);
            crowd.add(one);
            new Thread(one).start();
        }
        for (FutureTask<Boolean> one : crowd) {
            assertThat(one.get(100, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(counter).isEqualTo(THREADS * ROUNDS);
        assertThat(locks.size()).isZero();
    }

    private boolean count() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            try (Hold hold = locks.acquire("key")) {
                int seen = counter;
                if (round % 64 == 0) {
                    // Long enough for the others to get in line.
                    Thread.yield();
                }
                counter = seen + 1;
            }
        }
        return true;
    }
}
