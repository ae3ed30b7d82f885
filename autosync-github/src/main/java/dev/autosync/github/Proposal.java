package dev.autosync.github;

import dev.autosync.github.git.GitObject;
import dev.autosync.github.git.PublishedFile;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A commit that was made in memory and is nowhere yet.
 *
 * @param branch the branch it is for
 * @param parent what it is made on; the zero id for a first commit
 * @param commit the commit
 * @param tree its tree
 * @param objects its folders and files, as far as the parent has them not
 * @param files what it changes
 * @param who its author
 * @param title its first line
 */
record Proposal(String branch, ObjectId parent, GitObject commit, ObjectId tree, List<GitObject> objects, List<PublishedFile> files,
        PersonIdent who, String title) {

    Proposal {
        objects = List.copyOf(objects);
        files = List.copyOf(files);
    }
}
