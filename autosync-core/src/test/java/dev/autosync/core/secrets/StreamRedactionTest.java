package dev.autosync.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StreamRedactionTest {
    private static final StreamRedaction.Secrets ONE = new StreamRedaction.Secrets(List.of("abcabcabd-x"));

    private static String through(StreamRedaction.Secrets secrets, byte[] all, int... cuts) {
        StreamRedaction stream = secrets.stream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int cut : cuts) {
            byte[] piece = Arrays.copyOfRange(all, from, cut);
            out.writeBytes(stream.next(piece, piece.length));
            from = cut;
        }
        byte[] rest = Arrays.copyOfRange(all, from, all.length);
        out.writeBytes(stream.next(rest, rest.length));
        out.writeBytes(stream.end());
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void coversASecretWhereverAStreamIsCut() {
        byte[] text = bytes("1 abcabcabcabd-x 2abcabcabd-xabcabcabd-x 3 abcabcabd-");
        for (int cut = 0; cut <= text.length; cut++) {
            assertThat(through(ONE, text, cut)).isEqualTo("1 abc*** 2****** 3 abcabcabd-");
        }
    }

    @Test
    void coversWhatIsEncoded() {
        String encoded = Base64.getEncoder().encodeToString(bytes("abcabcabd-x"));
        assertThat(through(ONE, bytes("x" + encoded + "y"))).startsWith("x").doesNotContain(encoded).contains("***");
        assertThat(through(new StreamRedaction.Secrets(List.of("schlüssel-ä")), bytes("<schlüssel-ä>"), 6)).isEqualTo("<***>");
        assertThat(through(ONE, "abcabcabd-x".getBytes(StandardCharsets.UTF_16LE))).isEqualTo("***");
    }

    @Test
    void givesBytesThatAreNoTextAsTheyAre() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(through(ONE, all, 100).getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(all);
    }

    /** Secrets over two letters overlap each other and themselves as often as can be. */
    @Property(tries = 2000)
    void leavesNoSecretAndChangesNothingElse(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int length) {
        Random random = new Random(seed);
        List<String> secrets = List.of(letters(random, 8) + "ab", letters(random, 9) + "ba");
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(3) == 0 ? secrets.get(random.nextInt(2)) : letters(random, random.nextInt(6)));
        }
        byte[] all = bytes(text.toString());
        int cut = random.nextInt(all.length + 1);
        String clean = through(new StreamRedaction.Secrets(secrets), all, cut);

        assertThat(clean).doesNotContain(secrets);
        String[] innocent = clean.split("\\*\\*\\*", -1);
        assertThat(text).startsWith(innocent[0]).endsWith(innocent[innocent.length - 1]);
        if (secrets.stream().noneMatch(text.toString()::contains)) {
            assertThat(clean).isEqualTo(text.toString());
        }
        assertThat(clean).isEqualTo(through(new StreamRedaction.Secrets(secrets), all));
    }

    private static String letters(Random random, int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(2)));
        }
        return letters.toString();
    }
}
