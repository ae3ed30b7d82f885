package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workspace with patches laid over it in memory. Each file is read once; what the disk held then is what every plan is made for.
 */
public final class PatchedTree implements FileTree {
    private static final long MAX_FILE_BYTES = 64 << 20;

    private final Workspace workspace;
    private final FilePort files;
    private final Map<String, Optional<FileContent>> disk;
    private final Map<String, PathRefusedException> refused;
    private final Map<String, Optional<FileContent>> overlay = new LinkedHashMap<>();

    /** The workspace as it is. */
    public PatchedTree(Workspace workspace, FilePort files) {
        this(workspace, files, new HashMap<>(), new HashMap<>());
    }

    private PatchedTree(Workspace workspace, FilePort files, Map<String, Optional<FileContent>> disk,
            Map<String, PathRefusedException> refused) {
        this.workspace = workspace;
        this.files = files;
        this.disk = disk;
        this.refused = refused;
    }

    /** The same tree, to which edits can be added without changing this one. */
    public PatchedTree copy() {
        PatchedTree copy = new PatchedTree(workspace, files, disk, refused);
        copy.overlay.putAll(overlay);
        return copy;
    }

    /** Lays edits over the tree. */
    public void apply(List<FileEdit> edits) {
        for (FileEdit edit : edits) {
            overlay.put(edit.path(), edit.after());
        }
    }

    /** What each path holds that a patch has touched. */
    public Map<String, Optional<FileContent>> overlay() {
        return Map.copyOf(overlay);
    }

    /** What each path held on the disk that a plan has read. */
    public Map<String, Optional<FileContent>> disk() {
        return Map.copyOf(disk);
    }

    @Override
    public Optional<FileContent> read(String path) {
        checkAgainstOverlay(path);
        Optional<FileContent> laid = overlay.get(path);
        return laid != null ? laid : onDisk(path);
    }

    /** Not what it holds later: in place, patches move it between the plans, and no answer may depend on where they were last. */
    private Optional<FileContent> onDisk(String path) {
        Optional<FileContent> known = disk.get(path);
        if (known == null) {
            if (refused.containsKey(path)) {
                throw refused.get(path);
            }
            try {
                checkAgainstDisk(path);
                known = files.read(workspace.resolve(path), MAX_FILE_BYTES).map(FileImage::content);
            } catch (PathRefusedException e) {
                refused.put(path, e);
                throw e;
            } catch (FilePort.NotRegularException e) {
                throw new PathRefusedException("Cannot touch '" + path + "': it is no regular file");
            } catch (FilePort.TooLargeException e) {
                throw new AutoSyncException(ErrorCode.PATCH_LIMIT,
                        "Cannot patch '" + path + "': it holds more than " + MAX_FILE_BYTES + " bytes", e);
            } catch (IOException e) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot read '" + path + "': " + e, e);
            }
            disk.put(path, known);
        }
        return known;
    }

    private void checkAgainstDisk(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            if (disk.getOrDefault(above, Optional.empty()).isPresent()) {
                throw new PathRefusedException("Cannot touch '" + path + "': " + above + " is not a folder");
            }
        }
    }

    /** A file that an earlier patch creates cannot be a folder for a later one, nor the other way round. */
    private void checkAgainstOverlay(String path) {
        for (Map.Entry<String, Optional<FileContent>> entry : overlay.entrySet()) {
            String other = entry.getKey();
            if (entry.getValue().isPresent() && (path.startsWith(other + "/") || other.startsWith(path + "/"))) {
                throw new PathRefusedException("Cannot touch '" + path + "': an earlier patch makes '" + other + "' a file");
            }
        }
    }
}
