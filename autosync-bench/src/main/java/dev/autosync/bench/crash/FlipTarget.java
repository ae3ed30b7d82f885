package dev.autosync.bench.crash;

import java.io.IOException;
import java.util.Optional;

/** A file of the engine's in which one bit is flipped, and what must be true of a workspace that is then opened. */
interface FlipTarget {

    /** What it is, for people. */
    String name();

    /** The file's bytes as the engine has written them. */
    byte[] bytes();

    /**
     * Puts the workspace back as it was, but the file with other bytes, opens it, and looks at what came of it.
     *
     * @param flipped the file's bytes with one bit flipped
     * @param tally counts what the engine has said of them
     * @return what is wrong; empty if nothing is
     */
    Optional<String> wrongAfter(byte[] flipped, Tally tally) throws IOException, InterruptedException;

    /** With {@code --quick} only every so many bytes are flipped. */
    default int stride() {
        return 1;
    }

    /**
     * The same as if the engine did not check: what was flipped, with check sums that agree with it.
     *
     * @param flipped the file's bytes with one bit flipped; changed
     * @param at where
     * @return false if no check sum covers that place
     */
    boolean sign(byte[] flipped, int at);
}
