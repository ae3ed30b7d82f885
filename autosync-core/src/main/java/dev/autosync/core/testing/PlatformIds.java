package dev.autosync.core.testing;

import dev.autosync.core.text.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * The ids of tests on the JUnit Platform. Threads: no state.
 */
final class PlatformIds {
    private static final int MOST_ID_CHARS = 1_000;

    private PlatformIds() {}

    /** The id of a test that is run. */
    static String of(TestIdentifier test, @Nullable TestPlan plan) {
        List<Optional<TestSource>> sources = new ArrayList<>();
        for (TestIdentifier next = test; next != null; next = plan == null ? null : plan.getParent(next).orElse(null)) {
            sources.add(next.getSource());
        }
        return of(test.getUniqueIdObject(), sources);
    }

    /** The id of a test, or of what holds tests that are not known yet, that was found. */
    static String of(TestDescriptor test) {
        List<Optional<TestSource>> sources = new ArrayList<>();
        for (TestDescriptor next = test; next != null; next = next.getParent().orElse(null)) {
            sources.add(next.getSource());
        }
        return of(test.getUniqueId(), sources);
    }

    /*
     * Ids must be the same in the next run and in other processes. The platform's unique ids are, but nobody can read them. So: the class
     * and the method of the nearest test source, then the numbers of the invocations on the way, [2] or [1][3]. A test of an engine
     * that names no method keeps its unique id.
     */
    private static String of(UniqueId id, List<Optional<TestSource>> sourcesUpwards) {
        String invocations = invocations(id);
        for (int up = 0; up < sourcesUpwards.size(); up++) {
            Optional<TestSource> source = sourcesUpwards.get(up);
            String name = source.map(PlatformIds::name).orElse("");
            if (!name.isEmpty() && (up == 0 || !invocations.isEmpty() && source.get() instanceof MethodSource)) {
                return Untrusted.line(name + invocations, MOST_ID_CHARS);
            }
        }
        return Untrusted.line(id.toString(), MOST_ID_CHARS);
    }

    private static String name(TestSource source) {
        if (source instanceof MethodSource method) {
            String types = method.getMethodParameterTypes();
            return PlatformNames.method(method.getClassName(), method.getMethodName(), types == null ? "" : types);
        }
        return source instanceof ClassSource type ? type.getClassName() : "";
    }

    private static String invocations(UniqueId id) {
        StringBuilder numbers = new StringBuilder();
        for (UniqueId.Segment segment : id.getSegments()) {
            numbers.append(PlatformNames.invocation(segment.getValue()));
        }
        return numbers.toString();
    }
}
