package dev.autosync.spi;

import dev.autosync.ErrorCode;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Footprint;
import dev.autosync.patch.NearestMatch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a patch would do, as its format sees it.
 *
 * <p>Made by patch formats. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PatchPlan {

    /** What a format says of a patch. */
    public enum Verdict {
        /** It can be applied: here are the edits. */
        EDITS,
        /** The files already are as it would make them. */
        ALREADY_APPLIED,
        /** It fits in several places. */
        AMBIGUOUS,
        /** The files are not what it was made for. */
        CONFLICT,
        /** It may not be applied anywhere. */
        REFUSED
    }

    private final Verdict verdict;
    private final String reason;
    private final List<FileEdit> edits;
    private final List<String> places;
    private final @Nullable ErrorCode code;
    private final @Nullable NearestMatch nearest;
    private final @Nullable Footprint footprint;
    private final String placeInPatch;

    private PatchPlan(Verdict verdict, String reason, List<FileEdit> edits, List<String> places, @Nullable ErrorCode code,
            @Nullable NearestMatch nearest, @Nullable Footprint footprint) {
        this(verdict, reason, edits, places, code, nearest, footprint, "");
    }

    private PatchPlan(Verdict verdict, String reason, List<FileEdit> edits, List<String> places, @Nullable ErrorCode code,
            @Nullable NearestMatch nearest, @Nullable Footprint footprint, String placeInPatch) {
        this.verdict = verdict;
        this.reason = Objects.requireNonNull(reason, "reason");
        this.edits = List.copyOf(edits);
        this.places = List.copyOf(places);
        this.code = code;
        this.nearest = nearest;
        this.footprint = footprint;
        this.placeInPatch = placeInPatch;
    }

    /**
     * The patch can be applied.
     *
     * @param edits one for each file, at least one; {@code before} as it was read from the tree
     * @param note what a person should know, for example by how many lines a hunk was moved; empty for nothing
     * @return the plan
     * @throws IllegalArgumentException if there is no edit
     */
    public static PatchPlan edits(List<FileEdit> edits, String note) {
        if (edits.isEmpty()) {
            throw new IllegalArgumentException("edits must not be empty; use alreadyApplied");
        }
        return new PatchPlan(Verdict.EDITS, note, edits, List.of(), null, null, null);
    }

    /**
     * The files already are as the patch would make them.
     *
     * @param reason how that was seen
     * @return the plan
     */
    public static PatchPlan alreadyApplied(String reason) {
        return new PatchPlan(Verdict.ALREADY_APPLIED, reason, List.of(), List.of(), null, null, null);
    }

    /**
     * The patch fits in several places.
     *
     * @param reason which part of it does
     * @param places where, as {@code file:line}
     * @return the plan
     */
    public static PatchPlan ambiguous(String reason, List<String> places) {
        return new PatchPlan(Verdict.AMBIGUOUS, reason, List.of(), places, null, null, null);
    }

    /**
     * The files are not what the patch was made for.
     *
     * @param reason which part of it does not fit, and the nearest place
     * @return the plan
     */
    public static PatchPlan conflict(String reason) {
        return new PatchPlan(Verdict.CONFLICT, reason, List.of(), List.of(), null, null, null);
    }

    /**
     * The files are not what the patch was made for.
     *
     * @param reason which part of it does not fit
     * @param nearest the place that comes nearest to what it expects
     * @return the plan
     */
    public static PatchPlan conflict(String reason, NearestMatch nearest) {
        return new PatchPlan(Verdict.CONFLICT, reason, List.of(), List.of(), null, Objects.requireNonNull(nearest, "nearest"), null);
    }

    /**
     * The patch may not be applied anywhere.
     *
     * @param code the stable code
     * @param reason what is wrong, and where in the patch
     * @return the plan
     */
    public static PatchPlan refused(ErrorCode code, String reason) {
        return new PatchPlan(Verdict.REFUSED, reason, List.of(), List.of(), Objects.requireNonNull(code, "code"), null, null);
    }

    /**
     * The same plan, and what the patch looks at and changes.
     *
     * @param known what the format knows of it, places in the files as the patch finds them
     * @return a plan
     */
    public PatchPlan withFootprint(Footprint known) {
        return new PatchPlan(verdict, reason, edits, places, code, nearest, Objects.requireNonNull(known, "known"), placeInPatch);
    }

    /**
     * The same plan, and the part of the patch that decided it.
     *
     * @param place for example {@code line 12} or {@code operation 3}, counted from 1
     * @return a plan
     */
    public PatchPlan withPlaceInPatch(String place) {
        return new PatchPlan(verdict, reason, edits, places, code, nearest, footprint, Objects.requireNonNull(place, "place"));
    }

    /**
     * What the format says.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Why.
     *
     * @return for {@link Verdict#EDITS} a note, perhaps empty
     */
    public String reason() {
        return reason;
    }

    /**
     * The edits.
     *
     * @return empty unless the verdict is {@link Verdict#EDITS}
     */
    public List<FileEdit> edits() {
        return edits;
    }

    /**
     * Where it fits.
     *
     * @return empty unless the verdict is {@link Verdict#AMBIGUOUS}
     */
    public List<String> places() {
        return places;
    }

    /**
     * The stable code.
     *
     * @return empty unless the verdict is {@link Verdict#REFUSED}
     */
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(code);
    }

    /**
     * The place that comes nearest to what the patch expects.
     *
     * @return empty unless the verdict is {@link Verdict#CONFLICT} and there is such a place
     */
    public Optional<NearestMatch> nearest() {
        return Optional.ofNullable(nearest);
    }

    /**
     * What the patch looks at and changes.
     *
     * @return empty if the format does not say; then the edits alone tell, and whatever they touch counts as read
     */
    public Optional<Footprint> footprint() {
        return Optional.ofNullable(footprint);
    }

    /**
     * The part of the patch that decided it.
     *
     * @return for example {@code line 12} or {@code operation 3}, counted from 1; empty if the format does not say
     */
    public String placeInPatch() {
        return placeInPatch;
    }
}
