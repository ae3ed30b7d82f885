package dev.autosync.bench.diff;

import java.io.IOException;
import java.nio.file.Path;

/** Something that applies unified diffs to the files of a folder. */
interface DiffTool {

    /** What a tool says of a diff. */
    enum Said { APPLIED, ALREADY_APPLIED, AMBIGUOUS, FAILED }

    /** The name in figures. */
    String who();

    /**
     * Applies a diff.
     *
     * @param workspace the folder, a git repository to which all of its files were added
     * @param diff the diff
     * @return what the tool says; an exception counts as {@link Said#FAILED}
     */
    Said apply(Path workspace, byte[] diff) throws IOException, InterruptedException;
}
