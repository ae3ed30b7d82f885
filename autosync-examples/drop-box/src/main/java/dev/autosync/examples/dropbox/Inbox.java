package dev.autosync.examples.dropbox;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.autosync.AutoSyncException;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PullResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folder that patches come from: files {@code *.json} as in {@code autosync/patches}, in the order of their names.
 *
 * <p>The cursor is a hash over the names and contents of all files up to where a pull has ended. If the files up to some place still have that
 * hash, those behind it are new. If not, because a file came earlier in the order, changed or went, all are given again: the engine knows what
 * has landed.
 *
 * @param folder the folder
 */
record Inbox(Path folder) {
    /** What is larger is not read, and told by its first bytes. */
    static final int MAX_BYTES = 16 << 20;

    /** One id that is too long behind the connector's name would make the engine refuse the whole pull. */
    private static final int MAX_ID = 100;

    /** So would more than 100,000 patches. What is left is for the next cycle. */
    private static final int MAX_PATCHES = 10_000;

    private static final String UNREADABLE = "unreadable/";

    PullResult pull(Cursor since, Consumer<Patch> patches) throws IOException {
        List<Path> files = files();
        List<String> hashes = new ArrayList<>();
        String hash = "";
        for (Path file : files) {
            hash = hash(hash, file);
            hashes.add(hash);
        }
        int next = hashes.indexOf(since.text()) + 1;
        if (next == files.size()) {
            return PullResult.unchanged();
        }
        Set<String> ids = new HashSet<>();
        long bytes = 0;
        while (next < files.size() && ids.size() < MAX_PATCHES && bytes < 4L * MAX_BYTES) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            bytes += Files.size(files.get(next));
            for (Patch patch : read(files.get(next++), ids)) {
                ids.add(patch.id());
                patches.accept(patch);
            }
        }
        return PullResult.changes(Cursor.of(hashes.get(next - 1)));
    }

    /** Hidden files may be half written, folders are not ours, and a link could lead anywhere. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> name(file).endsWith(".json") && !name(file).startsWith("."))
                    .filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS)).sorted().toList();
        }
    }

    /** A file that is no patch file stops none of the others: in its place comes a patch that will be refused, and says why. */
    private static List<Patch> read(Path file, Set<String> ids) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            return List.of(unreadable(file, file + " has more than " + MAX_BYTES + " bytes"));
        }
        try {
            List<Patch> patches = PatchBatch.read(file).patches();
            Optional<String> bad = patches.stream().map(Patch::id)
                    .filter(id -> id.length() > MAX_ID || id.startsWith(UNREADABLE) || ids.contains(id)).findFirst();
            if (bad.isPresent() || patches.size() > MAX_PATCHES) {
                return List.of(unreadable(file, file + ": " + bad.map(id -> "the id '" + id + "' is taken or too long; give the patch another")
                        .orElse("it has more than " + MAX_PATCHES + " patches")));
            }
            return patches;
        } catch (AutoSyncException e) {
            return List.of(unreadable(file, e.getMessage()));
        }
    }

    /** Not every name can be an id; the hash tells apart those that were cut or changed. */
    private static Patch unreadable(Path file, String why) {
        String legal = name(file).replaceAll("[^\\p{L}\\p{Nd}._+@:#-]", "_");
        String id = UNREADABLE + legal.substring(0, Math.min(80, legal.length())) + "-" + sha256(name(file)).substring(0, 16);
        return Patch.builder(id, UnreadableFormat.NAME).content(why).build();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String hash(String before, Path file) throws IOException {
        try (InputStream in = Files.isReadable(file) ? Files.newInputStream(file, NOFOLLOW_LINKS) : InputStream.nullInputStream()) {
            return sha256(before + "/" + name(file) + "/", in.readNBytes(MAX_BYTES));
        }
    }

    private static String sha256(String text, byte... bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
