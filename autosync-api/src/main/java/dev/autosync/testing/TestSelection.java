package dev.autosync.testing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How a command is told to run some tests: arguments that are put behind it.
 *
 * <p>Ids come from reports, which code under test may have written. What the built-in selections make of them is made of letters, digits and few other
 * characters, and never begins with a hyphen: no id becomes an option, a pattern or a second argument. A selection may name more tests than it was asked for,
 * and never fewer; what it cannot name safely it leaves to a run of all. Implemented here and by callers. Threads: immutable.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TestSelection {

    /**
     * The arguments that select tests.
     *
     * @param ids the {@linkplain TestResult#id() ids} of the tests, untrusted; at least one
     * @return what to put behind the command; empty to run all tests
     */
    Optional<List<String>> arguments(Collection<String> ids);

    /**
     * The selection of Maven's Surefire: {@code -Dtest=org.example.ATest#adds+subtracts,org.example.BTest}, and modules without such a test do not fail. A test
     * whose name is none of a method stands for its whole class, and so does an invocation whose number is part of the name, {@code adds[1]}.
     *
     * @return the selection
     */
    static TestSelection maven() {
        return new ClassSelection(ClassSelection::maven);
    }

    /**
     * The selection of Gradle: {@code --tests org.example.ATest.adds} for each test. The last task of the command must be one of tests, and it must
     * run even if nothing has changed since the last time: {@code gradle cleanTest test}. A test whose name is none of a method stands for its whole class, and so
     * does an invocation whose number is part of the name, {@code adds[1]}.
     *
     * @return the selection
     */
    static TestSelection gradle() {
        return new ClassSelection(ClassSelection::gradle);
    }

    /**
     * A selection by a template. In its arguments <code>{class}</code> and <code>{method}</code> are what is before and behind the {@code #} of an id, <code>{id}</code> is all
     * of it. The arguments are repeated for each test; a placeholder with a separator, <code>{method:|}</code>, takes all tests at a time instead. For example
     * <code>"-run", "^{method:$|^}$"</code> for go, <code>"-k", "{method: or }"</code> for pytest, <code>"-R", "^({method:|})$"</code> for ctest.
     *
     * <p>All tests are run if one of them has anything but letters, digits and <code>_ . / - #</code> in what a placeholder takes, or a hyphen, a dot or a slash at its beginning.
     *
     * @param arguments at least one of them with a placeholder, and all placeholders with a separator or none
     * @return the selection
     * @throws IllegalArgumentException if there is no placeholder, an unknown one, or both kinds
     */
    static TestSelection template(String... arguments) {
        return new TemplateSelection(List.of(arguments));
    }
}
