package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.patch.FileContent;
import dev.autosync.snapshot.PathChange;
import dev.autosync.snapshot.RestorePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The way from what a workspace holds to what it held. Only while the workspace is held. */
public final class Restoration {
    private final Packs packs;
    private final RestorePlan plan;
    private final Map<String, RestorePlanner.Step> steps;

    Restoration(Packs packs, RestorePlan plan, TreeMap<String, RestorePlanner.Step> steps) {
        this.packs = packs;
        this.plan = plan;
        this.steps = new LinkedHashMap<>(steps);
    }

    /** What is going to be done. */
    public RestorePlan plan() {
        return plan;
    }

    /** How many bytes the files hold that are changed, before and after, together. */
    public long bytes() {
        return plan.changes().stream().mapToLong(change -> change.now().size() + change.then().size()).sum();
    }

    /**
     * Sees that a plan that somebody has seen is still the same.
     *
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if it is not
     */
    public void checkSameAs(RestorePlan seen) {
        Map<String, PathChange> now = new LinkedHashMap<>();
        plan.changes().forEach(change -> now.put(change.path(), change));
        for (PathChange change : seen.changes()) {
            PathChange same = now.remove(change.path());
            if (same == null || !same.now().equals(change.now()) || !same.then().equals(change.then())) {
                throw changed(change.path());
            }
        }
        now.keySet().stream().findFirst().ifPresent(path -> {
            throw changed(path);
        });
    }

    /**
     * What each path is planned to come from, read now.
     *
     * @throws AutoSyncException {@link ErrorCode#WORKSPACE_CHANGED} if one holds something else than when it was planned
     */
    public Map<String, Image> seen(FilePort files) {
        Map<String, Image> seen = new LinkedHashMap<>();
        steps.forEach((path, step) -> {
            Image image = read(files, path, step.now() == null ? 0 : step.now().size());
            if (image == null || !holds(image, step.now())) {
                throw changed(path);
            }
            seen.put(path, image);
        });
        return seen;
    }

    /**
     * What each path is to hold.
     *
     * @param seen what they hold, whose other permissions they keep
     * @throws AutoSyncException {@link ErrorCode#SNAPSHOT_DAMAGED}
     */
    public Map<String, Image> wanted(Map<String, Image> seen) {
        Map<String, Image> wanted = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, RestorePlanner.Step> step : steps.entrySet()) {
                wanted.put(step.getKey(), image(step.getValue().then(), seen.get(step.getKey())));
            }
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot read the kept snapshots in " + packs.folder() + ": " + e, e);
        }
        return wanted;
    }

    private Image image(@Nullable Entry then, @Nullable Image seen) throws IOException {
        if (then == null) {
            return Image.ABSENT;
        }
        if (RestorePlanner.isFolder(then)) {
            return new Image.Folder(FileImage.NO_MODE);
        }
        byte[] content;
        synchronized (packs) {
            content = packs.content(ContentKey.of(then.sha256()));
        }
        if (then.type() == Entry.Type.LINK) {
            return new Image.Link(PathText.decode(content));
        }
        int mode = seen instanceof FileImage file ? file.mode() : then.mode();
        return FileImage.of(FileContent.of(content).executable(then.executable()), mode);
    }

    /**
     * Reads what was written again.
     *
     * @return the paths that do not hold what they are to hold
     */
    public List<String> notAsPlanned(FilePort files) {
        List<String> paths = new ArrayList<>();
        steps.forEach((path, step) -> {
            Image image = read(files, path, step.then() == null ? 0 : step.then().size());
            if (image == null || !holds(image, step.then())) {
                paths.add(path);
            }
        });
        return paths;
    }

    private static boolean holds(Image image, @Nullable Entry entry) {
        if (entry == null || RestorePlanner.isFolder(entry)) {
            return entry == null ? image.isAbsent() : image instanceof Image.Folder;
        }
        if (entry.type() == Entry.Type.LINK) {
            return image instanceof Image.Link link && hashes(PathText.encode(link.target()), entry);
        }
        return image instanceof FileImage file && file.executable() == entry.executable() && hashes(file.bytes(), entry);
    }

    private static boolean hashes(byte[] content, Entry entry) {
        return ContentKey.of(Sha256.digest().digest(content)).equals(ContentKey.of(entry.sha256()));
    }

    /** What stands at a path; null for something that no snapshot has. */
    private @Nullable Image read(FilePort files, String path, long size) {
        Path file = PathText.resolve(packs.workspace().root(), path);
        try {
            if (Files.isSymbolicLink(file)) {
                return new Image.Link(PathText.of(Files.readSymbolicLink(file)));
            }
            if (Files.isDirectory(file, NOFOLLOW_LINKS)) {
                return new Image.Folder(FileImage.NO_MODE);
            }
            // A step of the path may have become a file: then there is nothing at its end.
            Optional<FileImage> image = Files.exists(file, NOFOLLOW_LINKS) ? files.read(file, size) : Optional.empty();
            return image.isPresent() ? image.get() : Image.ABSENT;
        } catch (FilePort.NotRegularException | FilePort.TooLargeException e) {
            return null;
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.WORKSPACE_IO, "Cannot read " + path + " to restore it: " + e + ". Make it readable", e);
        }
    }

    private static AutoSyncException changed(String path) {
        return new AutoSyncException(ErrorCode.WORKSPACE_CHANGED, "Cannot restore the snapshot: " + path
                + " is not as it was when the restore was planned. Nothing was changed; look at the plan again");
    }
}
