package dev.autosync.lock;

import dev.autosync.ErrorCode;
import dev.autosync.retry.Deadline;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * A lock for each key, of as many keys as there may be.
 *
 * <p>Called by embedding code and by plugins. A lock belongs to exactly one key: two keys never share one, whatever their hash codes. It is
 * reentrant, held by a thread, and given to whoever comes first when it is free, not in turn. Of a key that nobody holds or waits for
 * nothing is kept.
 *
 * <p>Several keys are taken with {@link #acquireAll}, in the order of their characters (UTF-16), so that callers who take some of the same
 * keys never wait for each other in a circle. A caller who takes one more while holding others can.
 *
 * <p>Threads: safe to share; virtual threads too. No wait is longer than its deadline, and every wait ends at an interrupt. Cost: an
 * uncontended key allocates its {@link Hold} and nothing else; time in proportion to a sixty-fourth of the keys that are held at once.
 *
 * {@snippet class=dev.autosync.examples.LockExample region=keyed}
 *
 * @since 0.1.0
 */
public final class KeyedLocks {
    /* Stripes are short: each is locked for as long as it takes to find a key in it. What is held is the key, never the stripe. */
    private static final int STRIPES = 64;

    private final KeyStripe[] stripes = new KeyStripe[STRIPES];

    /** Locks for keys, none of which is held. */
    public KeyedLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new KeyStripe();
        }
    }

    /**
     * Takes a key, however long that takes.
     *
     * @param key the key
     * @return what is held; to be closed on the same thread
     * @throws InterruptedException if the thread was interrupted; the key is not held
     */
    public Hold acquire(String key) throws InterruptedException {
        return acquire(key, Deadline.none());
    }

    /**
     * Takes a key.
     *
     * @param key the key
     * @param deadline until when to wait
     * @return what is held; to be closed on the same thread
     * @throws LockException {@link ErrorCode#LOCK_BUSY} if another thread has it all that time
     * @throws InterruptedException if the thread was interrupted; the key is not held
     */
    public Hold acquire(String key, Deadline deadline) throws InterruptedException {
        Objects.requireNonNull(deadline, "deadline");
        KeyStripe stripe = stripe(key);
        KeyHold hold = stripe.take(key);
        return hold != null ? hold : stripe.await(key, deadline);
    }

    /**
     * Takes a key if it is free.
     *
     * @param key the key
     * @return what is held, to be closed on the same thread; empty if another thread has it
     */
    public Optional<Hold> tryAcquire(String key) {
        return Optional.ofNullable(stripe(key).take(key));
    }

    /**
     * Takes several keys, all or none.
     *
     * @param keys at least one; in any order, the same one more than once
     * @param deadline until when to wait
     * @return what is held; to be closed on the same thread. Its token is higher than that of every earlier grant of any of the keys
     * @throws IllegalArgumentException if there is no key
     * @throws LockException {@link ErrorCode#LOCK_BUSY} if another thread has one of them all that time; none is held
     * @throws InterruptedException if the thread was interrupted; none is held
     */
    public Hold acquireAll(Collection<String> keys, Deadline deadline) throws InterruptedException {
        Objects.requireNonNull(deadline, "deadline");
        String[] ordered = ordered(keys);
        KeyHold[] holds = new KeyHold[ordered.length];
        int taken = 0;
        try {
            for (String key : ordered) {
                KeyStripe stripe = stripe(key);
                KeyHold hold = stripe.take(key);
                holds[taken] = hold != null ? hold : stripe.await(key, deadline);
                taken++;
            }
            return KeyHolds.of(holds);
        } catch (Throwable e) {
            while (taken > 0) {
                holds[--taken].close();
            }
            throw e;
        }
    }

    /**
     * The thread that has a key.
     *
     * @param key the key
     * @return empty if it is free; it may have changed when this returns
     */
    public Optional<Thread> holder(String key) {
        return stripe(key).holder(key);
    }

    /**
     * How many keys are held or waited for.
     *
     * @return 0 or more; an estimate while others work
     */
    public int size() {
        int size = 0;
        for (KeyStripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    /** The keys in the order in which everybody takes them, each once. */
    private static String[] ordered(Collection<String> keys) {
        String[] ordered = Objects.requireNonNull(keys, "keys").toArray(new String[0]);
        for (String key : ordered) {
            Objects.requireNonNull(key, "keys must not hold null");
        }
        if (ordered.length == 0) {
            throw new IllegalArgumentException("keys must not be empty");
        }
        Arrays.sort(ordered);
        int distinct = 1;
        for (int i = 1; i < ordered.length; i++) {
            if (!ordered[i].equals(ordered[distinct - 1])) {
                ordered[distinct++] = ordered[i];
            }
        }
        return distinct == ordered.length ? ordered : Arrays.copyOf(ordered, distinct);
    }

    private KeyStripe stripe(String key) {
        int hash = Objects.requireNonNull(key, "key").hashCode();
        return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
    }

    @Override
    public String toString() {
        return "KeyedLocks[" + size() + " keys]";
    }
}
