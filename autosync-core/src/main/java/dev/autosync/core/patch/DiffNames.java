package dev.autosync.core.patch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Works out which file a section is for: git's prefixes {@code a/} and {@code b/} go, and others in which the two names of a line
 * {@code diff --git} differ; other names are taken as they are, or without their first folder, whichever exists. Unless the patch says
 * how many parts of the names do not count.
 */
final class DiffNames {
    private DiffNames() {}

    /**
     * The files that a section may be for.
     *
     * @return one; none if several are possible and none exists; several if that many exist
     */
    static List<String> resolve(FileDiff diff, int strip, Predicate<String> exists) throws DiffRefused {
        List<String> possible = possible(diff, strip);
        for (String path : possible) {
            check(path, diff.line());
        }
        if (possible.size() == 1) {
            return possible;
        }
        List<String> existing = new ArrayList<>();
        for (String path : possible) {
            if (exists.test(path)) {
                existing.add(path);
            }
        }
        return existing;
    }

    /** The files that a section may be for, most likely first. */
    static List<String> possible(FileDiff diff, int strip) throws DiffRefused {
        String before = diff.oldName();
        String after = diff.newName();
        if (strip >= 0) {
            Set<String> stripped = new LinkedHashSet<>();
            for (String name : new String[] {after, before}) {
                if (name != null) {
                    stripped.add(stripped(name, strip, diff.line()));
                }
            }
            return List.copyOf(stripped);
        }
        if (diff.prefix() == FileDiff.Prefix.ONE_FOLDER) {
            return List.of(stripped(after != null ? after : before != null ? before : ""));
        }
        if (before == null || after == null) {
            String name = before != null ? before : after != null ? after : "";
            return List.of(diff.prefix() == FileDiff.Prefix.NONE ? name : side(before, after));
        }
        before = local(before);
        after = local(after);
        if (before.startsWith("a/") && after.startsWith("b/") && before.substring(2).equals(after.substring(2))) {
            return List.of(after.substring(2));
        }
        Set<String> possible = new LinkedHashSet<>(List.of(after, before));
        boolean prefixed = after.startsWith("a/") || after.startsWith("b/");
        if (stripped(before).equals(stripped(after)) && (!before.equals(after) || prefixed)) {
            possible.add(stripped(after));
        }
        return List.copyOf(possible);
    }

    /** The name of a file that is created or deleted: only the other side says what it is. */
    private static String side(@Nullable String before, @Nullable String after) {
        String name = local(before != null ? before : after != null ? after : "");
        return name.startsWith(before != null ? "a/" : "b/") ? name.substring(2) : name;
    }

    private static String local(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    static String stripped(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    /** A name without so many of its leading parts. */
    static String stripped(String name, int parts, int line) throws DiffRefused {
        int from = 0;
        for (int i = 0; i < parts; i++) {
            from = name.indexOf('/', from) + 1;
            if (from == 0) {
                throw DiffRefused.malformed(line, "a file name has fewer parts than the option 'strip' leaves out");
            }
        }
        return name.substring(from);
    }

    /** Two spellings of one path would be two files to us. The tree refuses what leaves the workspace. */
    static void check(String path, int line) throws DiffRefused {
        if (path.isEmpty() || path.endsWith("/") || path.contains("//") || ("/" + path + "/").contains("/./")) {
            throw DiffRefused.path(line, "the path of a file has an empty part or the part '.'");
        }
    }
}
