package dev.autosync.core.secrets;

import dev.autosync.AutoSyncException;
import dev.autosync.Location;
import dev.autosync.lock.LockException;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.PathRefusedException;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.StoreException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes copies of failures whose texts are redacted. Failures that show nothing are left as they are. For one call. */
final class FailureRedaction {
    private static final int MAX_DEPTH = 50;

    private final UnaryOperator<String> redact;

    /** What was copied: causes and suppressed exceptions may lead in circles. */
    private final Set<Throwable> copied = Collections.newSetFromMap(new IdentityHashMap<>());

    FailureRedaction(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    AutoSyncException redact(AutoSyncException failure) {
        return showsAnything(failure) ? copy(failure, 0) : failure;
    }

    Throwable redact(Throwable thrown) {
        return redact(thrown, 0);
    }

    private Throwable redact(Throwable thrown, int depth) {
        if (!showsAnything(thrown)) {
            return thrown;
        }
        return thrown instanceof AutoSyncException failure ? copy(failure, depth) : copy(thrown, depth);
    }

    private @Nullable Throwable redactCause(Throwable thrown, int depth) {
        Throwable cause = thrown.getCause();
        return cause == null || isTooFar(cause, depth) ? null : redact(cause, depth + 1);
    }

    private boolean isTooFar(Throwable next, int depth) {
        return depth >= MAX_DEPTH || copied.contains(next);
    }

    private Throwable copy(Throwable thrown, int depth) {
        copied.add(thrown);
        String message = text(thrown::getMessage);
        RedactedThrowable copy = new RedactedThrowable(redact.apply(text(thrown::toString)), message.isEmpty() ? null : redact.apply(message),
                redactCause(thrown, depth));
        return dressed(copy, thrown, depth);
    }

    private AutoSyncException copy(AutoSyncException failure, int depth) {
        copied.add(failure);
        String message = redact.apply(bareMessage(failure));
        Throwable cause = redactCause(failure, depth);
        AutoSyncException copy;
        if (failure instanceof StoreException) {
            copy = new StoreException(failure.code(), message, cause);
        } else if (failure instanceof ConnectorException connector) {
            copy = new ConnectorException(failure.code(), message, connector.retryAfter().orElse(null), cause);
        } else if (failure instanceof SecretsException) {
            copy = new SecretsException(failure.code(), message, cause);
        } else if (failure instanceof LockException busy) {
            copy = new LockException(busy.code(), message, busy.owner().orElse(null));
        } else if (failure instanceof PathRefusedException) {
            copy = new PathRefusedException(message);
        } else {
            Location place = failure.location().map(this::redact).orElse(null);
            copy = failure.getClass() == AutoSyncException.class ? new AutoSyncException(failure.code(), message, place, cause)
                    : new RedactedFailure(failure, message, place, cause);
        }
        return dressed(copy, failure, depth);
    }

    /** With the stack trace of the original, and what it suppressed. */
    private <T extends Throwable> T dressed(T copy, Throwable original, int depth) {
        copy.setStackTrace(original.getStackTrace());
        for (Throwable suppressed : original.getSuppressed()) {
            if (!isTooFar(suppressed, depth)) {
                copy.addSuppressed(redact(suppressed, depth + 1));
            }
        }
        return copy;
    }

    /** The message as it was given to the constructor, which puts the place in front of it and the code behind. */
    private static String bareMessage(AutoSyncException failure) {
        String message = failure.getMessage();
        String code = " [" + failure.code().id() + "]";
        String place = failure.location().map(location -> location + ": ").orElse("");
        int start = message.startsWith(place) ? place.length() : 0;
        return message.substring(start, message.endsWith(code) ? message.length() - code.length() : message.length());
    }

    private Location redact(Location place) {
        String file = redact.apply(place.file());
        return place.line().isEmpty() ? Location.of(file)
                : Location.of(file, place.line().getAsInt(), redact.apply(place.pointer().orElse("")));
    }

    private boolean showsAnything(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.push(thrown);
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (shows(next)) {
                return true;
            }
            Arrays.stream(next.getSuppressed()).forEach(open::push);
            if (next.getCause() != null) {
                open.push(next.getCause());
            }
        }
        return false;
    }

    private boolean shows(Throwable thrown) {
        return shows(text(thrown::getMessage)) || shows(text(thrown::toString))
                || thrown instanceof AutoSyncException failure && failure.location().filter(place -> shows(place.file())
                        || shows(place.pointer().orElse(""))).isPresent();
    }

    private boolean shows(String text) {
        return !redact.apply(text).equals(text);
    }

    /** A text of an exception that anybody may have written. */
    private static String text(Supplier<@Nullable String> text) {
        try {
            String given = text.get();
            return given == null ? "" : given;
        } catch (RuntimeException e) {
            return "";
        }
    }

    /** A failure that is no other type of the API's. */
    private static final class RedactedFailure extends AutoSyncException {
        private static final long serialVersionUID = 1L;

        /** What the original said. */
        private final boolean retryable;

        RedactedFailure(AutoSyncException original, String message, @Nullable Location location, @Nullable Throwable cause) {
            super(original.code(), message, location, cause);
            this.retryable = original.retryable();
        }

        @Override
        public boolean retryable() {
            return retryable;
        }

        /** Like its type, so that a log does not show how it was made. */
        @Override
        public String toString() {
            return AutoSyncException.class.getName() + ": " + getMessage();
        }
    }
}
