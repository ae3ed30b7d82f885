package dev.autosync.testkit;

import dev.autosync.ErrorCode;
import dev.autosync.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A file of frames, each with its length and checksum. An end that is not whole is an append that was never acknowledged. */
class FrameFile {
    private static final int HEADER = 8;

    final Path path;

    FrameFile(Path folder) {
        path = folder.resolve("store.frames");
    }

    List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        whole(Files.exists(path) ? Files.readAllBytes(path) : new byte[0], frames);
        return frames;
    }

    /** In one step: what is read after a kill ends before or behind it. */
    void append(byte[] frame) throws IOException {
        Files.createDirectories(path.getParent());
        byte[] framed = framed(frame);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] content = new byte[Math.toIntExact(file.length())];
            file.readFully(content);
            int end = whole(content, new ArrayList<>());
            file.setLength(end);
            file.seek(end);
            file.write(framed);
            file.getFD().sync();
        }
    }

    void replace(List<byte[]> frames) throws IOException {
        Path next = path.resolveSibling("next.frames");
        Files.createDirectories(path.getParent());
        try (RandomAccessFile file = new RandomAccessFile(next.toFile(), "rw")) {
            file.setLength(0);
            for (byte[] frame : frames) {
                file.write(framed(frame));
            }
            file.getFD().sync();
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    }

    static byte[] framed(byte[] frame) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(frame.length);
        out.writeInt(checksum(frame));
        out.write(frame);
        return bytes.toByteArray();
    }

    /** Adds the whole frames; where they end. */
    private int whole(byte[] content, List<byte[]> frames) {
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.remaining() >= HEADER) {
            int length = in.getInt(in.position());
            if (length < 0 || length > in.remaining() - HEADER) {
                return in.position();
            }
            int expected = in.getInt(in.position() + 4);
            byte[] frame = new byte[length];
            in.position(in.position() + HEADER).get(frame);
            if (!trusts(frame, expected)) {
                throw new StoreException(ErrorCode.STORE_DAMAGED, "Cannot read " + path + ": the frame before byte " + in.position()
                        + " does not have its checksum", null);
            }
            frames.add(frame);
        }
        return in.position();
    }

    boolean trusts(byte[] frame, int expected) {
        return checksum(frame) == expected;
    }

    private static int checksum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame);
        return (int) crc.getValue();
    }
}
