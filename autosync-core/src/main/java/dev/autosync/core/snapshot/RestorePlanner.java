package dev.autosync.core.snapshot;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.PathText;
import dev.autosync.snapshot.KeptSnapshot;
import dev.autosync.snapshot.LeftPath;
import dev.autosync.snapshot.PathChange;
import dev.autosync.snapshot.PathState;
import dev.autosync.snapshot.RestorePlan;
import dev.autosync.spi.PathRefusedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out what has to be done to a tree so that it holds what a kept snapshot held, and what must be left alone. */
final class RestorePlanner {
    private static final String IGNORE_FILE = ".gitignore";

    private final Packs packs;
    private final Path root;
    private final TreeMap<String, Entry> wanted;
    private final Map<String, Entry> present;
    private final Map<String, List<Entry>> known;
    private final Map<String, List<IgnorePattern>> ignored = new HashMap<>();
    private final TreeMap<String, Step> steps = new TreeMap<>();
    private final TreeMap<String, String> left = new TreeMap<>();

    /**
     * What is done to a path.
     *
     * @param now what stands there; null for nothing
     * @param then what is to stand there; null for nothing
     */
    record Step(@Nullable Entry now, @Nullable Entry then) {}

    /**
     * A planner.
     *
     * @param wanted the entries of the snapshot
     * @param present the tree as it is
     * @param known what the kept snapshots have, by path
     */
    RestorePlanner(Packs packs, Map<String, Entry> wanted, Snapshot present, Map<String, List<Entry>> known) {
        this.packs = packs;
        this.root = packs.workspace().root();
        this.wanted = new TreeMap<>(wanted);
        this.present = new HashMap<>();
        present.entries().forEach(entry -> this.present.put(entry.path(), entry));
        this.known = known;
    }

    Restoration plan(KeptSnapshot snapshot) throws IOException {
        NavigableSet<String> paths = new TreeSet<>(wanted.keySet());
        paths.addAll(present.keySet());
        for (String path : paths) {
            Entry now = present.get(path);
            Entry then = wanted.get(path);
            if (now == null || then == null || !now.sameContent(then)) {
                step(path, now, then);
            }
        }
        boolean settled = false;
        while (!settled) {
            settled = removeEmptied() & leaveObstructed();
        }
        createAbove();
        List<PathChange> changes = new ArrayList<>();
        steps.forEach((path, step) -> changes.add(PathChange.of(path, state(step.now()), state(step.then()), isUnknown(path, step.now()))));
        List<LeftPath> leftPaths = new ArrayList<>();
        left.forEach((path, reason) -> leftPaths.add(LeftPath.of(path, reason)));
        return new Restoration(packs, RestorePlan.of(snapshot, changes, leftPaths), steps);
    }

    private void step(String path, @Nullable Entry now, @Nullable Entry then) throws IOException {
        try {
            packs.workspace().place(path);
        } catch (PathRefusedException e) {
            left.put(path, String.valueOf(e.getMessage()));
            return;
        }
        if (now == null && then != null) {
            create(path, then);
        } else if (now != null && then == null) {
            remove(path, now);
        } else {
            put(path, now, then);
        }
    }

    private void create(String path, Entry then) throws IOException {
        Optional<Entry> onDisk = onDisk(path);
        boolean folder = onDisk.isPresent() && isFolder(onDisk.get());
        if (folder && isFolder(then)) {
            return;
        }
        if (onDisk.isPresent() && !folder) {
            left.put(path, "snapshots leave it out now");
        } else {
            put(path, onDisk.orElse(null), then);
        }
    }

    private void remove(String path, Entry now) throws IOException {
        boolean holdsWanted = isAbove(path);
        if (holdsWanted && isFolder(now)) {
            return;
        }
        if (!known.containsKey(path)) {
            left.put(path, "it is new since the last kept snapshot");
        } else if (wasIgnored(path, isFolder(now))) {
            left.put(path, "it was ignored when the snapshot was taken, and may have been there");
        } else {
            put(path, now, holdsWanted ? Entry.folder(path) : null);
        }
    }

    private void put(String path, @Nullable Entry now, @Nullable Entry then) throws IOException {
        if (isTooMuch(now) || isTooMuch(then)) {
            left.put(path, "it holds or held more than " + FileImage.MOST_BYTES + " bytes, the most that a restore changes. Copy it by hand");
        } else if (!isExactLink(path, now, false) || !isExactLink(path, then, true)) {
            left.put(path, "where the link leads is spelled with slashes that cannot be written again. Change it by hand");
        } else if (now != null && !isKeepable(now)) {
            left.put(path, "what it holds now cannot be kept first: " + (!now.hashed() ? "it cannot be read" : tooLarge(now)));
        } else if (then != null && !isFolder(then) && !then.hashed()) {
            left.put(path, "it could not be read when the snapshot was taken");
        } else if (then != null && !isFolder(then) && !packs.contents().containsKey(ContentKey.of(then.sha256()))) {
            left.put(path, "what it held was not kept: " + (then.size() > packs.limits().maxFileBytes() ? tooLarge(then)
                    : "there was no room, or it was changed while it was read"));
        } else {
            steps.put(path, new Step(now, then));
        }
    }

    /** What a transaction does not read it cannot put back. */
    private static boolean isTooMuch(@Nullable Entry entry) {
        return entry != null && !isFolder(entry) && entry.size() > FileImage.MOST_BYTES;
    }

    private boolean isExactLink(String path, @Nullable Entry entry, boolean kept) throws IOException {
        if (entry == null || entry.type() != Entry.Type.LINK || !entry.hashed()) {
            return true;
        }
        ContentKey key = ContentKey.of(entry.sha256());
        if (kept) {
            return !packs.contents().containsKey(key) || PathText.isExact(PathText.decode(packs.content(key)));
        }
        Path file = PathText.resolve(root, path);
        return !Files.isSymbolicLink(file) || PathText.isExact(PathText.of(Files.readSymbolicLink(file)));
    }

    /** Whether what the snapshot's {@code .gitignore} files say had left a path out of it, where they say something else now. */
    private boolean wasIgnored(String path, boolean folder) throws IOException {
        List<String> prefixes = new ArrayList<>(List.of(""));
        boolean changed = isOtherIgnoreFile("");
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            prefixes.add(path.substring(0, slash + 1));
            changed |= isOtherIgnoreFile(path.substring(0, slash + 1));
        }
        for (int depth = 0; changed && depth < prefixes.size(); depth++) {
            boolean last = depth == prefixes.size() - 1;
            String step = last ? path : prefixes.get(depth + 1).substring(0, prefixes.get(depth + 1).length() - 1);
            if (leftOut(step, !last || folder, prefixes.subList(0, depth + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOtherIgnoreFile(String prefix) {
        Entry then = wanted.get(prefix + IGNORE_FILE);
        Entry now = present.get(prefix + IGNORE_FILE);
        return then != null && (now == null || !now.sameContent(then));
    }

    /** What the files of patterns from the root down to the folder of a step say; the innermost that says anything decides. */
    private boolean leftOut(String step, boolean folder, List<String> prefixes) throws IOException {
        byte[] bytes = PathBytes.of(step);
        int name = PathBytes.of(prefixes.get(prefixes.size() - 1)).length;
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            List<IgnorePattern> patterns = patterns(prefixes.get(i));
            int from = PathBytes.of(prefixes.get(i)).length;
            for (int line = patterns.size() - 1; line >= 0; line--) {
                if (patterns.get(line).matches(bytes, from, name, folder)) {
                    return !patterns.get(line).negative();
                }
            }
        }
        return false;
    }

    private List<IgnorePattern> patterns(String prefix) throws IOException {
        List<IgnorePattern> known = ignored.get(prefix);
        if (known == null) {
            Entry file = wanted.get(prefix + IGNORE_FILE);
            if (file != null && file.type() == Entry.Type.FILE && file.hashed() && file.size() <= IgnoreFile.MAX_BYTES
                    && packs.contents().containsKey(ContentKey.of(file.sha256()))) {
                known = IgnoreFile.parse(packs.content(ContentKey.of(file.sha256())));
            } else {
                known = List.of();
            }
            ignored.put(prefix, known);
        }
        return known;
    }

    private String tooLarge(Entry entry) {
        return entry.size() + " bytes are more than " + packs.limits().maxFileBytes() + " (snapshot.maxFileBytes)";
    }

    private boolean isKeepable(Entry entry) {
        return isFolder(entry) || entry.hashed()
                && (entry.size() <= packs.limits().maxFileBytes() || packs.contents().containsKey(ContentKey.of(entry.sha256())));
    }

    /** Whether the snapshot has something in what would have to be a folder at this path. */
    private boolean isAbove(String path) {
        String first = wanted.ceilingKey(path + "/");
        return first != null && first.startsWith(path + "/");
    }

    /** Folders of which nothing is left go too. Says whether there was none. */
    private boolean removeEmptied() throws IOException {
        TreeSet<String> folders = new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            if (step.getValue().then() == null) {
                for (String above = above(step.getKey()); !above.isEmpty(); above = above(above)) {
                    folders.add(above);
                }
            }
        }
        boolean none = true;
        for (String folder : folders) {
            if (!steps.containsKey(folder) && !wanted.containsKey(folder) && !isAbove(folder)
                    && onDisk(folder).filter(RestorePlanner::isFolder).isPresent() && firstThatStays(folder).isEmpty()) {
                steps.put(folder, new Step(Entry.folder(folder), null));
                none = false;
            }
        }
        return none;
    }

    /** Folders that are missing above what is created are created too. */
    private void createAbove() {
        for (Map.Entry<String, Step> step : List.copyOf(steps.entrySet())) {
            if (step.getValue().then() != null) {
                for (String above = above(step.getKey()); !above.isEmpty() && onDisk(above).isEmpty(); above = above(above)) {
                    steps.putIfAbsent(above, new Step(null, Entry.folder(above)));
                }
            }
        }
    }

    /** Leaves what cannot be done because of something else that stays. Says whether there was nothing. */
    private boolean leaveObstructed() throws IOException {
        Map<String, String> obstructed = new TreeMap<>();
        for (Map.Entry<String, Step> entry : steps.entrySet()) {
            String path = entry.getKey();
            Step step = entry.getValue();
            Entry then = step.then();
            if (then != null) {
                for (String above = above(path); !above.isEmpty(); above = above(above)) {
                    Optional<Entry> there = onDisk(above);
                    Step ofAbove = steps.get(above);
                    if (there.isPresent() && !isFolder(there.get()) && (ofAbove == null || ofAbove.then() == null || !isFolder(ofAbove.then()))) {
                        obstructed.put(path, above + " is in the way, which stays");
                    }
                }
            }
            if (step.now() != null && isFolder(step.now()) && (then == null || !isFolder(then))) {
                Optional<String> stays = firstThatStays(path);
                stays.ifPresent(first -> obstructed.put(path, first + " is in it, which stays"));
            }
        }
        obstructed.forEach((path, reason) -> {
            steps.remove(path);
            left.put(path, reason);
        });
        return obstructed.isEmpty();
    }

    /** The first thing in a folder that is not going to be removed. */
    private Optional<String> firstThatStays(String folder) throws IOException {
        Path path = PathText.resolve(root, folder);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                String below = PathText.of(root, child);
                Step step = steps.get(below);
                if (step == null || step.then() != null) {
                    return Optional.of(below);
                }
            }
        }
        return Optional.empty();
    }

    /** What stands at a path, as far as it matters here: a folder or something else. */
    private Optional<Entry> onDisk(String path) {
        Path file = PathText.resolve(root, path);
        if (Files.isDirectory(file, NOFOLLOW_LINKS)) {
            return Optional.of(Entry.folder(path));
        }
        return Files.exists(file, NOFOLLOW_LINKS) ? Optional.of(new Entry(path, Entry.Type.FILE, FileImage.NO_MODE, 0, 0, false, new byte[0]))
                : Optional.empty();
    }

    static boolean isFolder(Entry entry) {
        return entry.type() == Entry.Type.FOLDER;
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private boolean isUnknown(String path, @Nullable Entry now) {
        return now != null && !isFolder(now) && known.getOrDefault(path, List.of()).stream().noneMatch(now::sameContent);
    }

    private static PathState state(@Nullable Entry entry) {
        if (entry == null) {
            return PathState.nothing();
        }
        String sha256 = HexFormat.of().formatHex(entry.sha256());
        return switch (entry.type()) {
            case FILE -> PathState.file(entry.size(), sha256, entry.executable());
            case LINK -> PathState.link(entry.size(), sha256);
            case FOLDER -> PathState.folder();
        };
    }
}
