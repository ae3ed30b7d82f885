package dev.autosync.github.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Questions about the commits of a store. Threads: for one thread. */
public final class History {
    private static final int MAX_COMMITS = 1_000_000;

    private final ObjectStore store;

    /** The history in a store, which stays open. */
    public History(ObjectStore store) {
        this.store = store;
    }

    /**
     * The commit that carries a publication.
     *
     * @param tip where to begin
     * @param have commits whose history is not looked at
     * @param key the trailer's name
     * @param value the trailer's value
     * @return the latest of them
     */
    public Optional<ObjectId> find(ObjectId tip, Collection<ObjectId> have, String key, String value) throws IOException {
        try (RevWalk walk = walk(tip, have)) {
            for (RevCommit commit = next(walk); commit != null; commit = next(walk)) {
                if (commit.getFooterLines(key).contains(value)) {
                    return Optional.of(commit.copy());
                }
            }
            return Optional.empty();
        }
    }

    /** The commits that a tip has and others have not. */
    public List<ObjectId> between(ObjectId tip, Collection<ObjectId> have) throws IOException {
        try (RevWalk walk = walk(tip, have)) {
            List<ObjectId> commits = new ArrayList<>();
            for (RevCommit commit = next(walk); commit != null; commit = next(walk)) {
                commits.add(commit.copy());
                if (commits.size() > MAX_COMMITS) {
                    throw new IOException("there are more than " + MAX_COMMITS + " commits");
                }
            }
            return commits;
        }
    }

    /** The last commits of a history, itself first. */
    public List<ObjectId> recent(ObjectId tip, int most) throws IOException {
        try (RevWalk walk = walk(tip, List.of())) {
            List<ObjectId> commits = new ArrayList<>();
            for (RevCommit commit = next(walk); commit != null && commits.size() < most; commit = next(walk)) {
                commits.add(commit.copy());
            }
            return commits;
        }
    }

    /** Whether one commit is the other or in its history; false also if it is not known here. */
    public boolean isIn(ObjectId commit, ObjectId history) throws IOException {
        if (!store.has(commit)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(store)) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(history));
        }
    }

    /** The parents of a commit. */
    public List<ObjectId> parents(ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(store)) {
            List<ObjectId> parents = new ArrayList<>();
            for (RevCommit parent : walk.parseCommit(commit).getParents()) {
                parents.add(parent.copy());
            }
            return parents;
        }
    }

    /** The tree of a commit. */
    public ObjectId tree(ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(store)) {
            return walk.parseCommit(commit).getTree().copy();
        }
    }

    /** Everything that whoever has some commits lacks of another: commits, folders and files. */
    public List<ObjectId> objects(ObjectId commit, Collection<ObjectId> have) throws IOException {
        Set<ObjectId> objects = new LinkedHashSet<>();
        try (ObjectWalk walk = new ObjectWalk(store)) {
            walk.markStart(walk.parseCommit(commit));
            for (ObjectId id : have) {
                if (store.has(id)) {
                    walk.markUninteresting(walk.parseAny(id));
                }
            }
            for (RevCommit next = walk.next(); next != null; next = walk.next()) {
                objects.add(next.copy());
            }
            for (RevObject next = walk.nextObject(); next != null; next = walk.nextObject()) {
                objects.add(next.copy());
            }
        }
        return List.copyOf(objects);
    }

    /** JGit does not expect that a commit is no text of a commit at all. */
    private static @Nullable RevCommit next(RevWalk walk) throws IOException {
        try {
            return walk.next();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("a commit is damaged", e);
        }
    }

    private RevWalk walk(ObjectId tip, Collection<ObjectId> have) throws IOException {
        RevWalk walk = new RevWalk(store);
        try {
            walk.markStart(walk.parseCommit(tip));
            for (ObjectId id : have) {
                if (store.has(id)) {
                    walk.markUninteresting(walk.parseCommit(id));
                }
            }
            return walk;
        } catch (IOException | RuntimeException e) {
            walk.close();
            throw e;
        }
    }
}
