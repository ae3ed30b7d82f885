package dev.autosync.github.remote;

import static dev.autosync.github.git.Refusals.failed;

import dev.autosync.github.git.GitFolder;
import dev.autosync.github.git.History;
import dev.autosync.github.git.ObjectStore;
import dev.autosync.github.git.Refs;
import dev.autosync.publish.PublicationOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** A bare repository in a folder of this machine, for demonstrations and tests. Its hooks do not run. */
public final class FileRemote implements Remote {
    private final Path place;
    private final String branch;
    private final @Nullable UserPrincipal owner;

    /**
     * A remote.
     *
     * @param branch the only branch that is looked at
     * @param owner who must own it; null to take any owner
     */
    public FileRemote(Path place, String branch, @Nullable UserPrincipal owner) {
        this.place = place;
        this.branch = branch;
        this.owner = owner;
    }

    @Override
    public Advertisement look() {
        try {
            return new Refs(GitFolder.bare(place, owner)).branch(branch)
                    .map(tip -> new Advertisement(Map.of(Constants.R_HEADS + branch, tip), Set.of()))
                    .orElseGet(() -> new Advertisement(Map.of(), Set.of()));
        } catch (IOException e) {
            throw failed("Cannot use " + place + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void fetch(ObjectId tip, List<ObjectId> have, ObjectStore into) {
        try (ObjectStore theirs = ObjectStore.of(GitFolder.bare(place, owner))) {
            for (ObjectId commit : new History(theirs).between(tip, have)) {
                into.add(theirs.get(commit, Constants.OBJ_COMMIT));
            }
        } catch (IOException e) {
            throw failed("Cannot fetch from " + place + ": " + e.getMessage(), e);
        }
    }

    @Override
    public PublicationOutcome push(Push push) {
        try {
            GitFolder folder = GitFolder.bare(place, owner);
            Refs refs = new Refs(folder);
            try (ObjectStore theirs = ObjectStore.of(folder)) {
                for (ObjectId id : push.objects()) {
                    theirs.write(push.store().get(id, ObjectStore.OBJ_ANY));
                }
            }
            if (refs.compareAndSet(push.branch(), push.expected(), push.commit())) {
                return PublicationOutcome.Applied.of(push.commit().name(), "pushed to " + push.branch() + " of " + place);
            }
            return PublicationOutcome.Conflict.of(refs.branch(push.branch()).map(ObjectId::name).orElse(""),
                    "somebody else moved " + push.branch() + " of " + place + " first");
        } catch (IOException e) {
            throw failed("Cannot publish to " + place + ": " + e.getMessage(), e);
        }
    }
}
