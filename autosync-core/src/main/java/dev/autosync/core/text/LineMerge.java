package dev.autosync.core.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a change that was made to one version of a text to another version.
 *
 * <p>Source: Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", FSTTCS 2007. Stricter than most tools in one thing: changes that
 * touch each other without a line between them are a conflict, also where a change could as well be told as one beside it: which of two
 * equal blocks has gone cannot be seen. Threads: no state.
 */
public final class LineMerge {
    private LineMerge() {}

    /** Old lines, the last one not among them. */
    private record Reach(int from, int to) {}

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
        List<LineDiff.Change> changes = LineChanges.of(old, wanted);
        List<Reach> reaches = reaches(others, old, there);
        List<Reach> own = reaches(changes, old, wanted);
        ByteArrayOutputStream out = new ByteArrayOutputStream(ours.length + theirs.length - base.length + 16);
        int at = 0;
        int next = 0;
        int shift = 0;
        for (int i = 0; i < changes.size(); i++) {
            LineDiff.Change change = changes.get(i);
            while (next < others.size() && reaches.get(next).to() < own.get(i).from()) {
                LineDiff.Change other = others.get(next++);
                shift = other.newTo() - other.oldTo();
            }
            if (next < others.size() && reaches.get(next).from() <= own.get(i).to()) {
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

    private static List<Reach> reaches(List<LineDiff.Change> changes, Lines old, Lines now) {
        return IntStream.range(0, changes.size()).mapToObj(index -> reach(changes, index, old, now)).toList();
    }

    /**
     * Between which lines a change could as well be told to stand: what went or came may be followed by its own beginning, or follow its own end.
     * Cost: for all changes together in proportion to the lines.
     */
    private static Reach reach(List<LineDiff.Change> changes, int index, Lines old, Lines now) {
        LineDiff.Change change = changes.get(index);
        boolean gone = change.newFrom() == change.newTo();
        if (!gone && change.oldFrom() != change.oldTo()) {
            return new Reach(change.oldFrom(), change.oldTo());
        }
        int least = index > 0 ? changes.get(index - 1).oldTo() : 0;
        int most = index + 1 < changes.size() ? changes.get(index + 1).oldFrom() : old.count();
        Lines lines = gone ? old : now;
        int from = gone ? change.oldFrom() : change.newFrom();
        int to = gone ? change.oldTo() : change.newTo();
        int up = 0;
        while (change.oldFrom() - up > least && sameLine(lines, from - 1 - up, to - 1 - up)) {
            up++;
        }
        int down = 0;
        while (change.oldTo() + down < most && sameLine(lines, from + down, to + down)) {
            down++;
        }
        return new Reach(change.oldFrom() - up, change.oldTo() + down);
    }

    private static boolean sameLine(Lines lines, int i, int j) {
        return Arrays.equals(lines.bytes(), lines.start(i), lines.end(i), lines.bytes(), lines.start(j), lines.end(j));
    }

    /** Whether both have made the same of the same lines. */
    private static boolean same(LineDiff.Change one, Lines a, LineDiff.Change other, Lines b) {
        return one.oldFrom() == other.oldFrom() && one.oldTo() == other.oldTo()
                && Arrays.equals(a.bytes(), a.start(one.newFrom()), a.start(one.newTo()),
                        b.bytes(), b.start(other.newFrom()), b.start(other.newTo()));
    }
}
