package dev.autosync.core.journal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one transaction into the journal.
 *
 * <p>When a force has failed nobody knows what is on the disk, and asking again would be answered with yes: nothing more is written to this
 * journal. Whoever has made the workspace durable by other means puts a new journal in its place.
 */
final class JournalWriter {
    /** Of the format: the third part of BEGIN. */
    static final String VERSION = "2";

    private static final int BEFORE = -1;

    private final AppendLog log;
    private final String name;
    private final String bootId;
    private final long maxBytes;
    private final Map<String, Map<Image, Integer>> images = new LinkedHashMap<>();
    private int records;
    private boolean begun;
    private boolean failed;

    JournalWriter(AppendLog log, String name, String bootId, long maxBytes) {
        this.log = log;
        this.name = name;
        this.bootId = bootId;
        this.maxBytes = maxBytes;
    }

    /**
     * A path that may come to hold something.
     *
     * @param before what it held before the transaction
     * @param after what it may hold
     */
    record Prepared(String path, Image before, Image after) {}

    /** Whether the journal holds anything. */
    boolean begun() {
        return begun;
    }

    /** Whether a force has failed. */
    boolean failed() {
        return failed;
    }

    /** Forgets the transaction, which is somebody else's now. */
    void abandon() {
        begun = false;
    }

    /** Whether a path may hold an image already. */
    boolean knows(String path, Image image) {
        return images.getOrDefault(path, Map.of()).keySet().stream().anyMatch(image::same);
    }

    /** Everything that a path may come to hold. */
    List<Image> images(String path) {
        return List.copyOf(images.getOrDefault(path, Map.of()).keySet());
    }

    /** Writes down what the next changes need, and forces it. */
    void prepare(List<Prepared> files, List<String> folders) throws IOException {
        List<Frame> frames = new ArrayList<>();
        if (!begun) {
            frames.add(Frame.of(Frame.Type.BEGIN, name, bootId, VERSION));
        }
        for (Prepared file : files) {
            frames.add(new Frame(Frame.Type.FILE,
                    List.of(PathText.encode(file.path()), ImageCodec.encode(file.before()), ImageCodec.encode(file.after()))));
        }
        folders.forEach(folder -> frames.add(new Frame(Frame.Type.FOLDER, List.of(PathText.encode(folder)))));
        frames.add(Frame.of(Frame.Type.PREPARED, name));
        checkRoom(frames);
        begun = true;
        append(frames);
        for (Prepared file : files) {
            images.computeIfAbsent(file.path(), path -> new LinkedHashMap<>()).put(file.after(), records++);
        }
    }

    /** A journal that recovery would not read must not be written; the rest of it is for what COMMIT carries. */
    private void checkRoom(List<Frame> frames) throws IOException {
        long bytes = log.length() + frames.stream().flatMap(frame -> frame.parts().stream()).mapToLong(part -> part.length).sum();
        if (bytes > maxBytes / 2) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "Cannot take on the batch: what its files held and would hold takes " + bytes
                    + " bytes of journal, more than " + maxBytes / 2 + ". The batch was undone; split it");
        }
    }

    /** Makes the transaction final. */
    void commit(String payload, Map<String, Image> now) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        parts.add(payload.getBytes(StandardCharsets.UTF_8));
        now.forEach((path, image) -> {
            int record = images.getOrDefault(path, Map.of()).entrySet().stream().filter(known -> known.getKey().same(image))
                    .map(Map.Entry::getValue).findFirst().orElse(BEFORE);
            parts.add(PathText.encode(path));
            parts.add(ByteBuffer.allocate(4).putInt(record).array());
        });
        append(List.of(new Frame(Frame.Type.COMMIT, parts)));
    }

    /** Says that everything was undone. */
    void abort() throws IOException {
        append(List.of(Frame.of(Frame.Type.ABORT, name)));
    }

    /** Empties the journal; durable when it returns. */
    void clear() throws IOException {
        log.truncate(0);
        begun = false;
    }

    /** Appends records and forces them, or takes back what a full disk has let through of them. */
    private void append(List<Frame> frames) throws IOException {
        if (failed) {
            throw new IOException("a force of the journal has failed before");
        }
        long length = log.length();
        try {
            for (Frame frame : frames) {
                log.append(frame.encode());
            }
        } catch (IOException e) {
            takeBack(length, e);
            throw e;
        }
        try {
            log.force();
        } catch (IOException e) {
            failed = true;
            takeBack(length, e);
            throw e;
        }
    }

    private void takeBack(long length, IOException because) {
        try {
            log.truncate(length);
        } catch (IOException e) {
            failed = true;
            because.addSuppressed(e);
        }
    }
}
