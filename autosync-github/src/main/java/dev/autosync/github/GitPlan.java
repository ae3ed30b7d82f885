package dev.autosync.github;

import dev.autosync.github.git.GitObject;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.spi.PublicationPlan;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What publishing would do. It holds no open file. */
sealed interface GitPlan extends PublicationPlan {

    /** There is nothing to do. */
    record Nothing() implements GitPlan {
        @Override
        public List<String> steps() {
            return List.of();
        }
    }

    /** Looking was enough to know what would come of it. */
    record Settled(PublicationOutcome outcome) implements GitPlan {
        @Override
        public List<String> steps() {
            return List.of("nothing is pushed: " + outcome.reason());
        }
    }

    /**
     * An earlier attempt has arrived.
     *
     * @param found the commit on the other side
     * @param same the commit and what it is made of, if it is what would be made here; null if it is not
     */
    record Landed(ObjectId found, @Nullable GitObject commit, @Nullable Proposal same) implements GitPlan {
        @Override
        public List<String> steps() {
            return List.of("take " + found.name() + " for published: it is there already");
        }
    }

    /**
     * A commit is to be pushed.
     *
     * @param expected where the branch has to be; the zero id if it is to be created
     * @param theirs commits that the other side has
     */
    record Proposed(Proposal proposal, ObjectId expected, List<ObjectId> theirs) implements GitPlan {
        public Proposed {
            theirs = List.copyOf(theirs);
        }

        @Override
        public List<String> steps() {
            return List.of("push " + proposal.files().size() + (proposal.files().size() == 1 ? " file" : " files") + " to " + proposal.branch()
                    + " as " + proposal.commit().id().name());
        }
    }
}
