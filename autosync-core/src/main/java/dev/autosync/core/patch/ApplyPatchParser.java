package dev.autosync.core.patch;

import dev.autosync.patch.PatchLimits;
import java.util.ArrayList;
import java.util.List;

/** Reads the envelope {@code *** Begin Patch} to {@code *** End Patch}. Linear, without regular expressions; bounded in lines and hunks. */
final class ApplyPatchParser {
    private static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";
    private static final String ADD = "*** Add File:";
    private static final String DELETE = "*** Delete File:";
    private static final String UPDATE = "*** Update File:";
    private static final String MOVE = "*** Move to:";
    private static final String END_OF_FILE = "*** End of File";

    private final PatchText text;
    private final PatchLimits limits;
    private final List<TextChange> changes = new ArrayList<>();
    private int hunksSeen;

    private ApplyPatchParser(PatchText text, PatchLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * Reads a patch.
     *
     * @return at least one change
     * @throws DiffRefused if it is no such envelope, or too large
     */
    static List<TextChange> parse(byte[] patch, PatchLimits limits) throws DiffRefused {
        ApplyPatchParser parser = new ApplyPatchParser(PatchText.of(patch, limits), limits);
        parser.envelope();
        return parser.changes;
    }

    private void envelope() throws DiffRefused {
        skipBlank();
        if (!isMarker(BEGIN)) {
            throw DiffRefused.malformed(text.number(), "expected '" + BEGIN + "', found '" + text.shown() + "'");
        }
        text.next();
        skipBlank();
        while (!isMarker(END)) {
            change();
            skipBlank();
        }
        if (changes.isEmpty()) {
            throw DiffRefused.malformed(text.number(), "the patch changes nothing");
        }
        text.next();
        skipBlank();
        if (!text.atEnd()) {
            throw DiffRefused.malformed(text.number(), "something follows '" + END + "': '" + text.shown() + "'");
        }
    }

    private void change() throws DiffRefused {
        int line = text.number();
        if (text.atEnd()) {
            throw DiffRefused.malformed(line, "the patch ends without '" + END + "'");
        }
        if (changes.size() >= limits.maxHunks()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxHunks() + " sections");
        }
        if (text.startsWith(ADD)) {
            String path = path(ADD);
            List<String> content = new ArrayList<>();
            while (text.startsWith("+")) {
                content.add(text.take().substring(1));
            }
            changes.add(TextChange.create(line, path, content, false));
        } else if (text.startsWith(DELETE)) {
            changes.add(TextChange.delete(line, path(DELETE)));
        } else if (text.startsWith(UPDATE)) {
            update(line);
        } else {
            throw DiffRefused.malformed(line, "expected '*** Add File:', '*** Delete File:', '*** Update File:' or '" + END + "', found '"
                    + text.shown() + "'");
        }
    }

    private void update(int line) throws DiffRefused {
        String path = path(UPDATE);
        String movedTo = text.startsWith(MOVE) ? path(MOVE) : null;
        if (path.equals(movedTo)) {
            throw DiffRefused.malformed(line + 1, "a file cannot be moved to itself");
        }
        List<TextHunk> hunks = new ArrayList<>();
        skipBlankBeforeMarker();
        while (!text.atEnd() && !isSection()) {
            hunks.add(hunk(path, hunks.size()));
            skipBlankBeforeMarker();
        }
        if (hunks.isEmpty() && movedTo == null) {
            throw DiffRefused.malformed(line, "the update has no hunk");
        }
        changes.add(TextChange.update(line, path, movedTo, hunks));
    }

    private TextHunk hunk(String path, int index) throws DiffRefused {
        int line = text.number();
        if (++hunksSeen > limits.maxHunks()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxHunks() + " hunks");
        }
        List<String> headers = new ArrayList<>();
        if (index > 0 && !text.startsWith("@@")) {
            throw DiffRefused.malformed(line, "expected '@@' before another hunk, found '" + text.shown() + "'");
        }
        while (text.startsWith("@@")) {
            String header = header(text.take().substring(2));
            if (!header.isEmpty()) {
                headers.add(header);
            }
        }
        List<String> texts = new ArrayList<>();
        StringBuilder marks = new StringBuilder();
        while (!text.atEnd() && !text.startsWith("@@") && !text.startsWith("***")) {
            String content = text.line();
            char mark = content.isEmpty() ? ' ' : content.charAt(0);
            if (mark != ' ' && mark != '+' && mark != '-') {
                throw DiffRefused.malformed(text.number(), "a line of a hunk begins with ' ', '+' or '-', this is '" + text.shown() + "'");
            }
            marks.append(mark);
            texts.add(content.isEmpty() ? "" : content.substring(1));
            text.next();
        }
        boolean endsFile = isMarker(END_OF_FILE);
        if (endsFile) {
            text.next();
        } else {
            dropBlankTail(marks, texts);
        }
        if (texts.isEmpty()) {
            throw DiffRefused.malformed(line, "the hunk has no lines");
        }
        byte[] kinds = new byte[marks.length()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) marks.charAt(i);
        }
        String label = "hunk " + (index + 1) + " of " + HunkReport.shown(path) + " (line " + line + " of the patch)";
        return new TextHunk(label, headers, kinds, texts, endsFile);
    }

    /** The text of a header; some writers close it as they opened it. */
    private static String header(String text) {
        String header = text.strip();
        return header.endsWith("@@") ? header.substring(0, header.length() - 2).strip() : header;
    }

    /** Empty lines before the next section are there for the eye; those of the file have a space in front. */
    private void dropBlankTail(StringBuilder marks, List<String> texts) {
        int last = texts.size() - 1;
        for (int back = 1; last > 0 && text.above(back).isEmpty() && !text.startsWith("@@"); back++, last--) {
            texts.remove(last);
            marks.setLength(last);
        }
    }

    private String path(String marker) throws DiffRefused {
        int line = text.number();
        String path = text.take().substring(marker.length()).strip();
        if (path.isEmpty()) {
            throw DiffRefused.malformed(line, "'" + marker + "' names no file");
        }
        return path.startsWith("./") ? path.substring(2) : path;
    }

    private void skipBlank() {
        while (text.isBlank()) {
            text.next();
        }
    }

    private void skipBlankBeforeMarker() {
        while (!text.atEnd() && text.line().isEmpty()) {
            text.next();
        }
    }

    private boolean isSection() {
        return isMarker(END) || text.startsWith(ADD) || text.startsWith(DELETE) || text.startsWith(UPDATE);
    }

    private boolean isMarker(String marker) {
        return text.startsWith(marker) && text.line().stripTrailing().equals(marker);
    }
}
