package dev.autosync.core.testing;

import dev.autosync.testing.TestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids of tests of several suites: {@code suite/id}, or {@code suite} alone for the whole of one. Threads: no state.
 */
final class CombinedIds {
    private CombinedIds() {}

    static String of(String suite, String id) {
        return suite + "/" + id;
    }

    /**
     * What each suite is asked for, those first in which a test is likely to fail. Suites without a test that is asked for are left out. If an id is of none of them, all
     * run everything: rather more than too few.
     */
    static Map<String, TestContext> contexts(Set<String> suites, TestContext context) {
        boolean all = context.only().isEmpty() || !context.only().stream().allMatch(id -> suites.contains(suite(id)));
        Set<String> order = new LinkedHashSet<>();
        context.first().stream().map(CombinedIds::suite).filter(suites::contains).forEach(order::add);
        order.addAll(suites);
        Map<String, TestContext> contexts = new LinkedHashMap<>();
        for (String suite : order) {
            List<String> wanted = new ArrayList<>(all ? List.of() : context.only());
            wanted.removeIf(id -> !suite(id).equals(suite));
            if (all || !wanted.isEmpty()) {
                List<String> likely = context.first().stream().filter(id -> suite(id).equals(suite) && !id.equals(suite)).map(CombinedIds::own).toList();
                contexts.put(suite, context.first(likely).only(wanted.contains(suite) ? List.of() : wanted.stream().map(CombinedIds::own).toList()));
            }
        }
        return contexts;
    }

    private static String suite(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    private static String own(String id) {
        return id.substring(id.indexOf('/') + 1);
    }
}
