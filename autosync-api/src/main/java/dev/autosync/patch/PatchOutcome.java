package dev.autosync.patch;

import dev.autosync.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        private final @Nullable Patch diff;
        private final @Nullable Patch inverse;
        private final List<String> needsOneOf;

        private Applied(Patch patch, String reason, List<String> paths, List<String> needsOneOf, @Nullable Patch diff, @Nullable Patch inverse) {
            super(patch, reason);
            this.paths = List.copyOf(paths);
            this.needsOneOf = List.copyOf(needsOneOf);
            this.diff = diff;
            this.inverse = inverse;
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
            return new Applied(patch, reason, paths, List.of(), null, null);
        }

        /**
         * The same outcome of a patch that needs another, although it does not name it.
         *
         * @param ids of patches that landed with it, of which it needs one at least
         * @return an outcome
         */
        public Applied needsOneOf(List<String> ids) {
            return new Applied(patch(), reason(), paths, ids, diff, inverse);
        }

        /**
         * The same outcome with what the patch did exactly, and how that is undone.
         *
         * @param diff a unified diff from what the files held to what they hold
         * @param inverse a patch that gives back what they held
         * @return an outcome
         */
        public Applied with(Patch diff, Patch inverse) {
            return new Applied(patch(), reason(), paths, needsOneOf, Objects.requireNonNull(diff, "diff"), Objects.requireNonNull(inverse, "inverse"));
        }

        /**
         * The files it changed.
         *
         * @return paths relative to the workspace, with {@code /}
         */
        public List<String> paths() {
            return paths;
        }

        /**
         * The patches of the batch of which it needs one at least, although it does not name them in {@link Patch#needs()}: its build broke without them, and
         * not with them. So are the halves of a change that was handed in as several patches.
         *
         * @return ids; empty if none was found out
         */
        public List<String> needsOneOf() {
            return needsOneOf;
        }

        /**
         * What the patch did exactly, whatever its own format and wherever it found its place.
         *
         * @return a unified diff in git's dialect, whole contents where they are binary; empty where there was no room for it: the diffs and
         *     inverses of a batch take 64 MiB at most
         */
        public Optional<Patch> diff() {
            return Optional.ofNullable(diff);
        }

        /**
         * A patch that undoes this one: byte for byte, and only while the files hold what this one has made of them. Those of a whole batch undo it
         * from the last to the first.
         *
         * @return a patch; empty where there is no {@link #diff()}
         */
        public Optional<Patch> inverse() {
            return Optional.ofNullable(inverse);
        }

        @Override
        public Kind kind() {
            return Kind.APPLIED;
        }
    }

    /** The workspace already was as the patch would have made it. */
    final class AlreadyApplied extends Base implements PatchOutcome {
        private final @Nullable String cycle;
        private final @Nullable String twin;

        private AlreadyApplied(Patch patch, String reason, @Nullable String cycle, @Nullable String twin) {
            super(patch, reason);
            this.cycle = cycle;
            this.twin = twin;
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @return the outcome
         */
        public static AlreadyApplied of(Patch patch, String reason) {
            return new AlreadyApplied(patch, reason, null, null);
        }

        /**
         * An outcome of a patch that has landed earlier.
         *
         * @param patch the patch
         * @param reason why
         * @param cycle the cycle in which it has landed
         * @return the outcome
         */
        public static AlreadyApplied inCycle(Patch patch, String reason, String cycle) {
            return new AlreadyApplied(patch, reason, Objects.requireNonNull(cycle, "cycle"), null);
        }

        /**
         * An outcome of a patch that asks for the same as another one of its batch, which has landed.
         *
         * @param patch the patch
         * @param reason why
         * @param twin the id of the other
         * @return the outcome
         */
        public static AlreadyApplied by(Patch patch, String reason, String twin) {
            return new AlreadyApplied(patch, reason, null, Objects.requireNonNull(twin, "twin"));
        }

        /**
         * The earlier cycle in which the patch has landed.
         *
         * @return its name; empty if the files alone tell, or another patch of the batch
         */
        public Optional<String> cycle() {
            return Optional.ofNullable(cycle);
        }

        /**
         * The patch of the same batch that asks for the same.
         *
         * @return its id; empty if there is none
         */
        public Optional<String> twin() {
            return Optional.ofNullable(twin);
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
        private final @Nullable NearestMatch nearest;

        private Conflicted(Patch patch, String reason, @Nullable NearestMatch nearest) {
            super(patch, reason);
            this.nearest = nearest;
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why, with the nearest place where there is one
         * @return the outcome
         */
        public static Conflicted of(Patch patch, String reason) {
            return new Conflicted(patch, reason, null);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param nearest the place that comes nearest to what the patch expects
         * @return the outcome
         */
        public static Conflicted of(Patch patch, String reason, NearestMatch nearest) {
            return new Conflicted(patch, reason, Objects.requireNonNull(nearest, "nearest"));
        }

        /**
         * The place that comes nearest to what the patch expects.
         *
         * @return empty if there is none
         */
        public Optional<NearestMatch> nearest() {
            return Optional.ofNullable(nearest);
        }

        @Override
        public Kind kind() {
            return Kind.CONFLICTED;
        }
    }

    /** The patch may not be applied anywhere: malformed, unsafe or too large. */
    final class Refused extends Base implements PatchOutcome {
        private final ErrorCode code;
        private final String place;

        private Refused(Patch patch, String reason, ErrorCode code, String place) {
            super(patch, reason);
            this.code = Objects.requireNonNull(code, "code");
            this.place = Objects.requireNonNull(place, "place");
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
            return new Refused(patch, reason, code, "");
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @param code the stable code
         * @param place the part of the patch that is at fault, for example {@code line 12} or {@code operation 3}
         * @return the outcome
         */
        public static Refused of(Patch patch, String reason, ErrorCode code, String place) {
            return new Refused(patch, reason, code, place);
        }

        /**
         * The stable code.
         *
         * @return the code
         */
        public ErrorCode code() {
            return code;
        }

        /**
         * The part of the patch that is at fault.
         *
         * @return for example {@code line 12} or {@code operation 3}, counted from 1; empty if it is the patch as a whole
         */
        public String place() {
            return place;
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
        private final List<String> intermittent;

        private Undecided(Patch patch, String reason, List<String> intermittent) {
            super(patch, reason);
            this.intermittent = List.copyOf(intermittent);
        }

        /**
         * An outcome.
         *
         * @param patch the patch
         * @param reason why
         * @return the outcome
         */
        public static Undecided of(Patch patch, String reason) {
            return new Undecided(patch, reason, List.of());
        }

        /**
         * The same outcome, because something fails now and then.
         *
         * @param tests the ids of the tests
         * @return the outcome
         */
        public Undecided intermittent(List<String> tests) {
            return new Undecided(patch(), reason(), tests);
        }

        /**
         * The tests that fail now and then with this patch and those that would have landed with it, and never without them: one of them has a bug that does not
         * always show.
         *
         * @return their ids, the first 200; empty if the patch is undecided for another reason
         */
        public List<String> intermittent() {
            return intermittent;
        }

        @Override
        public Kind kind() {
            return Kind.UNDECIDED;
        }
    }
}
