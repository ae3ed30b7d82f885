package dev.autosync.core.testing;

import dev.autosync.testing.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps a suite that runs on a copy of a workspace from testing the workspace itself, whose absolute paths it may have been given. */
final class Origin {
    private Origin() {}

    /** The path below the tree to be tested, for one that is relative to it or lies in the workspace that the tree is a copy of. */
    static Path rebased(TestContext context, Path path) {
        if (path.isAbsolute() && isCopy(context)) {
            for (Path known : List.of(path.normalize(), real(path.normalize()))) {
                if (known.startsWith(context.origin()) && !known.startsWith(context.workspace())) {
                    return context.workspace().resolve(context.origin().relativize(known)).normalize();
                }
            }
        }
        return context.workspace().resolve(path).normalize();
    }

    /** The first of some words that names the workspace although a copy of it is to be tested. */
    static Optional<String> named(TestContext context, List<String> words) {
        return isCopy(context) ? words.stream().filter(word -> names(word, context.origin().toString())).findFirst() : Optional.empty();
    }

    private static boolean isCopy(TestContext context) {
        return !context.origin().equals(context.workspace());
    }

    private static boolean names(String word, String origin) {
        for (int at = word.indexOf(origin); at >= 0; at = word.indexOf(origin, at + 1)) {
            int end = at + origin.length();
            if (end == word.length() || !Character.isLetterOrDigit(word.charAt(end)) && "-_.".indexOf(word.charAt(end)) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path path) {
        Path above = path;
        while (above.getParent() != null && !Files.exists(above)) {
            above = above.getParent();
        }
        try {
            return above.toRealPath().resolve(above.relativize(path));
        } catch (IOException e) {
            return path;
        }
    }
}
