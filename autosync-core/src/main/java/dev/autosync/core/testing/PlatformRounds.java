package dev.autosync.core.testing;

import dev.autosync.testing.TestContext;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which tests are run in which execution of the JUnit Platform: one, or two where some tests are likely to fail. A class with what lies in it is run in
 * one of them, so that nothing is set up twice, and whatever the first leaves out is the second's. Threads: immutable.
 */
final class PlatformRounds {
    private PlatformRounds() {}

    /** The executions, as what they take of the {@linkplain PlatformIds ids} that were found. */
    static List<Predicate<String>> of(TestContext context) {
        Predicate<String> asked = id -> context.only().isEmpty() || context.only().stream().anyMatch(wanted -> belong(wanted, id));
        if (context.first().isEmpty()) {
            return List.of(asked);
        }
        Set<String> types = context.first().stream().map(PlatformRounds::outermost).collect(Collectors.toSet());
        Predicate<String> likely = id -> types.contains(outermost(id));
        return List.of(asked.and(likely), asked.and(likely.negate()));
    }

    /** Whether running what was found runs what is wanted: the same, a test of a wanted class, or what the wanted invocation belongs to. */
    private static boolean belong(String wanted, String found) {
        return wanted.equals(found) || Wanted.isOf(found, wanted) || Wanted.isOf(wanted, found)
                || wanted.startsWith(found) && "[/".indexOf(wanted.charAt(found.length())) >= 0;
    }

    private static String outermost(String id) {
        String type = id.indexOf('#') < 0 ? id : id.substring(0, id.indexOf('#'));
        return type.indexOf('$') < 0 ? type : type.substring(0, type.indexOf('$'));
    }
}
