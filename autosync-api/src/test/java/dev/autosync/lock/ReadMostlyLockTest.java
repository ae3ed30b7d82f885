package dev.autosync.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadMostlyLockTest {
    private final ReadMostlyLock lock = new ReadMostlyLock();
    private int left;
    private int right;

    @Test
    void readsWhatWasWritten() {
        assertThat(lock.<Integer, RuntimeException>write(() -> left = 3)).isEqualTo(3);
        assertThat(lock.<Integer, RuntimeException>read(() -> left)).isEqualTo(3);
    }

    @Test
    void neverReadsHalfOfAChange() throws Exception {
        int rounds = 200_000;
        Thread writer = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                lock.write(() -> {
                    left++;
                    right++;
                    return left;
                });
            }
        });
        writer.start();
        int seen = 0;
        while (seen < rounds) {
            int[] pair = lock.read(() -> new int[] {left, right});
            assertThat(pair[0]).isEqualTo(pair[1]).isGreaterThanOrEqualTo(seen);
            seen = pair[0];
        }
        writer.join();
    }

    @Test
    void dropsWhatAReaderThrowsThatSawHalfOfAChange() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        FutureTask<Integer> reader = new FutureTask<>(() -> lock.<Integer, Exception>read(() -> {
            int first = left;
            reading.countDown();
            written.await();
            if (first != right) {
                throw new IllegalStateException("half");
            }
            return first;
        }));
        Thread thread = new Thread(reader);
        thread.start();
        reading.await();
        lock.write(() -> {
            left = 1;
            right = 1;
            return left;
        });
        written.countDown();
        assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        thread.join();
    }

    @Test
    void handsOnWhatReadersAndWritersThrow() {
        assertThatThrownBy(() -> lock.read(() -> {
            throw new IOException("read");
        })).isInstanceOf(IOException.class).hasMessage("read");
        assertThatThrownBy(() -> lock.write(() -> {
            throw new IOException("write");
        })).isInstanceOf(IOException.class).hasMessage("write");
        assertThat(lock.<Integer, RuntimeException>write(() -> 1)).isEqualTo(1);
    }

    @Test
    void isReentrantForItsWriter() {
        int seen = lock.write(() -> {
            left = 1;
            lock.write(() -> right = 2);
            return lock.<Integer, RuntimeException>read(() -> left + right);
        });
        assertThat(seen).isEqualTo(3);
    }

    @Test
    void isNotDisturbedByAnInterruptAndKeepsIt() {
        Thread.currentThread().interrupt();
        assertThat(lock.<Integer, RuntimeException>write(() -> left = 9)).isEqualTo(9);
        assertThat(lock.<Integer, RuntimeException>read(() -> left)).isEqualTo(9);
        assertThat(Thread.interrupted()).isTrue();
    }
}
