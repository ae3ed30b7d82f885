package dev.autosync.github;

import dev.autosync.github.git.Conversions;
import dev.autosync.github.git.GitFolder;
import dev.autosync.github.git.GitObject;
import dev.autosync.github.git.History;
import dev.autosync.github.git.ObjectStore;
import dev.autosync.github.git.PublishedFile;
import dev.autosync.github.git.Tree;
import dev.autosync.github.remote.RemoteText;
import dev.autosync.patch.FileContent;
import dev.autosync.publish.Publication;
import dev.autosync.publish.PublishedChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * Makes the commit of a publication: the last commit with exactly the published changes in it, and nothing else of what lies in the workspace.
 *
 * <p>A file that differed from the last commit before AutoSync changed it would take edits along that nobody published; it is refused.
 */
final class CommitMaker {

    /** A publication that cannot become a commit. */
    static final class UnpublishableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnpublishableException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final Path workspace;
    private final GitFolder folder;
    private final ObjectStore store;
    private final String branch;
    private final PersonIdent who;

    CommitMaker(Path workspace, GitFolder folder, ObjectStore store, String branch, PersonIdent who) {
        this.workspace = workspace;
        this.folder = folder;
        this.store = store;
        this.branch = branch;
        this.who = who;
    }

    /**
     * Makes it in the store's memory.
     *
     * @param parent the zero id for a first commit
     * @return empty if the parent has everything already
     */
    Optional<Proposal> make(Publication publication, ObjectId parent) throws IOException, UnpublishableException {
        @Nullable ObjectId before = parent.equals(ObjectId.zeroId()) ? null : new History(store).tree(parent);
        Tree last = Tree.of(store, before);
        Tree next = Tree.of(store, before);
        Conversions conversions = new Conversions(workspace, folder, store, last, changedAttributes(publication));
        List<PublishedFile> files = new ArrayList<>();
        for (PublishedChange change : publication.changes()) {
            PublishedFile file = file(change, last, conversions);
            if (file != null) {
                files.add(file);
                apply(file, next);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        ObjectId tree = next.write();
        List<GitObject> objects = store.added();
        GitObject commit = commit(publication, parent, tree);
        return Optional.of(new Proposal(branch, parent, commit, tree, objects, files, who, title(publication)));
    }

    private static Map<String, byte @Nullable []> changedAttributes(Publication publication) {
        Map<String, byte @Nullable []> changed = new HashMap<>();
        for (PublishedChange change : publication.changes()) {
            if (change.path().equals(".gitattributes") || change.path().endsWith("/.gitattributes")) {
                changed.put(change.path(), change.after().map(FileContent::bytes).orElse(null));
            }
        }
        return changed;
    }

    /** What a change makes of a file; null if the last commit has that already. */
    private @Nullable PublishedFile file(PublishedChange change, Tree last, Conversions conversions) throws IOException, UnpublishableException {
        String path = change.path();
        requireName(path);
        Tree.Entry before = last.find(path).orElse(null);
        if (before != null && !before.mode().equals(FileMode.REGULAR_FILE) && !before.mode().equals(FileMode.EXECUTABLE_FILE)) {
            throw unpublishable(path, "it is a link, a submodule or a folder in the last commit");
        }
        FileContent content = change.after().orElse(null);
        GitObject blob = content == null ? null : GitObject.blob(content.bytes());
        Tree.Entry after = content == null || blob == null ? null : new Tree.Entry(mode(content, before), blob.id());
        if (Objects.equals(before, after)) {
            return null;
        }
        if (blob != null) {
            Optional<String> problem = conversions.problem(path, blob.bytes());
            if (problem.isPresent()) {
                throw unpublishable(path, problem.get());
            }
        }
        Optional<String> held = sha256(before);
        if (!held.equals(change.beforeSha256()) && held.filter(change.betweenSha256()::contains).isEmpty()) {
            throw unpublishable(path, "it differed from the last commit before AutoSync changed it, and those edits must not be published; "
                    + "commit or undo them");
        }
        if (blob != null) {
            store.add(blob);
        }
        return new PublishedFile(path, before, after);
    }

    private void requireName(String path) throws UnpublishableException {
        try {
            new ObjectChecker().setSafeForMacOS(true).checkPath(path);
        } catch (CorruptObjectException e) {
            throw unpublishable(path, "git does not allow that name");
        }
    }

    private FileMode mode(FileContent content, Tree.@Nullable Entry before) {
        boolean knowsModes = folder.config().getBoolean("core", "filemode", true);
        boolean executable = knowsModes || before == null ? content.executable() : before.mode().equals(FileMode.EXECUTABLE_FILE);
        return executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
    }

    private Optional<String> sha256(Tree.@Nullable Entry entry) throws IOException {
        return entry == null ? Optional.empty() : Optional.of(FileContent.of(store.get(entry.id(), Constants.OBJ_BLOB).bytes()).sha256());
    }

    private static void apply(PublishedFile file, Tree next) throws IOException, UnpublishableException {
        try {
            if (file.after().isPresent()) {
                next.put(file.path(), file.after().get().mode(), file.after().get().id());
            } else {
                next.remove(file.path());
            }
        } catch (Tree.InTheWayException e) {
            throw unpublishable(file.path(), String.valueOf(e.getMessage()));
        }
    }

    private static UnpublishableException unpublishable(String path, String why) {
        return new UnpublishableException("Cannot publish " + RemoteText.line(path, 200) + ": " + why);
    }

    private GitObject commit(Publication publication, ObjectId parent, ObjectId tree) throws IOException {
        CommitBuilder builder = new CommitBuilder();
        builder.setTreeId(tree);
        if (!parent.equals(ObjectId.zeroId())) {
            builder.setParentId(parent);
        }
        builder.setAuthor(who);
        builder.setCommitter(who);
        builder.setEncoding(StandardCharsets.UTF_8);
        builder.setMessage(message(publication));
        return GitObject.of(Constants.OBJ_COMMIT, builder.build());
    }

    /** The trailers are a paragraph of their own, so that no text before them can pass for one. */
    private static String message(Publication publication) {
        StringBuilder message = new StringBuilder(title(publication)).append("\n\n");
        List<String> lines = publication.description().lines().map(line -> RemoteText.line(line, 1000)).toList();
        String description = String.join("\n", lines).strip();
        if (!description.isEmpty()) {
            message.append(description).append("\n\n");
        }
        return message.append(Publisher.TRAILER).append(": ").append(publication.id()).append("\nAutoSync-Cycle: ")
                .append(RemoteText.line(publication.cycle(), 200)).append('\n').toString();
    }

    private static String title(Publication publication) {
        String title = RemoteText.line(publication.title(), 200);
        return title.isEmpty() ? "AutoSync" : title;
    }
}
