package dev.autosync.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final List<String> LINES = List.of(
            "{\"v\":1,\"seq\":1,\"crc\":\"b7ac421a\",\"k\":\"a\"}",
            "{\"v\":1,\"seq\":2,\"crc\":\"bfc13589\",\"k\":\"b\"}",
            "{\"v\":1,\"seq\":3,\"crc\":\"44be3557\",\"k\":\"c\"}");

    @Test
    void acceptsTheReferenceLines() throws Exception {
        byte[] all = (String.join("\n", LINES) + "\n").getBytes(UTF_8);
        assertThat(all).hasSize(123);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all)))
                .isEqualTo("41a273309cdea52254dbc5a265cc6054e6277b02c14c353a771f9d979cb01d45");
        for (int i = 0; i < LINES.size(); i++) {
            assertThat(frame(LINES.get(i))).isEqualTo(new Frame(Frame.State.VALID, i + 1));
        }
    }

    @Test
    void sealsTheReferenceLines() {
        for (int i = 0; i < LINES.size(); i++) {
            byte[] line = (Frame.unsealed(i + 1) + LINES.get(i).substring(Frame.unsealed(i + 1).length())).getBytes(UTF_8);
            Frame.seal(line, line.length);
            assertThat(new String(line, UTF_8)).isEqualTo(LINES.get(i));
        }
    }

    @Test
    void noticesEveryFlippedBitOfALine() {
        byte[] line = LINES.get(1).getBytes(UTF_8);
        for (int bit = 0; bit < 8 * line.length; bit++) {
            byte[] flipped = line.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Frame.of(flipped, flipped.length).state()).as("bit %d", bit).isNotEqualTo(Frame.State.VALID);
        }
    }

    @Test
    void noticesEveryCutLine() {
        byte[] line = LINES.get(1).getBytes(UTF_8);
        for (int length = 0; length < line.length; length++) {
            assertThat(Frame.of(line, length).state()).as("%d bytes", length).isEqualTo(Frame.State.BROKEN);
        }
    }

    @Test
    void tellsANewerVersionFromABrokenLine() {
        assertThat(frame("{\"v\":2,\"anything\":true}").state()).isEqualTo(Frame.State.NEWER_VERSION);
        assertThat(frame("{\"v\":10,").state()).isEqualTo(Frame.State.NEWER_VERSION);
        assertThat(frame("{\"v\":1").state()).isEqualTo(Frame.State.BROKEN);
        assertThat(frame("{\"v\":\"2\"}").state()).isEqualTo(Frame.State.BROKEN);
        assertThat(frame("").state()).isEqualTo(Frame.State.BROKEN);
    }

    private static Frame frame(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return Frame.of(bytes, bytes.length);
    }
}
