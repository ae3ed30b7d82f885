package dev.autosync.github.remote;

import dev.autosync.github.git.ObjectStore;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One branch that is to be moved.
 *
 * @param branch its name
 * @param expected where it has to be; the zero id if it must not be there
 * @param commit where it is to be
 * @param objects what the other side needs for that
 * @param store where they are
 */
public record Push(String branch, ObjectId expected, ObjectId commit, List<ObjectId> objects, ObjectStore store) {

    /** Copies the list. */
    public Push {
        objects = List.copyOf(objects);
    }

    String ref() {
        return Constants.R_HEADS + branch;
    }
}
