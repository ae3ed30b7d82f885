package dev.autosync.concurrency;

import java.nio.file.Path;
import java.util.List;

/** Something that is run in a process of its own, against the real code or against a changed one. */
interface Check {

    /** Whether this JDK runs it. */
    default boolean runsHere() {
        return true;
    }

    /**
     * Runs it.
     *
     * @param changed classes in front of the real ones; may be empty
     * @param work a folder for what it leaves behind
     */
    Verdict run(List<Path> changed, Path work) throws Exception;

    /**
     * What came of it.
     *
     * @param passed whether nothing was found
     * @param output what it printed
     */
    record Verdict(boolean passed, String output) {}
}
