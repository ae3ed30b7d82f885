package dev.autosync.core.journal;

import dev.autosync.core.io.FileImage;
import dev.autosync.core.io.Image;
import dev.autosync.core.io.PathText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Images as the journal holds them. */
final class ImageCodec {
    private static final byte ABSENT = 0;
    private static final byte FILE = 1;
    private static final byte LINK = 2;
    private static final byte FOLDER = 3;

    private ImageCodec() {}

    static byte[] encode(Image image) {
        if (image instanceof FileImage file) {
            return ByteBuffer.allocate(5 + file.bytes().length).put(FILE).putInt(file.mode()).put(file.bytes()).array();
        }
        if (image instanceof Image.Link link) {
            byte[] target = PathText.encode(link.target());
            return ByteBuffer.allocate(1 + target.length).put(LINK).put(target).array();
        }
        if (image instanceof Image.Folder folder) {
            return ByteBuffer.allocate(5).put(FOLDER).putInt(folder.mode()).array();
        }
        return new byte[] {ABSENT};
    }

    /**
     * Reads an image.
     *
     * @throws IndexOutOfBoundsException if the bytes are none
     * @throws java.nio.BufferUnderflowException if they are too few
     */
    static Image decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (buffer.get()) {
            case ABSENT -> Image.ABSENT;
            case FILE -> {
                int mode = buffer.getInt();
                yield new FileImage(rest(buffer), mode);
            }
            case LINK -> new Image.Link(PathText.decode(rest(buffer)));
            case FOLDER -> new Image.Folder(buffer.getInt());
            default -> throw new IndexOutOfBoundsException("no such kind of image");
        };
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return rest;
    }

    /**
     * Whether an image could be what a power cut left of a write of another: nothing of it, or its beginning, perhaps followed by zeros.
     */
    static boolean torn(Image found, Image whole) {
        if (!(found instanceof FileImage here) || !(whole instanceof FileImage file) || here.bytes().length > file.bytes().length) {
            return false;
        }
        byte[] bytes = here.bytes();
        int same = Arrays.mismatch(bytes, file.bytes());
        int prefix = same < 0 ? bytes.length : same;
        for (int i = prefix; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
