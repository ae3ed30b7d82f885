package dev.autosync.publish;

import java.time.Duration;
import java.util.Objects;

/**
 * What came of a publication. Closed: a {@code switch} over {@link #kind()} needs no {@code default}.
 *
 * <p>Made by sinks. Threads: immutable.
 *
 * @since 0.1.0
 */
public sealed interface PublicationOutcome {

    /** The outcomes there are. */
    enum Kind {
        /** It is there now, or was already there. */
        APPLIED,
        /** There was nothing to do. */
        UNCHANGED,
        /** Somebody else was first. */
        CONFLICT,
        /** The other side does not want it, or it is not safe to do. */
        REJECTED,
        /** Not now. */
        RETRY,
        /** The reply was lost. */
        UNKNOWN
    }

    /**
     * Which outcome it is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Why, for a person to read.
     *
     * @return one line without secrets; may hold untrusted text of the other side
     */
    String reason();

    /** It is there now, or was already there. */
    final class Applied implements PublicationOutcome {
        private final String revision;
        private final String reason;

        private Applied(String revision, String reason) {
            this.revision = Objects.requireNonNull(revision, "revision");
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param revision what the other side calls it, for example the id of a commit; empty if it has no name
         * @param reason one line without secrets
         * @return the outcome
         */
        public static Applied of(String revision, String reason) {
            return new Applied(revision, reason);
        }

        /**
         * What the other side calls it.
         *
         * @return for example the id of a commit; empty if it has no name
         */
        public String revision() {
            return revision;
        }

        @Override
        public Kind kind() {
            return Kind.APPLIED;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + (revision.isEmpty() ? "" : " " + revision) + ": " + reason;
        }
    }

    /** There was nothing to do. */
    final class Unchanged implements PublicationOutcome {
        private final String reason;

        private Unchanged(String reason) {
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param reason one line without secrets
         * @return the outcome
         */
        public static Unchanged of(String reason) {
            return new Unchanged(reason);
        }

        @Override
        public Kind kind() {
            return Kind.UNCHANGED;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + ": " + reason;
        }
    }

    /** Somebody else was first: the other side is not what the changes were tested on. Nothing was changed. */
    final class Conflict implements PublicationOutcome {
        private final String actual;
        private final String reason;

        private Conflict(String actual, String reason) {
            this.actual = Objects.requireNonNull(actual, "actual");
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param actual what is there instead, as the other side calls it; empty if it has no name
         * @param reason one line without secrets
         * @return the outcome
         */
        public static Conflict of(String actual, String reason) {
            return new Conflict(actual, reason);
        }

        /**
         * What is there instead.
         *
         * @return as the other side calls it; empty if it has no name
         */
        public String actual() {
            return actual;
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + (actual.isEmpty() ? "" : " " + actual) + ": " + reason;
        }
    }

    /** The other side does not want it, or it is not safe to do. Nothing was changed. */
    final class Rejected implements PublicationOutcome {
        private final String reason;

        private Rejected(String reason) {
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param reason one line without secrets
         * @return the outcome
         */
        public static Rejected of(String reason) {
            return new Rejected(reason);
        }

        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + ": " + reason;
        }
    }

    /** Not now. Nothing was changed. */
    final class Retry implements PublicationOutcome {
        private final Duration after;
        private final String reason;

        private Retry(Duration after, String reason) {
            this.after = Objects.requireNonNull(after, "after");
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param after how long the other side asks to wait, zero or more; the next cycle tries again
         * @param reason one line without secrets
         * @return the outcome
         * @throws IllegalArgumentException if {@code after} is negative
         */
        public static Retry of(Duration after, String reason) {
            if (after.isNegative()) {
                throw new IllegalArgumentException("after must be zero or more, was " + after);
            }
            return new Retry(after, reason);
        }

        /**
         * How long the other side asks to wait. The engine tries again in the next cycle, whenever that is.
         *
         * @return zero or more
         */
        public Duration after() {
            return after;
        }

        @Override
        public Kind kind() {
            return Kind.RETRY;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + " " + after + ": " + reason;
        }
    }

    /** The reply was lost: it may have arrived or not. Planning again tells. */
    final class Unknown implements PublicationOutcome {
        private final String reason;

        private Unknown(String reason) {
            this.reason = Objects.requireNonNull(reason, "reason");
        }

        /**
         * Makes one.
         *
         * @param reason one line without secrets
         * @return the outcome
         */
        public static Unknown of(String reason) {
            return new Unknown(reason);
        }

        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }

        @Override
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return kind() + ": " + reason;
        }
    }
}
