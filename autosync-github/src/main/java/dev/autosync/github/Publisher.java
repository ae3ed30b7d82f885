package dev.autosync.github;

import dev.autosync.github.git.GitFolder;
import dev.autosync.github.git.GitObject;
import dev.autosync.github.git.History;
import dev.autosync.github.git.LocalBranch;
import dev.autosync.github.git.ObjectStore;
import dev.autosync.github.git.Refs;
import dev.autosync.github.remote.Advertisement;
import dev.autosync.github.remote.Push;
import dev.autosync.github.remote.Remote;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublicationOutcome;
import dev.autosync.publish.PublicationOutcome.Applied;
import dev.autosync.publish.PublicationOutcome.Conflict;
import dev.autosync.publish.PublicationOutcome.Rejected;
import dev.autosync.spi.ConnectorContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/*
 * Publish once. What was published is decided by what the other side holds:
 *
 *   the branch is where the workspace is     make a commit on it and push it with that as a condition
 *   a commit since then has our trailer      it has arrived; only its answer was lost
 *   anything else                            somebody was first
 *
 * Nothing is written into the workspace's repository before the other side has the commit. Then its objects are, the branch is moved and
 * the index follows; if that fails the publication stands all the same.
 */

/** The git half: from a publication to a commit on the branch of the other side, and of the workspace. */
final class Publisher {
    static final String TRAILER = "AutoSync-Publication";

    private static final List<String> UNDER_WAY =
            List.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG");
    private static final int HAVES = 64;

    private final ConnectorContext context;
    private final GitHubSettings settings;
    private final RemoteOpener remotes;

    /** Opens the remote for a branch. */
    interface RemoteOpener {
        Remote open(String branch, @Nullable UserPrincipal owner) throws IOException;
    }

    Publisher(ConnectorContext context, GitHubSettings settings, RemoteOpener remotes) {
        this.context = context;
        this.settings = settings;
        this.remotes = remotes;
    }

    GitPlan plan(Publication publication) throws IOException, InterruptedException {
        if (publication.changes().isEmpty()) {
            return new GitPlan.Nothing();
        }
        GitFolder folder = open();
        Optional<String> problem = problem(folder);
        if (problem.isPresent()) {
            return new GitPlan.Settled(Rejected.of(problem.get()));
        }
        String branch = branch(folder).orElseThrow();
        ObjectId parent = new Refs(folder).branch(branch).orElse(ObjectId.zeroId());
        Remote remote = remotes.open(branch, owner());
        Advertisement there = remote.look();
        ObjectId tip = there.branch(branch).orElse(ObjectId.zeroId());
        try (ObjectStore store = ObjectStore.of(folder)) {
            Optional<Proposal> proposal = new CommitMaker(context.workspace(), folder, store, branch, who()).make(publication, parent);
            if (tip.equals(parent) || tip.equals(ObjectId.zeroId())) {
                List<ObjectId> theirs = List.copyOf(there.refs().values());
                return proposal.<GitPlan>map(p -> new GitPlan.Proposed(p, tip, theirs)).orElseGet(GitPlan.Nothing::new);
            }
            return behind(publication, proposal.orElse(null), remote, branch, parent, tip, store);
        } catch (CommitMaker.UnpublishableException e) {
            return new GitPlan.Settled(Rejected.of(e.getMessage()));
        }
    }

    /** The branch of the other side is not where the workspace is. */
    private GitPlan behind(Publication publication, @Nullable Proposal proposal, Remote remote, String branch, ObjectId parent, ObjectId tip,
            ObjectStore store) throws IOException, InterruptedException {
        History history = new History(store);
        List<ObjectId> ours = parent.equals(ObjectId.zeroId()) ? List.of() : List.of(parent);
        if (!ours.isEmpty() && history.isIn(tip, parent)) {
            return new GitPlan.Settled(Conflict.of(tip.name(), "the workspace has commits that " + branch + " of " + settings.remote()
                    + " has not; push them first, AutoSync publishes only its own changes"));
        }
        if (!store.has(tip)) {
            remote.fetch(tip, ours.isEmpty() ? ours : history.recent(parent, HAVES), store);
        }
        Optional<ObjectId> found = history.find(tip, ours, TRAILER, publication.id());
        if (found.isEmpty()) {
            return new GitPlan.Settled(Conflict.of(tip.name(), "somebody else moved " + branch + " of " + settings.remote()
                    + " first; pull, and let AutoSync test the changes on it"));
        }
        return landed(found.get(), proposal, parent, store);
    }

    private static GitPlan landed(ObjectId found, @Nullable Proposal proposal, ObjectId parent, ObjectStore store) throws IOException {
        History history = new History(store);
        boolean same = proposal != null && history.parents(found).equals(parent.equals(ObjectId.zeroId()) ? List.of() : List.of(parent))
                && history.tree(found).equals(proposal.tree());
        return same ? new GitPlan.Landed(found, store.get(found, Constants.OBJ_COMMIT), proposal) : new GitPlan.Landed(found, null, null);
    }

    PublicationOutcome publish(GitPlan plan) throws IOException, InterruptedException {
        if (plan instanceof GitPlan.Settled settled) {
            return settled.outcome();
        }
        if (plan instanceof GitPlan.Landed landed) {
            Applied applied = Applied.of(landed.found().name(), "was there already: an earlier attempt has arrived");
            return landed.same() == null || landed.commit() == null ? applied : adopt(applied, landed.same(), landed.commit());
        }
        if (plan instanceof GitPlan.Proposed proposed) {
            return push(proposed);
        }
        return PublicationOutcome.Unchanged.of("there is nothing to publish");
    }

    private PublicationOutcome push(GitPlan.Proposed plan) throws IOException, InterruptedException {
        Proposal proposal = plan.proposal();
        try (ObjectStore store = ObjectStore.of(open())) {
            proposal.objects().forEach(store::add);
            store.add(proposal.commit());
            Push push = new Push(proposal.branch(), plan.expected(), proposal.commit().id(), needed(plan, store), store);
            PublicationOutcome outcome = remotes.open(proposal.branch(), owner()).push(push);
            return outcome instanceof Applied applied ? adopt(applied, proposal, proposal.commit()) : outcome;
        }
    }

    /** On a parent that they have, the new objects are enough; for a new branch they need what they lack of its history. */
    private static List<ObjectId> needed(GitPlan.Proposed plan, ObjectStore store) throws IOException {
        Proposal proposal = plan.proposal();
        if (!plan.expected().equals(ObjectId.zeroId()) || proposal.parent().equals(ObjectId.zeroId())) {
            List<ObjectId> ids = new ArrayList<>(proposal.objects().stream().map(GitObject::id).toList());
            ids.add(proposal.commit().id());
            return ids;
        }
        return new History(store).objects(proposal.commit().id(), plan.theirs());
    }

    /** Brings the workspace's repository to what was published. Whatever goes wrong here, the publication stands. */
    private Applied adopt(Applied applied, Proposal proposal, GitObject commit) {
        String problem;
        try {
            GitFolder folder = open();
            try (ObjectStore store = ObjectStore.of(folder)) {
                for (GitObject object : proposal.objects()) {
                    store.write(object);
                }
                store.write(commit);
            }
            problem = new LocalBranch(folder).move(proposal.branch(), proposal.parent(), commit.id(), proposal.files(), who(), proposal.title())
                    .orElse("");
        } catch (IOException | RuntimeException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        return problem.isEmpty() ? applied
                : Applied.of(applied.revision(), applied.reason() + "; the workspace's own branch was not moved: " + problem);
    }

    /** Why nothing can be published from the workspace as it stands; empty if it can. */
    Optional<String> problem(GitFolder folder) throws IOException {
        for (String mark : UNDER_WAY) {
            if (Files.exists(folder.root().resolve(mark), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("a merge, rebase or the like is under way in the workspace (" + mark + "); finish it first");
            }
        }
        Optional<String> head = new Refs(folder).headBranch();
        if (head.isEmpty()) {
            return Optional.of("HEAD of the workspace names no branch; check one out");
        }
        if (settings.branch().isPresent() && !settings.branch().equals(head)) {
            return Optional.of("the workspace is on " + head.get() + " and the configuration says branch " + settings.branch().get());
        }
        return Optional.empty();
    }

    /** The branch that is published from and to; empty if there is none. */
    Optional<String> branch(GitFolder folder) throws IOException {
        return new Refs(folder).headBranch();
    }

    GitFolder open() throws IOException {
        return GitFolder.ofWorkspace(context.workspace(), owner());
    }

    /** Who runs this, as the owner of a file that was just made; null if any owner will do. */
    @Nullable UserPrincipal owner() throws IOException {
        if (settings.allowForeignOwner()) {
            return null;
        }
        Path probe = Files.createTempFile(context.stateFolder(), "owner", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private PersonIdent who() {
        return new PersonIdent(settings.authorName(), settings.authorMail(), context.clock().instant(), ZoneOffset.UTC);
    }
}
