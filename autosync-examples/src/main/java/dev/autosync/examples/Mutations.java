package dev.autosync.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes code wrong the way mutation testing does: negates a comparison, swaps "and" for "or", turns an answer round.
 *
 * <p>It knows nothing of the code but its text, and proposes all places in an order that a seed shuffles. Whether a mutation does harm
 * is not known here: that is for the tests to find.
 */
final class Mutations {
    /** As many as the context of a diff has, so that a diff of a mutation and one of the lines beyond do not meet. */
    private static final int LINES_AROUND = 3;

    /** Spaces are part of the operators: generics and shifts are written without. */
    private static final Map<String, String> OPERATORS = Map.of(
            " == ", " != ",
            " != ", " == ",
            " < ", " >= ",
            " > ", " <= ",
            " && ", " || ",
            " || ", " && ",
            "return true;", "return false;",
            "return false;", "return true;");

    private Mutations() {}

    /** All mutations of a file that fit it both before and after a change, in an order that depends on the seed alone. */
    static List<Mutation> of(String path, String before, String after, long seed) {
        List<Mutation> found = new ArrayList<>();
        String code = JavaText.codeOnly(before);
        OPERATORS.forEach((operator, replacement) -> {
            for (int at = code.indexOf(operator); at >= 0; at = code.indexOf(operator, at + 1)) {
                if (!isLoop(code, at)) {
                    found.add(mutation(path, before, at, operator, replacement));
                }
            }
        });
        found.removeIf(mutation -> !mutation.fits(before) || !mutation.fits(after));
        found.sort(Comparator.comparingInt(Mutation::line).thenComparing(Mutation::after));
        Collections.shuffle(found, new Random(seed));
        return found;
    }

    /** Heads of loops are left alone: a loop that never ends would prove no more than that there is a time-out. */
    private static boolean isLoop(String code, int at) {
        String line = code.substring(code.lastIndexOf('\n', at) + 1, at).strip();
        return line.matches("(} )?(for|while) \\(.*");
    }

    private static Mutation mutation(String path, String text, int start, String operator, String replacement) {
        int end = start + operator.length();
        int from = start;
        int to = end;
        for (int i = 0; i <= LINES_AROUND; i++) {
            from = text.lastIndexOf('\n', from - 1);
            to = text.indexOf('\n', to) < 0 ? text.length() : text.indexOf('\n', to) + 1;
        }
        String before = text.substring(from + 1, to);
        String after = text.substring(from + 1, start) + replacement + text.substring(end, to);
        int line = (int) text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        return new Mutation(path, line, "'" + operator.strip() + "' becomes '" + replacement.strip() + "'", before, after);
    }
}
