package dev.autosync.exec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a run of a program ended.
 *
 * <p>Threads: immutable.
 *
 * @since 0.1.0
 */
public final class ProcessResult {

    /** Why a run ended. */
    public enum Reason {
        /** The child ended by itself, or somebody else ended it. */
        EXITED,
        /** The whole time was up. */
        TIMED_OUT,
        /** Neither stream said anything for too long. */
        IDLE,
        /** {@link ProcessRequest#cancelWhen} said so. */
        CANCELLED,
        /** More was printed than {@link ProcessRequest#outputLimit} allows. */
        OUTPUT_LIMIT,
        /** There never was a child. */
        START_FAILED
    }

    private final Reason reason;
    private final OptionalInt exitCode;
    private final OptionalInt signal;
    private final String failure;
    private final Duration duration;
    private final CapturedOutput output;
    private final CapturedOutput errors;
    private final boolean outputMayBeIncomplete;
    private final List<Long> survivors;
    private final boolean escapedSought;
    private final long spilledBytes;
    private final String spillFailure;

    private ProcessResult(Builder builder) {
        this.reason = builder.reason;
        this.exitCode = builder.exitCode;
        this.signal = builder.signal;
        this.failure = builder.failure;
        this.duration = builder.duration;
        this.output = builder.output;
        this.errors = builder.errors;
        this.outputMayBeIncomplete = builder.outputMayBeIncomplete;
        this.survivors = List.copyOf(builder.survivors);
        this.escapedSought = builder.escapedSought;
        this.spilledBytes = builder.spilledBytes;
        this.spillFailure = builder.spillFailure;
    }

    /**
     * A result, for those who implement or imitate a runner.
     *
     * @param reason why the run ended
     * @param duration how long it took
     * @return a builder of a run without exit code and output
     */
    public static Builder builder(Reason reason, Duration duration) {
        return new Builder(reason, duration);
    }

    /**
     * Why the run ended.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the child returned.
     *
     * @return empty unless {@link Reason#EXITED}
     */
    public OptionalInt exitCode() {
        return exitCode;
    }

    /**
     * Whether the child ended by itself with exit code 0.
     *
     * @return true if it did
     */
    public boolean succeeded() {
        return exitCode.isPresent() && exitCode.getAsInt() == 0;
    }

    /**
     * The signal that ended the child, as shells and Java encode it: an exit code above 128. A program may also exit with such a code.
     *
     * @return 1 to 64; empty if there was none, and on Windows, where exit codes mean other things
     */
    public OptionalInt signal() {
        return signal;
    }

    /**
     * Why the program could not be started.
     *
     * @return text of the system; empty unless {@link Reason#START_FAILED}
     */
    public String failure() {
        return failure;
    }

    /**
     * How long it took.
     *
     * @return from the call to the return, clean-up included
     */
    public Duration duration() {
        return duration;
    }

    /**
     * Standard output, and standard error too if they were merged.
     *
     * @return what is kept of it; untrusted
     */
    public CapturedOutput output() {
        return output;
    }

    /**
     * Standard error.
     *
     * @return what is kept of it; untrusted; nothing if it was merged into the output
     */
    public CapturedOutput errors() {
        return errors;
    }

    /**
     * Whether somebody could still have printed when the run was over: processes were left that had to be killed, or a stream was still open
     * after the kill because something unknown holds it.
     *
     * @return true if so
     */
    public boolean outputMayBeIncomplete() {
        return outputMayBeIncomplete;
    }

    /**
     * The processes of the run that were alive after the kill.
     *
     * @return their ids; none is what is hoped for, and no proof
     */
    public List<Long> survivors() {
        return survivors;
    }

    /**
     * Whether processes that have left the tree were sought too. On other systems than Linux only known descendants can be killed.
     *
     * @return true on Linux
     */
    public boolean escapedSought() {
        return escapedSought;
    }

    /**
     * How much was written to {@link ProcessRequest#spill}.
     *
     * @return bytes; 0 without a file
     */
    public long spilledBytes() {
        return spilledBytes;
    }

    /**
     * Why the file of {@link ProcessRequest#spill} ends before its bound and before the output does.
     *
     * @return text of the system; empty if it does not
     */
    public String spillFailure() {
        return spillFailure;
    }

    @Override
    public String toString() {
        return reason + (exitCode.isPresent() ? " with " + exitCode.getAsInt() : failure.isEmpty() ? "" : ": " + failure) + " after " + duration;
    }

    /** Builds a result. Not safe to share between threads. */
    public static final class Builder {
        private final Reason reason;
        private final Duration duration;
        private OptionalInt exitCode = OptionalInt.empty();
        private OptionalInt signal = OptionalInt.empty();
        private String failure = "";
        private CapturedOutput output = CapturedOutput.none();
        private CapturedOutput errors = CapturedOutput.none();
        private boolean outputMayBeIncomplete;
        private List<Long> survivors = List.of();
        private boolean escapedSought;
        private long spilledBytes;
        private String spillFailure = "";

        private Builder(Reason reason, Duration duration) {
            this.reason = Objects.requireNonNull(reason, "reason");
            this.duration = Objects.requireNonNull(duration, "duration");
        }

        /**
         * Sets what the child returned.
         *
         * @param code the exit code
         * @return this
         */
        public Builder exitCode(int code) {
            this.exitCode = OptionalInt.of(code);
            return this;
        }

        /**
         * Sets the signal that ended the child.
         *
         * @param number 1 to 64
         * @return this
         */
        public Builder signal(int number) {
            this.signal = OptionalInt.of(number);
            return this;
        }

        /**
         * Sets why the program could not be started.
         *
         * @param text of the system
         * @return this
         */
        public Builder failure(String text) {
            this.failure = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Sets what was printed.
         *
         * @param output standard output
         * @param errors standard error
         * @param mayBeIncomplete whether somebody could still have printed
         * @return this
         */
        public Builder output(CapturedOutput output, CapturedOutput errors, boolean mayBeIncomplete) {
            this.output = Objects.requireNonNull(output, "output");
            this.errors = Objects.requireNonNull(errors, "errors");
            this.outputMayBeIncomplete = mayBeIncomplete;
            return this;
        }

        /**
         * Sets who is left.
         *
         * @param ids the processes of the run that are alive
         * @param sought whether those that have left the tree were sought too
         * @return this
         */
        public Builder survivors(List<Long> ids, boolean sought) {
            this.survivors = List.copyOf(ids);
            this.escapedSought = sought;
            return this;
        }

        /**
         * Sets what was written to the file.
         *
         * @param bytes how much
         * @param failure why not all; empty if nothing failed
         * @return this
         */
        public Builder spilled(long bytes, String failure) {
            this.spilledBytes = bytes;
            this.spillFailure = Objects.requireNonNull(failure, "failure");
            return this;
        }

        /**
         * Builds the result.
         *
         * @return the result
         */
        public ProcessResult build() {
            return new ProcessResult(this);
        }
    }
}
