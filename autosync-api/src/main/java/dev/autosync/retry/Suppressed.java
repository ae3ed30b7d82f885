package dev.autosync.retry;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Failures within failures, as many as are of use. */
final class Suppressed {
    /** A body may throw the same objects in every call; what they collect must end somewhere. */
    private static final int MOST = 16;

    private Suppressed() {}

    /** Suppresses one failure in another, unless it is that one, is there already, or there are too many. */
    static void add(Throwable failure, @Nullable Throwable other) {
        if (other == null || other == failure) {
            return;
        }
        Throwable[] there = failure.getSuppressed();
        if (there.length >= MOST) {
            return;
        }
        for (Throwable known : there) {
            if (known == other) {
                return;
            }
        }
        failure.addSuppressed(other);
    }

    static void addAll(Throwable failure, @Nullable Deque<Throwable> others) {
        if (others != null) {
            others.forEach(other -> add(failure, other));
        }
    }

    /** Keeps a failure in place of the oldest. */
    static Deque<Throwable> keep(@Nullable Deque<Throwable> kept, Throwable failure, int most) {
        Deque<Throwable> into = kept == null ? new ArrayDeque<>() : kept;
        if (into.size() == most) {
            into.removeFirst();
        }
        into.addLast(failure);
        return into;
    }
}
