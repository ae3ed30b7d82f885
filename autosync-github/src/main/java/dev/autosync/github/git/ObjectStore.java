package dev.autosync.github.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a repository, and on top of them some in memory that nobody has written yet. Reading writes nothing.
 *
 * <p>Threads: for one thread. Whoever opens it closes it.
 */
public final class ObjectStore extends ObjectReader {
    private static final int MAX_SHALLOW = 16 << 20;

    private final GitFolder folder;
    private final LooseObjects loose;
    private final Map<ObjectId, GitObject> memory = new LinkedHashMap<>();
    private @Nullable List<PackFile> packs;
    private @Nullable Set<ObjectId> shallow;

    private ObjectStore(GitFolder folder) {
        this.folder = folder;
        this.loose = new LooseObjects(folder);
    }

    /** Opens the objects of a repository. */
    public static ObjectStore of(GitFolder folder) {
        return new ObjectStore(folder);
    }

    /** Keeps an object in memory. */
    public ObjectId add(GitObject object) {
        memory.put(object.id(), object);
        return object.id();
    }

    /** The objects in memory. */
    public List<GitObject> added() {
        return List.copyOf(memory.values());
    }

    /** Looks an object up. */
    public Optional<GitObject> find(AnyObjectId id) throws IOException {
        GitObject remembered = memory.get(id.toObjectId());
        if (remembered != null) {
            return Optional.of(remembered);
        }
        for (PackFile pack : packs()) {
            long place = pack.find(id);
            if (place >= 0) {
                return Optional.of(pack.read(id, place));
            }
        }
        return loose.read(id);
    }

    /** Whether the repository itself has an object, whatever is in memory. */
    public boolean isStored(AnyObjectId id) throws IOException {
        for (PackFile pack : packs()) {
            if (pack.find(id) >= 0) {
                return true;
            }
        }
        return loose.has(id);
    }

    /** Writes an object into the repository unless it is there. */
    public void write(GitObject object) throws IOException {
        if (!isStored(object.id())) {
            loose.write(object);
        }
    }

    /** Reads an object that must be there. */
    public GitObject get(AnyObjectId id, int type) throws IOException {
        GitObject object = find(id).orElseThrow(() -> new MissingObjectException(id.toObjectId(), type == OBJ_ANY ? "object" : name(type)));
        if (type != OBJ_ANY && object.type() != type) {
            throw new IncorrectObjectTypeException(id.toObjectId(), type);
        }
        return object;
    }

    private static String name(int type) {
        return Constants.typeString(type);
    }

    private List<PackFile> packs() throws IOException {
        if (packs == null) {
            packs = openPacks();
        }
        return packs;
    }

    private List<PackFile> openPacks() throws IOException {
        List<PackFile> found = new ArrayList<>();
        Path place = folder.file("objects/pack");
        if (!Files.isDirectory(place)) {
            return found;
        }
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(place, "pack-*.idx")) {
            for (Path idx : indexes) {
                String name = idx.getFileName().toString();
                Path pack = place.resolve(name.substring(0, name.length() - 3) + "pack");
                if (Files.exists(pack)) {
                    found.add(PackFile.open(idx, pack));
                }
            }
            return found;
        } catch (IOException | RuntimeException e) {
            for (PackFile pack : found) {
                pack.close();
            }
            throw e;
        }
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
        GitObject object = get(id, type);
        return new ObjectLoader.SmallObject(object.type(), object.bytes());
    }

    @Override
    public boolean has(AnyObjectId id) throws IOException {
        return memory.containsKey(id.toObjectId()) || isStored(id);
    }

    /** The commits whose parents a shallow clone does not have. */
    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        if (shallow == null) {
            Set<ObjectId> ids = new HashSet<>();
            try {
                new String(folder.read("shallow", MAX_SHALLOW).orElse(new byte[0]), StandardCharsets.US_ASCII).lines()
                        .filter(line -> !line.isBlank()).forEach(line -> ids.add(ObjectId.fromString(line.strip())));
            } catch (InvalidObjectIdException e) {
                throw new IOException(folder.root() + "/shallow is damaged", e);
            }
            shallow = ids;
        }
        return shallow;
    }

    /** Nobody abbreviates here. */
    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) {
        return List.of();
    }

    @Override
    public ObjectReader newReader() {
        return this;
    }

    /** Closes the packs. A file that cannot be closed was only read, so nothing is lost. */
    @Override
    public void close() {
        if (packs != null) {
            for (PackFile pack : packs) {
                try {
                    pack.close();
                } catch (IOException e) {
                    continue;
                }
            }
            packs = null;
        }
    }
}
