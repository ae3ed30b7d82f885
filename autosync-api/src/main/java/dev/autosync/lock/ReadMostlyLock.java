package dev.autosync.lock;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * Guards state that is read often and written seldom: a reader takes no lock, looks, and afterwards sees whether anybody has written
 * meanwhile.
 *
 * <p>Called by embedding code and by plugins. Unlike {@link StampedLock}, on which it is built, it is reentrant: what holds it to write may
 * read and write. Threads: safe to share; an interrupt does not disturb it. Cost: a read that meets no writer costs two reads of a
 * volatile field and allocates nothing.
 *
 * {@snippet class=dev.autosync.examples.LockExample region=read-mostly}
 *
 * @since 0.1.0
 */
public final class ReadMostlyLock {
    /** Parks end by themselves: on some virtual threads a timed park followed by one without end can hang (JDK-8369227). */
    private static final long LONGEST_PARK_MILLIS = 500;

    private final StampedLock lock = new StampedLock();

    /** Who holds it alone. Others may read an old value, but never themselves. */
    private @Nullable Thread alone;

    /** A lock that nobody holds. */
    public ReadMostlyLock() {}

    /**
     * Reads some of the state.
     *
     * @param <T> what is read
     * @param <X> what reading may throw
     */
    @FunctionalInterface
    public interface Reading<T extends @Nullable Object, X extends Exception> {

        /**
         * Copies what is wanted out of the state. May be run more than once, and while somebody writes: what it reads may then not belong
         * together, and its result or exception is dropped. So it changes nothing, and runs in no loop that only consistent values end.
         *
         * @return a value of its own, nothing that a writer changes
         * @throws X if what it read is not as it should be
         */
        T read() throws X;
    }

    /**
     * Changes the state.
     *
     * @param <T> what comes of it
     * @param <X> what writing may throw
     */
    @FunctionalInterface
    public interface Writing<T extends @Nullable Object, X extends Exception> {

        /**
         * Changes the state, alone.
         *
         * @return what comes of it
         * @throws X if it fails; what it has changed stays changed
         */
        T write() throws X;
    }

    /**
     * Reads what belongs together.
     *
     * @param reading copies it
     * @param <T> what is read
     * @param <X> what reading may throw
     * @return what it read while nobody wrote
     * @throws X what it threw while nobody wrote
     */
    public <T extends @Nullable Object, X extends Exception> T read(Reading<T, X> reading) throws X {
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            try {
                T result = reading.read();
                if (lock.validate(stamp)) {
                    return result;
                }
            } catch (Throwable e) {
                if (lock.validate(stamp)) {
                    throw e;
                }
                // It saw half of a change.
            }
        }
        return alone(reading::read);
    }

    /**
     * Changes what belongs together.
     *
     * @param writing changes it
     * @param <T> what comes of it
     * @param <X> what writing may throw
     * @return what came of it
     * @throws X what it threw
     */
    public <T extends @Nullable Object, X extends Exception> T write(Writing<T, X> writing) throws X {
        return alone(writing);
    }

    private <T extends @Nullable Object, X extends Exception> T alone(Writing<T, X> work) throws X {
        if (alone == Thread.currentThread()) {
            return work.write();
        }
        long stamp = lockAlone();
        alone = Thread.currentThread();
        try {
            return work.write();
        } finally {
            alone = null;
            lock.unlockWrite(stamp);
        }
    }

    private long lockAlone() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long stamp = lock.tryWriteLock(LONGEST_PARK_MILLIS, TimeUnit.MILLISECONDS);
                    if (stamp != 0) {
                        return stamp;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
