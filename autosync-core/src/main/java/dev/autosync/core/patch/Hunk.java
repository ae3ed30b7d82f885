package dev.autosync.core.patch;

/**
 * One hunk of a unified diff. Its lines are offsets into the bytes of the patch; the mark in front is left out.
 *
 * <p>A line marked {@code \ No newline at end of file} ends before its terminator.
 */
final class Hunk {
    /** Where the hunk's header stands in the patch, counted from 1. */
    final int headerLine;

    final int oldStart;
    final int oldCount;
    final int newCount;

    /** {@code ' '}, {@code '-'} or {@code '+'} for each line. */
    final byte[] marks;

    final int[] from;
    final int[] to;

    /** Whether the new text ends without a line end, so that nothing can follow it. */
    final boolean newEndsOpen;

    /** How many context lines stand before the first change, and after the last one. */
    final int leading;

    final int trailing;
    final int added;
    final int removed;

    Hunk(int headerLine, int oldStart, int oldCount, int newCount, byte[] marks, int[] from, int[] to, boolean newEndsOpen) {
        this.headerLine = headerLine;
        this.oldStart = oldStart;
        this.oldCount = oldCount;
        this.newCount = newCount;
        this.marks = marks;
        this.from = from;
        this.to = to;
        this.newEndsOpen = newEndsOpen;
        int first = 0;
        while (first < marks.length && marks[first] == ' ') {
            first++;
        }
        int last = marks.length;
        while (last > first && marks[last - 1] == ' ') {
            last--;
        }
        this.leading = first;
        this.trailing = marks.length - last;
        int context = 0;
        for (byte mark : marks) {
            context += mark == ' ' ? 1 : 0;
        }
        this.added = newCount - context;
        this.removed = oldCount - context;
    }

    /** The line of the old file, counted from 0, at which the hunk says it starts. An empty old side stands after its line. */
    int statedIndex() {
        return oldCount == 0 ? oldStart : oldStart - 1;
    }

    /** With neither context nor one of its sides there is nothing to look for elsewhere. */
    boolean fitsAnywhere() {
        return leading == 0 && trailing == 0 && (added == 0 || removed == 0);
    }

    /** Diffs show less context after a change than before it only where the file ends. */
    boolean endsShort() {
        return trailing < leading || mustEndFile();
    }

    /** Diffs show less context before a change than after it only where the file starts. */
    boolean startsShort() {
        return leading < trailing;
    }

    /** No context behind the change, though the hunk has some: nothing may follow, wherever the header says it is. */
    boolean mustEndFile() {
        return trailing == 0 && hasContext() || newEndsOpen;
    }

    boolean mustStartFile() {
        return oldStart == 0 || oldStart == 1 && (startsShort() || leading == 0 && hasContext());
    }

    /** A diff made without context has none between its changes either. */
    private boolean hasContext() {
        return oldCount > removed;
    }
}
