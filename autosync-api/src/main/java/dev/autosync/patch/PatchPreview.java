package dev.autosync.patch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a patch would do to the workspace as the patches before it leave it.
 *
 * <p>Made by {@link PatchRunner#preview}. Threads: immutable.
 *
 * @since 0.1.0
 */
public final class PatchPreview {
    private final Patch patch;
    private final @Nullable PatchOutcome outcome;
    private final String note;
    private final List<FileEdit> edits;
    private final @Nullable Patch diff;
    private final @Nullable Patch inverse;
    private final @Nullable Footprint footprint;
    private final List<String> dependsOn;

    private PatchPreview(Patch patch, @Nullable PatchOutcome outcome, String note, List<FileEdit> edits, @Nullable Patch diff,
            @Nullable Patch inverse, @Nullable Footprint footprint, List<String> dependsOn) {
        this.patch = Objects.requireNonNull(patch, "patch");
        this.outcome = outcome;
        this.note = note;
        this.edits = List.copyOf(edits);
        this.diff = diff;
        this.inverse = inverse;
        this.footprint = footprint;
        this.dependsOn = List.copyOf(dependsOn);
    }

    /**
     * A patch that would not be applied.
     *
     * @param outcome what would become of it
     * @return the preview
     */
    public static PatchPreview of(PatchOutcome outcome) {
        return new PatchPreview(outcome.patch(), outcome, outcome.reason(), List.of(), null, null, null, List.of());
    }

    /**
     * A patch that would be applied and tested.
     *
     * @param patch the patch
     * @param note what a person should know; perhaps empty
     * @param edits what it would do to files
     * @param diff the same as a unified diff
     * @param inverse what would undo it
     * @param footprint what it reads and changes
     * @param dependsOn the ids of the patches on which it depends
     * @return the preview
     */
    public static PatchPreview of(Patch patch, String note, List<FileEdit> edits, Patch diff, Patch inverse, Footprint footprint,
            List<String> dependsOn) {
        return new PatchPreview(patch, null, note, edits, Objects.requireNonNull(diff, "diff"), Objects.requireNonNull(inverse, "inverse"),
                Objects.requireNonNull(footprint, "footprint"), dependsOn);
    }

    /**
     * The patch.
     *
     * @return as it was given
     */
    public Patch patch() {
        return patch;
    }

    /**
     * Whether it would be applied, and then tested.
     *
     * @return false if {@link #outcome()} says why not
     */
    public boolean applies() {
        return outcome == null;
    }

    /**
     * What becomes of it without any test.
     *
     * @return already applied, ambiguous, conflicted, refused or dropped; empty if it would be applied
     */
    public Optional<PatchOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /**
     * What a person should know: why it would not be applied, or for example by how many lines a hunk would move.
     *
     * @return perhaps empty
     */
    public String note() {
        return note;
    }

    /**
     * What it would do to files.
     *
     * @return one edit a file; empty if it would not be applied
     */
    public List<FileEdit> edits() {
        return edits;
    }

    /**
     * What it would do to files, as a unified diff.
     *
     * @return empty if it would not be applied
     */
    public Optional<Patch> diff() {
        return Optional.ofNullable(diff);
    }

    /**
     * What would undo it, byte for byte.
     *
     * @return empty if it would not be applied
     */
    public Optional<Patch> inverse() {
        return Optional.ofNullable(inverse);
    }

    /**
     * What it reads and changes, in the files as it finds them.
     *
     * @return empty if it would not be applied
     */
    public Optional<Footprint> footprint() {
        return Optional.ofNullable(footprint);
    }

    /**
     * The patches of the batch on which it depends directly.
     *
     * @return their ids in the order of the batch
     */
    public List<String> dependsOn() {
        return dependsOn;
    }

    @Override
    public String toString() {
        return patch.id() + (outcome == null ? " applies" : " " + outcome.kind());
    }
}
