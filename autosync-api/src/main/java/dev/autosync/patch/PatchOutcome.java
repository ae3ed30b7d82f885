package dev.autosync.patch;

import dev.autosync.ErrorCode;
import java.util.List;
import java.util.Objects;

/**
 * What became of a patch, and why. The set of outcomes is closed.
 *
 * <p>On JDK 17 switch over {@link #kind()}, on 21 and later over the types; neither needs a {@code default}.
 * Reasons may quote the patch or the tests: untrusted text, control characters shown as escapes. Threads: immutable.
 *
 * @since 0.1.0
 */
public sealed interface PatchOutcome {

    /** The outcomes, one for each type. */
    enum Kind {
        /** {@link Applied}. */
        APPLIED,
        /** {@link AlreadyApplied}. */
        ALREADY_APPLIED,
        /** {@link Ambiguous}. */
        AMBIGUOUS,
        /** {@link Conflicted}. */
        CONFLICTED,
        /** {@link Refused}. */
        REFUSED,
        /** {@link Blamed}. */
        BLAMED,
        /** {@link Dropped}. */
        DROPPED,
        /** {@link Undecided}. */
        UNDECIDED
    }

    /**
     * The patch.
     *
     * @return as it was given
     */
    Patch patch();

    /**
     * Which outcome this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Why.
     *
     * @return one line or a few
     */
    String reason();

    /** The patch landed: it is in the workspace, and the tests were green with it. */
    final class Applied extends Base implements PatchOutcome {
        private final List<String> paths;

        private Applied(Patch patch, String reason, List<String> paths) {
            super(patch, reason);
            this.paths = List.copyOf(paths);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param paths the files it changed
         * @return the outcome
         */
        public static Applied of(Patch patch, String reason, List<String> paths) {
            return new Applied(patch, reason, paths);
        }

        /**
         * The files it changed.
         *
         * @return paths relative to the workspace, with {@code /}
         */
        public List<String> paths() {
            return paths;
        }

        @Override
        public Kind kind() {
            return Kind.APPLIED;
        }
    }

    /** The workspace already was as the patch would have made it. */
    final class AlreadyApplied extends Base implements PatchOutcome {
        private AlreadyApplied(Patch patch, String reason) {
            super(patch, reason);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @return the outcome
         */
        public static AlreadyApplied of(Patch patch, String reason) {
            return new AlreadyApplied(patch, reason);
        }

        @Override
        public Kind kind() {
            return Kind.ALREADY_APPLIED;
        }
    }

    /** The patch fits in several places, and nothing says which is meant. */
    final class Ambiguous extends Base implements PatchOutcome {
        private final List<String> places;

        private Ambiguous(Patch patch, String reason, List<String> places) {
            super(patch, reason);
            this.places = List.copyOf(places);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param places where it fits, as {@code file:line}
         * @return the outcome
         */
        public static Ambiguous of(Patch patch, String reason, List<String> places) {
            return new Ambiguous(patch, reason, places);
        }

        /**
         * Where it fits.
         *
         * @return two or more, as {@code file:line}
         */
        public List<String> places() {
            return places;
        }

        @Override
        public Kind kind() {
            return Kind.AMBIGUOUS;
        }
    }

    /** The workspace is not what the patch was made for. */
    final class Conflicted extends Base implements PatchOutcome {
        private Conflicted(Patch patch, String reason) {
            super(patch, reason);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why, with the nearest place where there is one
         * @return the outcome
         */
        public static Conflicted of(Patch patch, String reason) {
            return new Conflicted(patch, reason);
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICTED;
        }
    }

    /** The patch may not be applied anywhere: malformed, unsafe or too large. */
    final class Refused extends Base implements PatchOutcome {
        private final ErrorCode code;

        private Refused(Patch patch, String reason, ErrorCode code) {
            super(patch, reason);
            this.code = Objects.requireNonNull(code, "code");
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why, with its place in the patch
         * @param code the stable code
         * @return the outcome
         */
        public static Refused of(Patch patch, String reason, ErrorCode code) {
            return new Refused(patch, reason, code);
        }

        /**
         * The stable code.
         *
         * @return the code
         */
        public ErrorCode code() {
            return code;
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /** Tests passed without the patch and failed with it: it was taken out. */
    final class Blamed extends Base implements PatchOutcome {
        private final Blame blame;

        private Blamed(Patch patch, String reason, Blame blame) {
            super(patch, reason);
            this.blame = Objects.requireNonNull(blame, "blame");
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param blame the evidence
         * @return the outcome
         */
        public static Blamed of(Patch patch, String reason, Blame blame) {
            return new Blamed(patch, reason, blame);
        }

        /**
         * The evidence.
         *
         * @return the runs and the tests
         */
        public Blame blame() {
            return blame;
        }

        @Override
        public Kind kind() {
            return Kind.BLAMED;
        }
    }

    /** The patch needs one that did not land. Nothing is held against it. */
    final class Dropped extends Base implements PatchOutcome {
        private final List<String> because;

        private Dropped(Patch patch, String reason, List<String> because) {
            super(patch, reason);
            this.because = List.copyOf(because);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param because the ids of the patches that did not land
         * @return the outcome
         */
        public static Dropped of(Patch patch, String reason, List<String> because) {
            return new Dropped(patch, reason, because);
        }

        /**
         * The patches that it needs and that did not land.
         *
         * @return their ids, one or more
         */
        public List<String> because() {
            return because;
        }

        @Override
        public Kind kind() {
            return Kind.DROPPED;
        }
    }

    /** Nothing was found out about the patch; it is not in the workspace. */
    final class Undecided extends Base implements PatchOutcome {
        private Undecided(Patch patch, String reason) {
            super(patch, reason);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @return the outcome
         */
        public static Undecided of(Patch patch, String reason) {
            return new Undecided(patch, reason);
        }

        @Override
        public Kind kind() {
            return Kind.UNDECIDED;
        }
    }
}
