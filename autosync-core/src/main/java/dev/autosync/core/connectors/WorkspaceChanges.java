package dev.autosync.core.connectors;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import dev.autosync.publish.PublishedChange;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is to be published from the workspace, and sees that it still is what was tested. */
final class WorkspaceChanges {
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final Workspace workspace;
    private final FilePort files;

    WorkspaceChanges(Workspace workspace, FilePort files) {
        this.workspace = workspace;
        this.files = files;
    }

    /**
     * What was read.
     *
     * @param changes what is to be published
     * @param foreign paths of files that do not hold any more what was tested
     */
    record Read(List<PublishedChange> changes, List<String> foreign) {}

    Read read(Map<String, LandedFiles.Change> landed) {
        List<PublishedChange> changes = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        landed.forEach((path, change) -> {
            Found found = find(path);
            if (found == null || !Objects.equals(found.sha256(), change.after())) {
                foreign.add(path);
            } else {
                changes.add(PublishedChange.of(path, change.before(), found.content()));
            }
        });
        return new Read(changes, foreign);
    }

    private record Found(@Nullable FileContent content, @Nullable String sha256) {}

    /** What a file holds; null if it cannot be told. */
    private @Nullable Found find(String path) {
        try {
            Optional<FileContent> content = files.read(workspace.resolve(path), MAX_FILE_BYTES).map(FileImage::content);
            return content.map(held -> new Found(held, held.sha256())).orElse(new Found(null, null));
        } catch (PathRefusedException | IOException e) {
            return null;
        }
    }
}
