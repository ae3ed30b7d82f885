package dev.autosync.core.journal;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import dev.autosync.core.io.RealFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Real files, and beside them what a disk would hold if the power failed now: bytes only when their file was forced, names only when their folder was.
 *
 * <p>Of what was not forced a cut keeps any part that a file system may keep: of a folder's names those up to some moment, of a file's bytes all,
 * none, a beginning, or a beginning and zeros.
 */
final class VolatileDisk implements FilePort {

    /** What a name stands for. A folder's names are its own, whatever it is called. */
    private static final class Node {
        final Image kind;
        final Map<String, Node> names = new TreeMap<>();
        final List<Rename> pending = new ArrayList<>();
        byte[] bytes;
        byte[] durable;

        Node(Image kind, byte[] bytes, boolean durable) {
            this.kind = kind;
            this.bytes = bytes;
            this.durable = durable ? bytes : new byte[0];
        }

        static Node folder() {
            return new Node(new Image.Folder(FileImage.NO_MODE), new byte[0], true);
        }

        /** Makes the first of the changes of names durable. */
        void settle(int count) {
            pending.subList(0, count).forEach(rename -> {
                if (rename.node() == null) {
                    names.remove(rename.name());
                } else {
                    names.put(rename.name(), rename.node());
                }
            });
            pending.clear();
        }
    }

    /** A change of a name that is not durable yet; null for its end. */
    private record Rename(String name, @Nullable Node node) {}

    private final Path root;
    private final FilePort files;
    private final boolean forcing;
    private final Map<Path, Node> nodes = new HashMap<>();
    private int callsLeft = Integer.MAX_VALUE;

    /** A disk on which everything that is there is durable. */
    VolatileDisk(Path root, boolean forcing) throws IOException {
        this.root = root;
        this.files = new RealFiles(root);
        this.forcing = forcing;
        nodes.put(root, Node.folder());
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(f -> !f.equals(root)).toList()) {
                Image image = files.look(file, Integer.MAX_VALUE);
                rename(file, new Node(image, image instanceof FileImage f ? f.bytes() : new byte[0], true));
            }
        }
        nodes.values().forEach(node -> node.settle(node.pending.size()));
    }

    /** Lets the process die after some more calls. */
    void dieAfter(int calls) {
        callsLeft = calls;
    }

    private void call() throws IOException {
        if (callsLeft-- <= 0) {
            throw new IOException("dead");
        }
    }

    /** Cuts the power: what is left is what the disk held, and the files are that from now on. */
    void cut(Random random) throws IOException {
        callsLeft = Integer.MAX_VALUE;
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(f -> !f.equals(root)).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Node top = nodes.get(root);
        nodes.clear();
        restore(root, top, random);
    }

    private void restore(Path place, Node node, Random random) throws IOException {
        nodes.put(place, node);
        if (node.kind instanceof Image.Folder) {
            if (!place.equals(root)) {
                Files.createDirectory(place);
            }
            node.settle(random.nextInt(node.pending.size() + 1));
            for (Map.Entry<String, Node> below : node.names.entrySet()) {
                restore(place.resolve(below.getKey()), below.getValue(), random);
            }
        } else if (node.kind instanceof Image.Link link) {
            Files.createSymbolicLink(place, PathText.target(link.target()));
        } else {
            node.bytes = Arrays.equals(node.bytes, node.durable) ? node.durable : torn(node, random);
            node.durable = node.bytes;
            files.create(place, new FileImage(node.bytes, ((FileImage) node.kind).mode()));
        }
    }

    private static byte[] torn(Node node, Random random) {
        int common = Arrays.mismatch(node.bytes, node.durable);
        int least = common < 0 ? Math.min(node.bytes.length, node.durable.length) : common;
        int kept = least + random.nextInt(node.bytes.length - least + 1);
        return switch (random.nextInt(4)) {
            case 0 -> node.bytes;
            case 1 -> node.durable;
            case 2 -> Arrays.copyOf(node.bytes, kept);
            default -> Arrays.copyOf(Arrays.copyOf(node.bytes, kept), node.bytes.length);
        };
    }

    private void rename(Path name, @Nullable Node node) {
        if (node == null) {
            nodes.remove(name);
        } else {
            nodes.put(name, node);
        }
        nodes.get(name.getParent()).pending.add(new Rename(name.getFileName().toString(), node));
    }

    @Override
    public Image look(Path file, long maxBytes) throws IOException {
        call();
        return files.look(file, maxBytes);
    }

    @Override
    public void create(Path file, FileImage image) throws IOException {
        call();
        files.create(file, image);
        rename(file, new Node(image, image.bytes(), false));
    }

    @Override
    public void createLink(Path link, Image.Link image) throws IOException {
        call();
        files.createLink(link, image);
        rename(link, new Node(image, new byte[0], true));
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        call();
        files.replace(from, to);
        Node node = nodes.get(from);
        rename(to, node);
        rename(from, null);
    }

    @Override
    public void delete(Path file) throws IOException {
        call();
        files.delete(file);
        if (nodes.containsKey(file)) {
            rename(file, null);
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call();
        files.createFolder(folder);
        rename(folder, Node.folder());
    }

    @Override
    public void setMode(Path folder, int mode) throws IOException {
        call();
        files.setMode(folder, mode);
    }

    @Override
    public boolean deleteEmptyFolder(Path folder) throws IOException {
        call();
        boolean gone = files.deleteEmptyFolder(folder);
        if (gone && nodes.containsKey(folder)) {
            rename(folder, null);
        }
        return gone;
    }

    @Override
    public void force(Path file) throws IOException {
        call();
        Node node = nodes.get(file);
        if (forcing && node != null) {
            node.durable = node.bytes;
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call();
        Node node = nodes.get(folder);
        if (forcing && node != null) {
            node.settle(node.pending.size());
        }
    }

    @Override
    public AppendLog openLog(Path file) throws IOException {
        call();
        AppendLog log = files.openLog(file);
        if (!nodes.containsKey(file)) {
            rename(file, new Node(new FileImage(new byte[0], FileImage.NO_MODE), new byte[0], true));
        }
        Node node = nodes.get(file);
        return new AppendLog() {
            @Override
            public void append(byte[] bytes) throws IOException {
                call();
                log.append(bytes);
                byte[] longer = Arrays.copyOf(node.bytes, node.bytes.length + bytes.length);
                System.arraycopy(bytes, 0, longer, node.bytes.length, bytes.length);
                node.bytes = longer;
            }

            @Override
            public void force() throws IOException {
                call();
                if (forcing) {
                    node.durable = node.bytes;
                }
            }

            @Override
            public void truncate(long length) throws IOException {
                call();
                log.truncate(length);
                node.bytes = Arrays.copyOf(node.bytes, (int) length);
                if (forcing) {
                    node.durable = node.bytes;
                }
            }

            @Override
            public long length() throws IOException {
                return log.length();
            }

            @Override
            public void close() throws IOException {
                log.close();
            }
        };
    }
}
