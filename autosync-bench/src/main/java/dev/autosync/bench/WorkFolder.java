package dev.autosync.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for one run of a bench, gone afterwards. Unless told otherwise it lies on the disk of the checkout: a temporary folder may be in
 * memory.
 */
public final class WorkFolder implements Closeable {
    private final Path path;

    public WorkFolder() throws IOException {
        this(home().resolve("target").resolve("work"));
    }

    /** A folder in another one. */
    WorkFolder(Path parent) throws IOException {
        Files.createDirectories(parent);
        this.path = Files.createTempDirectory(parent, "autosync-bench");
    }

    /** One in memory, where the system has such a place: for trials that no disk has a part in, of which there are many. */
    public static WorkFolder inMemory() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? new WorkFolder(memory.toRealPath()) : new WorkFolder();
    }

    /** The folder of this module. */
    public static Path home() {
        return Path.of(System.getProperty("autosync.bench.home", "")).toAbsolutePath();
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(path)) {
            children = all.toList();
        }
        for (Path child : children) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                deleteLarge(child);
            } else {
                Files.delete(child);
            }
        }
        Files.delete(path);
    }

    /** Deletes a folder and everything in it, what is in its folders at the same time: there may be very many files. */
    public static void deleteLarge(Path folder) throws IOException {
        List<Path> children;
        try (Stream<Path> all = Files.list(folder)) {
            children = all.toList();
        }
        try {
            children.parallelStream().forEach(child -> {
                try {
                    delete(child);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.delete(folder);
    }

    /** Deletes a folder and everything in it. */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
