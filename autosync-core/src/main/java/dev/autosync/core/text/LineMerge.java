package dev.autosync.core.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a change that was made to one version of a text to another version.
 *
 * <p>Source: Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS 2007. Stricter than most tools in one thing: changes that
 * touch each other without a line between them are a conflict. Threads: no state.
 */
public final class LineMerge {
    private LineMerge() {}

    /**
     * Merges three versions.
     *
     * @param base the text that was changed
     * @param theirs what the change has made of it
     * @param ours what somebody else has made of it, to which the change is to be made
     * @return ours with the change; empty if both touch the same lines and differ there
     */
    public static Optional<byte[]> merge(byte[] base, byte[] theirs, byte[] ours) {
        Lines old = Lines.of(base);
        Lines wanted = Lines.of(theirs);
        Lines there = Lines.of(ours);
        List<LineDiff.Change> others = LineChanges.of(old, there);
        ByteArrayOutputStream out = new ByteArrayOutputStream(ours.length + theirs.length - base.length + 16);
        int at = 0;
        int next = 0;
        int shift = 0;
        for (LineDiff.Change change : LineChanges.of(old, wanted)) {
            while (next < others.size() && others.get(next).oldTo() < change.oldFrom()) {
                LineDiff.Change other = others.get(next++);
                shift = other.newTo() - other.oldTo();
            }
            if (next < others.size() && others.get(next).oldFrom() <= change.oldTo()) {
                if (!same(change, wanted, others.get(next), there)) {
                    return Optional.empty();
                }
                continue;
            }
            int from = there.start(change.oldFrom() + shift);
            out.write(ours, at, from - at);
            out.write(theirs, wanted.start(change.newFrom()), wanted.start(change.newTo()) - wanted.start(change.newFrom()));
            at = there.start(change.oldTo() + shift);
        }
        out.write(ours, at, ours.length - at);
        return Optional.of(out.toByteArray());
    }

    /** Whether both have made the same of the same lines. */
    private static boolean same(LineDiff.Change one, Lines a, LineDiff.Change other, Lines b) {
        return one.oldFrom() == other.oldFrom() && one.oldTo() == other.oldTo()
                && Arrays.equals(a.bytes(), a.start(one.newFrom()), a.start(one.newTo()),
                        b.bytes(), b.start(other.newFrom()), b.start(other.newTo()));
    }
}
