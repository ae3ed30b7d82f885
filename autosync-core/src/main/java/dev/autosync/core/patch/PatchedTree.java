package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.Spelling;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The workspace with patches laid over it in memory. Each file is read once; what the disk held then is what every plan is made for.
 */
public final class PatchedTree implements FileTree {
    private final Workspace workspace;
    private final FilePort files;
    private final long maxFileBytes;
    private final Spelling spelling;
    private final Disk disk;
    private final TreeMap<String, Optional<FileContent>> overlay = new TreeMap<>();
    private final Map<String, String> spelled = new HashMap<>();

    /** What was seen of the disk, shared by all copies of a tree. */
    private static final class Disk {
        private final Map<String, Optional<FileContent>> files = new HashMap<>();
        private final Map<String, PathRefusedException> refused = new HashMap<>();
        private final Map<String, WholeFolder> folders = new HashMap<>();
        private final Map<String, Boolean> isFolder = new HashMap<>();
        private final Map<String, String> spelledOtherwise = new HashMap<>();
    }

    /** The workspace as it is, with the usual limits. */
    public PatchedTree(Workspace workspace, FilePort files) {
        this(workspace, files, PatchLimits.ofDefaults());
    }

    /** The workspace as it is. */
    public PatchedTree(Workspace workspace, FilePort files, PatchLimits limits) {
        this(workspace, files, limits, workspace.spelling());
    }

    /** The workspace as it is on a file system that takes names in this way. */
    PatchedTree(Workspace workspace, FilePort files, PatchLimits limits, Spelling spelling) {
        this(workspace, files, Math.min(limits.maxFileBytes(), FileImage.MOST_BYTES), spelling, new Disk());
    }

    private PatchedTree(Workspace workspace, FilePort files, long maxFileBytes, Spelling spelling, Disk disk) {
        this.workspace = workspace;
        this.files = files;
        this.maxFileBytes = maxFileBytes;
        this.spelling = spelling;
        this.disk = disk;
    }

    /** The same tree, to which edits can be added without changing this one. */
    public PatchedTree copy() {
        PatchedTree copy = new PatchedTree(workspace, files, maxFileBytes, spelling, disk);
        copy.overlay.putAll(overlay);
        copy.spelled.putAll(spelled);
        return copy;
    }

    /** Lays edits over the tree. */
    public void apply(List<FileEdit> edits) {
        for (FileEdit edit : edits) {
            overlay.put(edit.path(), edit.after());
            WholeFolder instead = disk.folders.get(edit.path());
            if (instead != null && edit.after().isPresent()) {
                instead.folders().forEach(folder -> overlay.put(folder, Optional.empty()));
            }
            if (spelling.folding()) {
                if (edit.after().isPresent()) {
                    spelled.put(spelling.key(edit.path()), edit.path());
                } else {
                    spelled.remove(spelling.key(edit.path()), edit.path());
                }
            }
        }
    }

    /** What each path holds that a patch has touched. */
    public Map<String, Optional<FileContent>> overlay() {
        return Map.copyOf(overlay);
    }

    /** What each path held on the disk that a plan has read; a folder that is to become a file is not among them. */
    public Map<String, Optional<FileContent>> disk() {
        return Map.copyOf(disk.files);
    }

    @Override
    public Optional<FileContent> read(String path) {
        boolean goneAbove = checkAgainstOverlay(path);
        Optional<FileContent> laid = overlay.get(path);
        if (laid != null) {
            return laid;
        }
        return goneAbove ? Optional.empty() : onDisk(path);
    }

    /** Not what it holds later: in place, patches move it between the plans, and no answer may depend on where they were last. */
    private Optional<FileContent> onDisk(String path) {
        Optional<FileContent> known = disk.files.get(path);
        if (known == null) {
            if (disk.refused.containsKey(path)) {
                return emptiedFolder(path, disk.refused.get(path));
            }
            try {
                checkAgainstDisk(path);
                Path file = workspace.resolve(path);
                known = files.read(file, maxFileBytes).map(FileImage::content);
                Optional<Path> otherwise = known.isPresent() ? spelling.otherwise(file) : Optional.empty();
                if (otherwise.isPresent()) {
                    disk.spelledOtherwise.put(path, PathText.of(workspace.root().relativize(file.resolveSibling(otherwise.get()))));
                    known = Optional.empty();
                }
            } catch (PathRefusedException e) {
                disk.refused.put(path, e);
                WholeFolder.at(workspace, path).ifPresent(folder -> disk.folders.put(path, folder));
                return emptiedFolder(path, e);
            } catch (FilePort.NotRegularException e) {
                throw new PathRefusedException("Cannot touch '" + path + "': it is no regular file");
            } catch (FilePort.TooLargeException e) {
                throw new AutoSyncException(ErrorCode.PATCH_LIMIT,
                        "Cannot patch '" + path + "': it holds more than " + maxFileBytes + " bytes", e);
            } catch (IOException e) {
                throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot read '" + path + "': " + e, e);
            }
            disk.files.put(path, known);
        }
        return known;
    }

    /** A folder of which patches have deleted all files makes room for a file. */
    private Optional<FileContent> emptiedFolder(String path, PathRefusedException otherwise) {
        WholeFolder folder = disk.folders.get(path);
        if (folder == null || folder.files().isEmpty() || !folder.files().stream().allMatch(file -> Optional.empty().equals(overlay.get(file)))) {
            throw otherwise;
        }
        return Optional.empty();
    }

    private void checkAgainstDisk(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            if (disk.files.getOrDefault(above, Optional.empty()).isPresent()) {
                throw new PathRefusedException("Cannot touch '" + path + "': " + above + " is not a folder");
            }
        }
    }

    /**
     * A file that an earlier patch creates cannot be a folder for a later one, nor the other way round, nor a file under another spelling.
     *
     * @return whether an earlier patch has deleted a file above the path, below which nothing can be yet
     */
    private boolean checkAgainstOverlay(String path) {
        boolean gone = false;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            Optional<FileContent> above = overlay.get(path.substring(0, slash));
            if (above != null && above.isPresent()) {
                throw inTheWay(path, path.substring(0, slash));
            }
            gone |= above != null && disk.files.getOrDefault(path.substring(0, slash), Optional.empty()).isPresent();
        }
        overlay.subMap(path + "/", path + "0").forEach((below, content) -> {
            if (content.isPresent()) {
                throw inTheWay(path, below);
            }
        });
        String other = spelling.folding() ? spelled.get(spelling.key(path)) : null;
        if (other != null && !other.equals(path)) {
            throw oneFile(path, other);
        }
        return gone;
    }

    private static PathRefusedException inTheWay(String path, String other) {
        return new PathRefusedException("Cannot touch '" + path + "': an earlier patch makes '" + other + "' a file");
    }

    /**
     * Sees that edits that belong together can be made together.
     *
     * @throws PathRefusedException if two files that they leave are one to the file system
     */
    void checkNames(List<FileEdit> edits) {
        if (!spelling.folding()) {
            return;
        }
        Map<String, String> known = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        edits.stream().filter(edit -> edit.after().isEmpty()).forEach(edit -> deleted.add(edit.path()));
        for (FileEdit edit : edits) {
            if (edit.after().isPresent()) {
                String other = known.put(spelling.key(edit.path()), edit.path());
                if (other != null && !other.equals(edit.path())) {
                    throw oneFile(edit.path(), other);
                }
                String there = disk.spelledOtherwise.get(edit.path());
                if (there != null && !deleted.contains(there) && !Optional.empty().equals(overlay.get(there))) {
                    throw oneFile(edit.path(), there);
                }
            }
        }
    }

    private static PathRefusedException oneFile(String path, String other) {
        return new PathRefusedException("Cannot write both '" + Untrusted.line(other, 200) + "' and '" + Untrusted.line(path, 200)
                + "': they are one file on this file system, which does not tell upper from lower case, or one spelling of a letter from another."
                + " Rename one of them");
    }

    /** The folders that will come to be with a new file: those above it in which nothing is, on the disk or in the overlay. The topmost first. */
    List<String> missingFolders(String path) {
        List<String> missing = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            boolean there = disk.isFolder.computeIfAbsent(above, this::isFolder)
                    || overlay.subMap(above + "/", above + "0").values().stream().anyMatch(Optional::isPresent);
            if (!there) {
                missing.add(above);
            }
        }
        return missing;
    }

    private boolean isFolder(String path) {
        try {
            Path folder = workspace.place(path);
            return workspace.obstacle(path) == null && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (PathRefusedException e) {
            return true;
        }
    }
}
