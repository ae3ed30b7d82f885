package dev.autosync.bench.diff;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** JGit's {@code PatchApplier} on the work tree. */
final class JGitTool implements DiffTool {

    @Override
    public String who() {
        return "jgit";
    }

    @Override
    public Said apply(Path workspace, byte[] diff) throws IOException {
        Patch patch = new Patch();
        patch.parse(new ByteArrayInputStream(diff));
        try (Repository repository = new FileRepositoryBuilder().setGitDir(workspace.resolve(".git").toFile()).build()) {
            PatchApplier.Result result = new PatchApplier(repository).applyPatch(patch);
            return patch.getErrors().isEmpty() && result.getErrors().isEmpty() ? Said.APPLIED : Said.FAILED;
        }
    }
}
