package dev.autosync.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects as git writes them, and as somebody would write them who means harm. */
class BlobReaderTest {
    private static final BlobReader.Bases NO_BASES = id -> -1;
    private static final int BLOB = 3;
    private static final int TREE = 2;
    private static final int BY_DISTANCE = 6;
    private static final int BY_ID = 7;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream pack = new ByteArrayOutputStream();
    private final Random random = new Random(3);

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    /** Appends an entry of a pack, which says that it has so many bytes. Says where it begins. */
    private long add(int type, long length, byte[] base, byte[] deflated) {
        long at = pack.size();
        long left = length >>> 4;
        pack.write((int) (type << 4 | length & 15 | (left > 0 ? 0x80 : 0)));
        while (left > 0) {
            pack.write((int) (left & 0x7f | (left > 0x7f ? 0x80 : 0)));
            left >>>= 7;
        }
        pack.writeBytes(base);
        pack.writeBytes(deflated);
        return at;
    }

    private byte[] read(long at, BlobReader.Bases bases, long size) throws IOException {
        Path file = folder.resolve("pack");
        Files.write(file, pack.toByteArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileChannel channel = FileChannel.open(file); BlobReader reader = new BlobReader()) {
            reader.packed(channel, at, bases, size, out::write);
        }
        return out.toByteArray();
    }

    /** Replaces bytes by "!" and five bytes of the base. */
    private static byte[] delta(int baseLength) {
        return new byte[] {(byte) baseLength, 6, 1, '!', (byte) 0x90, 5};
    }

    @Test
    void readsABlobAndDeltasOfIt() throws IOException {
        byte[] text = "hello world".getBytes(StandardCharsets.US_ASCII);
        pack.write(new byte[12]);
        long blob = add(BLOB, 11, new byte[0], deflate(text));
        long near = add(BY_DISTANCE, 6, new byte[] {(byte) (pack.size() - blob)}, deflate(delta(11)));
        BlobId id = BlobId.of(text, 11);
        long named = add(BY_ID, 6, id.bytes(), deflate(delta(11)));

        assertThat(read(blob, NO_BASES, 11)).isEqualTo(text);
        assertThat(read(near, NO_BASES, 6)).isEqualTo("!hello".getBytes(StandardCharsets.US_ASCII));
        List<BlobId> asked = new ArrayList<>();
        assertThat(read(named, base -> {
            asked.add(base);
            return blob;
        }, 6)).isEqualTo("!hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked).containsExactly(id);
        assertThat(id.hex()).isEqualTo("95d09f2b10159347eece71399a7e2e907ea3df4f");
    }

    @Test
    void refusesWhatIsNotWhatItSays() {
        byte[] text = "hello world".getBytes(StandardCharsets.US_ASCII);
        byte[] deflated = deflate(text);
        pack.writeBytes(new byte[12]);
        long tooLong = add(BLOB, 12, new byte[0], deflated);
        long tooShort = add(BLOB, 10, new byte[0], deflated);
        long tree = add(TREE, 11, new byte[0], deflated);
        long ofItself = add(BY_ID, 6, new byte[20], deflate(delta(11)));
        long ofNothing = add(BY_DISTANCE, 6, new byte[] {0}, deflate(delta(11)));
        long before = add(BY_DISTANCE, 6, new byte[] {(byte) 0xff, (byte) 0xff, 0x7f}, deflate(delta(11)));
        long far = add(BY_DISTANCE, 6, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, deflate(delta(11)));
        long endless = add(BLOB, 11, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, deflated);
        long huge = add(BY_DISTANCE, 1L << 40, new byte[] {1}, deflate(delta(11)));

        assertThatThrownBy(() -> read(tooLong, NO_BASES, 12)).isInstanceOf(IOException.class).hasMessageContaining("fewer than 12");
        assertThatThrownBy(() -> read(tooShort, NO_BASES, 10)).isInstanceOf(IOException.class).hasMessageContaining("something else than 10");
        assertThatThrownBy(() -> read(tooLong, NO_BASES, 11)).isInstanceOf(IOException.class).hasMessageContaining("a blob of 12 bytes, not of 11");
        assertThatThrownBy(() -> read(tree, NO_BASES, 11)).isInstanceOf(IOException.class).hasMessageContaining("no blob");
        assertThatThrownBy(() -> read(ofItself, id -> ofItself, 6)).isInstanceOf(IOException.class).hasMessageContaining("too many deltas");
        assertThatThrownBy(() -> read(ofItself, NO_BASES, 6)).isInstanceOf(IOException.class).hasMessageContaining("byte -1");
        assertThatThrownBy(() -> read(ofNothing, NO_BASES, 6)).isInstanceOf(IOException.class).hasMessageContaining("its own base");
        assertThatThrownBy(() -> read(before, NO_BASES, 6)).isInstanceOf(IOException.class).hasMessageContaining("nothing is at byte -");
        assertThatThrownBy(() -> read(far, NO_BASES, 6)).isInstanceOf(IOException.class).hasMessageContaining("too far away");
        assertThatThrownBy(() -> read(endless, NO_BASES, 11)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(huge, NO_BASES, 6)).isInstanceOf(IOException.class).hasMessageContaining("1099511627776 bytes, more than");
        assertThatThrownBy(() -> read(pack.size() + 9L, NO_BASES, 6)).isInstanceOf(IOException.class);
    }

    @Test
    void givesUpOnAStreamThatNeverGivesAByte() {
        ByteBuffer blocks = ByteBuffer.allocate(500_002).put((byte) 0x78).put((byte) 0x01);
        while (blocks.hasRemaining()) {
            // A block that holds nothing and is not the last.
            blocks.put((byte) 0).putShort((short) 0).putShort((short) 0xffff);
        }
        pack.writeBytes(new byte[12]);
        long at = add(BLOB, 11, new byte[0], blocks.array());
        assertThatThrownBy(() -> read(at, NO_BASES, 11)).isInstanceOf(IOException.class).hasMessageContaining("something else than 11 bytes");
    }

    @Test
    void givesUpOnASmallBlobThatIsMadeFromManyLargeOnes() throws IOException {
        int large = 1 << 20;
        pack.writeBytes(new byte[12]);
        long before = add(BLOB, large, new byte[0], deflate(new byte[large]));
        // All of a mebibyte, again and again.
        byte[] all = {(byte) 0x80, (byte) 0x80, 0x40, (byte) 0x80, (byte) 0x80, 0x40, (byte) 0xc0, 0x10};
        byte[] some = {(byte) 0x80, (byte) 0x80, 0x40, 100, (byte) 0x90, 100};
        List<Long> steps = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            long at = add(BY_DISTANCE, all.length, distance(pack.size() - before), deflate(all));
            steps.add(at);
            before = at;
        }
        long far = add(BY_DISTANCE, some.length, distance(pack.size() - before), deflate(some));
        long near = add(BY_DISTANCE, some.length, distance(pack.size() - steps.get(2)), deflate(some));

        assertThat(read(near, NO_BASES, 100)).isEqualTo(new byte[100]);
        assertThatThrownBy(() -> read(far, NO_BASES, 100)).isInstanceOf(IOException.class).hasMessageContaining("bytes would have to be made");
    }

    private static byte[] distance(long distance) {
        return distance < 128 ? new byte[] {(byte) distance} : distance < 16_512
                ? new byte[] {(byte) (0x80 | (distance - 128 >> 7)), (byte) (distance & 0x7f)}
                : new byte[] {(byte) (0x80 | (distance - 16_512 >> 14)), (byte) (0x80 | (distance - 16_512 >> 7 & 0x7f)), (byte) (distance & 0x7f)};
    }

    @Test
    void neverEndsOtherwiseThanWithTheBytesOrAnIoException() throws IOException {
        byte[] text = new byte[300];
        random.nextBytes(text);
        pack.write(new byte[12]);
        long blob = add(BLOB, 300, new byte[0], deflate(text));
        byte[] delta = {(byte) 0xac, 2, 6, 1, '!', (byte) 0x90, 5};
        long near = add(BY_DISTANCE, delta.length, new byte[] {(byte) (0x80 | (pack.size() - blob >> 7) - 1), (byte) (pack.size() - blob & 0x7f)},
                deflate(delta));
        byte[] good = pack.toByteArray();
        assertThat(read(near, NO_BASES, 6)).isEqualTo(new byte[] {'!', text[0], text[1], text[2], text[3], text[4]});
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bad[12 + random.nextInt(bad.length - 12)] ^= (byte) (1 << random.nextInt(8));
            }
            pack.reset();
            pack.write(bad, 0, round % 4 == 0 ? 12 + random.nextInt(bad.length - 12) : bad.length);
            try {
                assertThat(read(near, id -> random.nextInt(400) - 20, 6)).hasSize(6);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(250, 500);
    }
}
