package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.AutoSyncException;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is applied, undone, killed and recovered while somebody else edits: no byte of theirs is changed.
 *
 * <p>They edit before any call but the rename or delete of that very path, which no system lets a program guard. The long run:
 * {@code -Dtest=ForeignEditsPropertyTest -Dautosync.edits=5000}.
 */
class ForeignEditsPropertyTest {
    private static final int TRIES = 40;
    private static final int WORLDS = Math.max(1, Integer.getInteger("autosync.edits", 80) / TRIES);
    private static final String[] PATHS = {"a", "b", "d/a", "d/b", "d/e/a", "d/e/b", "l", "k", "k/a", "bad\udcff", "\u00e9", "e\u0301", ".git/config", "sub/.git/HEAD"};
    private static final String[] THEIR_PATHS = {"a", "b", "d/a", "d/b", "d/e/a", "d/e/b", "l", "bad\udcff", "\u00e9", "theirs", "d/theirs", ".git/config", "k"};

    private @Nullable Path folder;

    @AfterTry
    void cleanUp() throws IOException {
        if (folder != null) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A workspace in which somebody else works too. */
    private static final class World {
        private final Random random;
        private final Path root;
        private final Workspace workspace;
        private final RealFiles real;
        private final FilePort files;
        private final Map<String, String> theirs = new TreeMap<>();
        private boolean dead;
        private boolean editing = true;
        private int boot;

        World(Path root, Random random) throws IOException {
            this.random = random;
            this.root = root;
            for (String path : PATHS) {
                if (random.nextBoolean() && !path.startsWith("k/")) {
                    write(path, "old " + random.nextInt(3));
                }
            }
            workspace = Workspace.at(root);
            workspace.createState();
            real = new RealFiles(workspace.root());
            files = (FilePort) Proxy.newProxyInstance(FilePort.class.getClassLoader(), new Class<?>[] {FilePort.class}, (proxy, method, args) -> {
                boolean guarded = method.getName().equals("replace") || method.getName().equals("delete");
                if (!method.getName().equals("together")) {
                    if (dead || random.nextInt(150) == 0) {
                        dead = true;
                        throw new IOException("dead");
                    }
                    if (editing && !guarded && random.nextInt(25) == 0) {
                        edit();
                    }
                }
                if (method.getName().startsWith("force")) {
                    // No power fails here.
                    return null;
                }
                try {
                    Object result = method.invoke(real, args);
                    return result instanceof AppendLog log ? unforced(log) : result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        private static AppendLog unforced(AppendLog log) {
            return (AppendLog) Proxy.newProxyInstance(FilePort.class.getClassLoader(), new Class<?>[] {AppendLog.class}, (proxy, method, args) -> {
                try {
                    return method.getName().equals("force") ? null : method.invoke(log, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        }

        /** Somebody else writes a file. */
        private void edit() throws IOException {
            String path = THEIR_PATHS[random.nextInt(THEIR_PATHS.length)];
            String text = "theirs " + random.nextInt(1_000_000);
            if (Files.isDirectory(PathText.resolve(root, path), java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            write(path, text);
            theirs.put(path, text);
        }

        private void write(String path, String text) throws IOException {
            Path file = PathText.resolve(root, path);
            Path above = file.getParent();
            if (Files.isSymbolicLink(file)) {
                Files.delete(file);
            }
            if (Files.isDirectory(above) || Files.notExists(above) && !Files.isRegularFile(root.resolve("d"))) {
                Files.createDirectories(above);
                Files.writeString(file, text);
            }
        }

        private Map<String, Image> state() {
            Map<String, Image> state = new LinkedHashMap<>();
            boolean kind = random.nextBoolean();
            for (String path : PATHS) {
                // What they wrote before a plan is made may be planned upon: here only what they write afterwards is looked at.
                if (!path.contains(".git") && !theirs.containsKey(path) && random.nextInt(3) > 0 && (!path.startsWith("k/") || kind)) {
                    state.put(path, Tree.image(path.equals("k") && kind ? null : random.nextInt(4) == 0 ? null
                            : path.equals("l") ? "-> x" + random.nextInt(3) : (random.nextInt(5) == 0 ? "x " : "") + "new " + random.nextInt(9)));
                }
            }
            return state;
        }

        private Map<String, Image> seen(Map<String, Image> state) throws IOException {
            Map<String, Image> seen = new LinkedHashMap<>();
            for (String path : state.keySet()) {
                if (workspace.obstacle(path) == null) {
                    seen.put(path, real.look(workspace.place(path), 1000));
                }
            }
            return seen;
        }

        private Journal journal() {
            return new Journal(workspace, files, () -> "boot-" + boot);
        }

        void live() throws IOException {
            dead = false;
            try {
                journal().recovery(() -> { }).run();
                journal().recovery(() -> { }).forget();
                try (Transaction transaction = journal().begin("t" + random.nextInt(100), () -> { })) {
                    for (int i = 1 + random.nextInt(3); i > 0; i--) {
                        Map<String, Image> state = state();
                        transaction.put(state, seen(state));
                    }
                    if (random.nextBoolean()) {
                        transaction.commit("p");
                        transaction.checkpoint();
                    }
                }
            } catch (AutoSyncException e) {
                boot += random.nextInt(4) == 0 ? 1 : 0;
            }
        }

        void settle() {
            editing = false;
            for (int tries = 0; tries < 50; tries++) {
                dead = false;
                try {
                    journal().recovery(() -> { }).run();
                    journal().recovery(() -> { }).forget();
                    return;
                } catch (AutoSyncException e) {
                    // It dies at random; it is run again.
                }
            }
        }
    }

    @Property(tries = TRIES)
    void noForeignByteIsChanged(@ForAll long seed) throws IOException {
        folder = Files.createTempDirectory("autosync-foreign");
        for (int i = 0; i < WORLDS; i++) {
            World world = new World(Files.createDirectory(folder.resolve("w" + i)).toRealPath(), new Random(seed * WORLDS + i));
            for (int lives = 0; lives < 6; lives++) {
                world.live();
            }
            world.settle();
            Map<String, String> tree = Tree.of(world.root);
            assertThat(world.theirs.keySet().stream().filter(path -> !world.theirs.get(path).equals(tree.getOrDefault(path, "").replaceFirst("^x ", "")))
                    .map(path -> path.replaceAll("[^ -~]", "?") + ": " + world.theirs.get(path) + " became " + tree.get(path))).isEmpty();
            assertThat(tree.keySet()).noneMatch(path -> path.contains(".as~"));
        }
    }
}
