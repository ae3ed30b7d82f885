package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a journal says of the transaction that somebody has left in it. */
final class Unfinished {
    private static final String NONE = "unknown";

    private String transaction = NONE;
    private String bootId = "";
    private String version = JournalWriter.VERSION;
    private boolean ended;
    private boolean doubtful;
    private @Nullable String payload;
    private final Map<String, Image> before = new LinkedHashMap<>();
    private final Map<String, List<Image>> after = new LinkedHashMap<>();
    private final List<Image> records = new ArrayList<>();
    private final Map<String, Image> landed = new LinkedHashMap<>();
    private final List<String> folders = new ArrayList<>();

    private Unfinished() {}

    /**
     * Reads records.
     *
     * @throws IndexOutOfBoundsException if one makes no sense
     * @throws java.nio.BufferUnderflowException if one makes no sense
     */
    static Unfinished of(List<Frame> frames) {
        Unfinished left = new Unfinished();
        frames.forEach(left::read);
        return left;
    }

    private void read(Frame frame) {
        switch (frame.type()) {
            case BEGIN -> {
                transaction = frame.text(0);
                bootId = frame.text(1);
                version = frame.parts().size() > 2 ? frame.text(2) : "1";
            }
            case FILE -> {
                Image image = ImageCodec.decode(frame.parts().get(2));
                before.putIfAbsent(frame.path(0), ImageCodec.decode(frame.parts().get(1)));
                after.computeIfAbsent(frame.path(0), path -> new ArrayList<>()).add(image);
                records.add(image);
            }
            case FOLDER -> folders.add(frame.path(0));
            case PREPARED -> { }
            case COMMIT -> {
                payload = frame.text(0);
                for (int i = 1; i < frame.parts().size(); i += 2) {
                    int record = ByteBuffer.wrap(frame.parts().get(i + 1)).getInt();
                    String path = frame.path(i);
                    landed.put(path, record < 0 ? before.getOrDefault(path, Image.ABSENT) : records.get(record));
                }
                ended = true;
            }
            case ABORT -> {
                payload = null;
                ended = true;
            }
            case DOUBT -> doubtful = true;
        }
    }

    String transaction() {
        return transaction;
    }

    String bootId() {
        return bootId;
    }

    /** The version of the format that it is written in. */
    String version() {
        return version;
    }

    /** Whether it was ended: it is final, or undone. */
    boolean ended() {
        return ended;
    }

    /** Whether files may hold something else on the disk than they show. */
    boolean doubtful() {
        return doubtful;
    }

    /** What the transaction was to be remembered by; null if it is not final. */
    @Nullable String payload() {
        return payload;
    }

    /** The folders that it may have created, each after the one above it. */
    List<String> folders() {
        return folders;
    }

    /** What each path held before it. */
    Map<String, Image> before() {
        return before;
    }

    /** What each path is to hold. */
    Map<String, Image> wanted() {
        Map<String, Image> wanted = new LinkedHashMap<>(before);
        if (payload != null) {
            wanted.putAll(landed);
        }
        return wanted;
    }

    /** Whether a path that holds this may have been left so by the transaction, or was found so by it. */
    boolean explains(String path, Image found) {
        List<Image> images = images(path);
        return images.stream().anyMatch(found::same) || found.isAbsent() && betweenKinds(images);
    }

    /** Whether what a path holds may be what a power cut left of a write of the transaction. */
    boolean explainsTorn(String path, Image found) {
        return images(path).stream().anyMatch(image -> ImageCodec.torn(found, image));
    }

    private List<Image> images(String path) {
        List<Image> images = new ArrayList<>(after.getOrDefault(path, List.of()));
        images.add(before.getOrDefault(path, Image.ABSENT));
        return images;
    }

    /** What was a folder and becomes a file, or the other way round, is nothing for a moment. */
    static boolean betweenKinds(List<Image> images) {
        return images.stream().anyMatch(Image.Folder.class::isInstance)
                && images.stream().anyMatch(image -> image instanceof FileImage || image instanceof Image.Link);
    }
}
