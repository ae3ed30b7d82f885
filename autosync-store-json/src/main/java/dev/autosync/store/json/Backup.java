package dev.autosync.store.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Copies a store into a folder beside the one that was asked for, and gives it its name when all of it is there. */
final class Backup {
    private static final int BLOCK = 1 << 16;

    private final Segments segments;
    private final Disk disk;
    private final Path folder;

    Backup(Segments segments, Disk disk, Path folder) {
        this.segments = segments;
        this.disk = disk;
        this.folder = folder.toAbsolutePath().normalize();
    }

    void run(JsonStore store) throws IOException, InterruptedException {
        requireFree();
        Path parent = Objects.requireNonNull(folder.getParent(), "parent");
        disk.createDirectories(parent);
        Path draft = Files.createTempDirectory(parent, folder.getFileName() + ".partial-");
        boolean done = false;
        try {
            View view = store.whole(digest -> {});
            while (!copied(view, draft)) {
                if (store.isCurrent(view)) {
                    throw new IOException("a segment has vanished");
                }
                empty(draft);
                view = store.whole(digest -> {});
            }
            disk.forceDirectory(draft);
            disk.rename(draft, folder);
            done = true;
            disk.forceDirectory(parent);
        } finally {
            if (!done) {
                empty(draft);
                Files.deleteIfExists(draft);
            }
        }
    }

    private void requireFree() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            if (files.iterator().hasNext()) {
                throw new IOException("the folder is not empty");
            }
        }
    }

    /** False if a compaction came between: then it begins anew with what that has left. */
    private boolean copied(View view, Path draft) throws IOException, InterruptedException {
        try {
            if (view.compacted().generation() > 0) {
                copy(segments.compacted(), draft, Long.MAX_VALUE);
                if (!new CompactedFile(new Segments(draft), disk).read().equals(view.compacted())) {
                    return false;
                }
            }
            for (SegmentFile file : view.files()) {
                copy(segments.path(file), draft, view.isLast(file) ? view.tail().end() : Long.MAX_VALUE);
                if (Files.exists(segments.rollups(file))) {
                    copy(segments.rollups(file), draft, Long.MAX_VALUE);
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        if (Files.exists(segments.token())) {
            copy(segments.token(), draft, Long.MAX_VALUE);
        }
        return true;
    }

    private void copy(Path file, Path into, long end) throws IOException, InterruptedException {
        try (InputStream in = disk.read(file, 0); RandomAccessFile to = disk.open(into.resolve(file.getFileName()))) {
            byte[] block = new byte[BLOCK];
            long at = 0;
            for (int read = in.read(block, 0, most(end)); read > 0; read = in.read(block, 0, most(end - at))) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                disk.write(to, at, block, read);
                at += read;
            }
            disk.force(to);
        }
    }

    private static int most(long left) {
        return (int) Math.min(BLOCK, left);
    }

    private static void empty(Path draft) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(draft)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
