package dev.autosync.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameTest {
    private static final byte[] TWO = join(Frame.of(Frame.Type.BEGIN, "t", "boot").encode(), Frame.of(Frame.Type.PREPARED, "t").encode());

    @Test
    void writesTheBytesOfTheFormat() {
        assertThat(HexFormat.of().formatHex(Frame.of(Frame.Type.BEGIN, "").encode())).isEqualTo("4153573101000000047d63199900000000");
        assertThat(HexFormat.of().formatHex(Frame.of(Frame.Type.PREPARED, "").encode())).isEqualTo("4153573103000000040d41c6c100000000");
        assertThat(HexFormat.of().formatHex(Frame.of(Frame.Type.COMMIT, "").encode())).isEqualTo("415357310400000004a537c88500000000");
        assertThat(HexFormat.of().formatHex(Frame.of(Frame.Type.ABORT, "").encode())).isEqualTo("4153573105000000049d26a72900000000");
        assertThat(HexFormat.of().formatHex(Frame.of(Frame.Type.FILE, "f0", "a", "bc").encode()))
                .isEqualTo("41535731020000001100ee27440000000266300000000161000000026263");
    }

    @Test
    void takesEveryCutForTheEndOfTheJournal() {
        int first = Frame.of(Frame.Type.BEGIN, "t", "boot").encode().length;
        for (int length = 0; length <= TWO.length; length++) {
            Frame.Scan scan = Frame.scan(Arrays.copyOf(TWO, length));
            assertThat(scan.damaged()).isFalse();
            assertThat(scan.frames()).hasSize(length < first ? 0 : length < TWO.length ? 1 : 2);
        }
    }

    @Test
    void findsEveryFlippedBitOfARecordThatIsFollowedByAnother() {
        int first = Frame.of(Frame.Type.BEGIN, "t", "boot").encode().length;
        for (int at = 0; at < first; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = TWO.clone();
                bytes[at] ^= (byte) (1 << bit);
                assertThat(Frame.scan(bytes).damaged()).as("byte %d bit %d", at, bit).isTrue();
            }
        }
    }

    @Test
    void takesTheRecordsOfAFileThatWasCutForNoneOfItsOwn() {
        byte[] begin = Frame.of(Frame.Type.BEGIN, "t", "boot").encode();
        byte[] other = join(join(Frame.of(Frame.Type.BEGIN, "other", "boot").encode(), Frame.of(Frame.Type.FILE, "f0", "a", "bc").encode()),
                join(Frame.of(Frame.Type.PREPARED, "other").encode(), Frame.of(Frame.Type.ABORT, "other").encode()));
        byte[] file = new Frame(Frame.Type.FILE, List.of("f".getBytes(StandardCharsets.UTF_8), new byte[1], join(other, new byte[50]))).encode();
        byte[] whole = join(join(begin, file), Frame.of(Frame.Type.PREPARED, "t").encode());
        for (int length = begin.length; length <= whole.length; length++) {
            assertThat(Frame.scan(Arrays.copyOf(whole, length)).damaged()).as("cut to %d bytes", length).isFalse();
        }
        for (int at = begin.length; at < begin.length + file.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 1;
            assertThat(Frame.scan(bytes).damaged()).as("byte %d", at).isTrue();
        }
    }

    @Test
    void findsDamageOfWhatWasPreparedBeforeItsCommit() {
        byte[] bytes = join(TWO, Frame.of(Frame.Type.COMMIT, "payload").encode());
        for (int at = 0; at < TWO.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            assertThat(Frame.scan(flipped).damaged()).as("byte %d", at).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void readsAFileOfNothingButBeginningsInTimeThatIsBounded() {
        ByteBuffer beginnings = ByteBuffer.allocate(20 << 20);
        while (beginnings.remaining() >= 13) {
            beginnings.putInt(0x41535731).put((byte) 2).putInt(Math.max(0, beginnings.remaining() - 200)).putInt(1);
        }
        byte[] file = new Frame(Frame.Type.FILE, List.of("f".getBytes(StandardCharsets.UTF_8), new byte[1], beginnings.array())).encode();
        byte[] cut = Arrays.copyOf(join(TWO, file), TWO.length + file.length - 100);
        assertThat(Frame.scan(cut).damaged()).as("nobody can tell").isTrue();
    }

    @Test
    void readsBackWhatItWrote() {
        List<Frame> frames = Frame.scan(TWO).frames();
        assertThat(frames.get(0).text(0)).isEqualTo("t");
        assertThat(frames.get(0).text(1)).isEqualTo("boot");
        assertThat(frames.get(1).parts().get(0)).isEqualTo("t".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
