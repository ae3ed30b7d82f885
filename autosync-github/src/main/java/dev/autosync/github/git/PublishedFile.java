package dev.autosync.github.git;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file of a publication as git sees it: what the last commit has, and what the commit of the publication has. */
public final class PublishedFile {
    private final String path;
    private final Tree.@Nullable Entry before;
    private final Tree.@Nullable Entry after;

    /** A file; null where it is not there. */
    public PublishedFile(String path, Tree.@Nullable Entry before, Tree.@Nullable Entry after) {
        this.path = path;
        this.before = before;
        this.after = after;
    }

    /** The file, relative to the workspace. */
    public String path() {
        return path;
    }

    /** What the last commit has. */
    public Optional<Tree.Entry> before() {
        return Optional.ofNullable(before);
    }

    /** What the commit of the publication has. */
    public Optional<Tree.Entry> after() {
        return Optional.ofNullable(after);
    }
}
