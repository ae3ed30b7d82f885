package dev.autosync.core.patch;

import dev.autosync.core.text.GitNames;
import dev.autosync.patch.PatchLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines between {@code diff --git} and the first hunk, gathered into a {@link FileDiff}. */
final class GitHeader {
    private static final String NULL_FILE = "/dev/null";
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;

    private final int line;
    private FileDiff.Kind kind = FileDiff.Kind.MODIFY;
    private @Nullable String oldName;
    private @Nullable String newName;
    private FileDiff.Prefix prefix = FileDiff.Prefix.UNKNOWN;
    private @Nullable String movedFrom;
    private @Nullable String movedTo;
    private int mode;
    private boolean changesMode;
    private String oldId = "";
    private String newId = "";
    private @Nullable BinaryChange binary;

    GitHeader(int line) {
        this.line = line;
    }

    /** Reads the header at the cursor, which stands on {@code diff --git}, and leaves it on the first line that is none of it. */
    static GitHeader read(PatchCursor cursor, PatchLimits limits) throws DiffRefused {
        GitHeader header = new GitHeader(cursor.number());
        header.bothNames(cursor);
        cursor.next();
        while (!cursor.atEnd() && header.extended(cursor, limits)) {
            cursor.next();
        }
        return header;
    }

    private boolean extended(PatchCursor cursor, PatchLimits limits) throws DiffRefused {
        if (cursor.startsWith("old mode ")) {
            mode(cursor, "old mode ");
        } else if (cursor.startsWith("new mode ")) {
            mode = mode(cursor, "new mode ");
            changesMode = true;
        } else if (cursor.startsWith("new file mode ")) {
            mode = mode(cursor, "new file mode ");
            kind(FileDiff.Kind.CREATE, cursor);
        } else if (cursor.startsWith("deleted file mode ")) {
            mode(cursor, "deleted file mode ");
            kind(FileDiff.Kind.DELETE, cursor);
        } else if (cursor.startsWith("rename from ") || cursor.startsWith("copy from ")) {
            movedFrom = name(cursor, cursor.start() + (cursor.first() == 'r' ? 12 : 10), cursor.textEnd());
        } else if (cursor.startsWith("rename to ")) {
            movedTo = name(cursor, cursor.start() + 10, cursor.textEnd());
            kind(FileDiff.Kind.RENAME, cursor);
        } else if (cursor.startsWith("copy to ")) {
            movedTo = name(cursor, cursor.start() + 8, cursor.textEnd());
            kind(FileDiff.Kind.COPY, cursor);
        } else if (cursor.startsWith("index ")) {
            index(cursor);
        } else if (cursor.startsWith("GIT binary patch")) {
            cursor.next();
            binary = BinaryChange.read(cursor, limits.maxFileBytes());
            return false;
        } else if (cursor.startsWith("Binary files ")) {
            throw DiffRefused.unsupported(cursor.number(), "the content of a binary file is not in the patch");
        } else {
            return cursor.startsWith("similarity index ") || cursor.startsWith("dissimilarity index ");
        }
        return true;
    }

    private void kind(FileDiff.Kind stated, PatchCursor cursor) throws DiffRefused {
        if (kind != FileDiff.Kind.MODIFY) {
            throw DiffRefused.malformed(cursor.number(), "the file cannot be both created, deleted, renamed or copied");
        }
        kind = stated;
    }

    private static int mode(PatchCursor cursor, String prefix) throws DiffRefused {
        return mode(cursor, cursor.start() + prefix.length());
    }

    private static int mode(PatchCursor cursor, int from) throws DiffRefused {
        int mode = (int) cursor.number(from, cursor.textEnd(), 8);
        if (mode < 0) {
            throw DiffRefused.malformed(cursor.number(), "a file mode is no octal number");
        }
        if ((mode & TYPE) == 0120000) {
            throw DiffRefused.unsupported(cursor.number(), "symbolic links are not changed by patches");
        }
        if ((mode & TYPE) == 0160000) {
            throw DiffRefused.unsupported(cursor.number(), "submodules are not changed by patches");
        }
        if ((mode & TYPE) != REGULAR) {
            throw DiffRefused.unsupported(cursor.number(), "only regular files are changed by patches");
        }
        return mode;
    }

    /** {@code index <old>..<new>} and perhaps the mode, which is then the one before and after. */
    private void index(PatchCursor cursor) throws DiffRefused {
        String text = cursor.text();
        int dots = text.indexOf("..");
        int space = text.indexOf(' ', 6);
        if (dots < 0 || space >= 0 && space < dots) {
            throw DiffRefused.malformed(cursor.number(), "expected 'index' and two ids");
        }
        if (space >= 0) {
            mode(cursor, cursor.start() + space + 1);
        }
        oldId = id(text.substring(6, dots));
        newId = id(text.substring(dots + 2, space < 0 ? text.length() : space));
    }

    /** An id worth comparing; empty for the one that means no file, and for anything that is no id. */
    private static String id(String text) {
        boolean nothing = true;
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return "";
            }
            nothing &= text.charAt(i) == '0';
        }
        return nothing || text.length() > 64 ? "" : text.toLowerCase(Locale.ROOT);
    }

    /**
     * The names in {@code diff --git a/x b/x}. They count only where no other line names the file, and then both are the same but for
     * their first folder; without quotes that is the only way to tell where the first one ends, which is how git does it.
     */
    private void bothNames(PatchCursor cursor) throws DiffRefused {
        int from = cursor.start() + "diff --git ".length();
        int to = cursor.textEnd();
        byte[] bytes = cursor.bytes();
        int split;
        if (from < to && bytes[from] == '"') {
            split = GitNames.endOfQuoted(bytes, from, to);
        } else if (from < to && bytes[to - 1] == '"') {
            split = from;
            while (split < to && !(bytes[split] == ' ' && bytes[split + 1] == '"')) {
                split++;
            }
        } else {
            split = unquotedSplit(bytes, from, to);
        }
        if (split > from && split < to - 1 && bytes[split] == ' ') {
            oldName = name(cursor, from, split);
            newName = name(cursor, split + 1, to);
            prefix = oldName.equals(newName) ? FileDiff.Prefix.NONE
                    : DiffNames.stripped(oldName).equals(DiffNames.stripped(newName)) ? FileDiff.Prefix.ONE_FOLDER : FileDiff.Prefix.UNKNOWN;
        }
    }

    /* The first space with the same on both sides but for a first folder of any length; else the middle. One pass, however long the line. */
    private static int unquotedSplit(byte[] bytes, int from, int to) {
        int first = from;
        while (first < to && bytes[first++] != '/') {
            continue;
        }
        int split = from + (to - from) / 2;
        int second = to;
        for (int at = to - 1; at > first; at--) {
            if (bytes[at] == '/') {
                second = at + 1;
            } else if (bytes[at] == ' ' && at - first == to - second && Arrays.equals(bytes, first, at, bytes, second, to)) {
                split = at;
            }
        }
        return split;
    }

    static String name(PatchCursor cursor, int from, int to) throws DiffRefused {
        String name = GitNames.read(cursor.bytes(), from, to).orElseThrow(
                () -> DiffRefused.malformed(cursor.number(), "a file name is badly quoted or no UTF-8"));
        if (name.isEmpty()) {
            throw DiffRefused.malformed(cursor.number(), "a file name is empty");
        }
        return name;
    }

    /** The names of the {@code ---} and {@code +++} lines, which count more than those of {@code diff --git}. */
    void names(String before, String after) throws DiffRefused {
        boolean created = before.equals(NULL_FILE);
        boolean deleted = after.equals(NULL_FILE);
        if (created && deleted) {
            throw DiffRefused.malformed(line, "both sides of the diff are " + NULL_FILE);
        }
        oldName = created ? after : before;
        newName = deleted ? before : after;
        FileDiff.Kind stated = created ? FileDiff.Kind.CREATE : deleted ? FileDiff.Kind.DELETE : FileDiff.Kind.MODIFY;
        if (kind == FileDiff.Kind.MODIFY) {
            kind = stated;
        } else if (stated != kind && (stated != FileDiff.Kind.MODIFY || isWholeFile())) {
            throw DiffRefused.malformed(line, "the lines '---' and '+++' say something else than the lines above them");
        }
    }

    private boolean isWholeFile() {
        return kind == FileDiff.Kind.CREATE || kind == FileDiff.Kind.DELETE;
    }

    FileDiff section(List<Hunk> hunks) throws DiffRefused {
        boolean moves = kind == FileDiff.Kind.RENAME || kind == FileDiff.Kind.COPY;
        if (moves != (movedFrom != null) || moves != (movedTo != null)) {
            throw DiffRefused.malformed(line, "a rename or copy must say both from where and to where");
        }
        if (moves && !hunks.isEmpty() && !(endsWith(oldName, movedFrom) && endsWith(newName, movedTo))) {
            throw DiffRefused.malformed(line, "the lines '---' and '+++' name other files than the lines above them");
        }
        String before = moves ? movedFrom : oldName;
        String after = moves ? movedTo : newName;
        if (before == null || after == null) {
            throw DiffRefused.malformed(line, "the names of the file cannot be told apart");
        }
        if (kind == FileDiff.Kind.MODIFY && hunks.isEmpty() && binary == null && !changesMode) {
            throw DiffRefused.malformed(line, "the section changes nothing");
        }
        return new FileDiff(line, kind, kind == FileDiff.Kind.CREATE ? null : before, kind == FileDiff.Kind.DELETE ? null : after,
                moves, prefix, mode, oldId, newId, binary, hunks);
    }

    private static boolean endsWith(@Nullable String name, @Nullable String path) {
        return name != null && path != null && (name.equals(path) || name.endsWith("/" + path));
    }
}
