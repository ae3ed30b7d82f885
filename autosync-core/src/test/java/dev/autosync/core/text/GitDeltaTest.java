package dev.autosync.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GitDeltaTest {
    private static final byte[] BASE = "0123456789".getBytes(StandardCharsets.US_ASCII);

    @Test
    void copiesFromTheBaseAndAddsItsOwn() throws Exception {
        byte[] delta = {10, 9, (byte) 0x91, 2, 4, 3, 'a', 'b', 'c', (byte) 0x91, 8, 2};
        assertThat(GitDelta.apply(BASE, delta, 100)).asString().isEqualTo("2345abc89");
    }

    @Test
    void aCopyWithoutASizeIsOf65536Bytes() throws Exception {
        byte[] base = new byte[70_000];
        new Random(1).nextBytes(base);
        ByteArrayOutputStream delta = new ByteArrayOutputStream();
        delta.writeBytes(new byte[] {(byte) 0xf0, (byte) 0xa2, 4, (byte) 0x80, (byte) 0x80, 4, (byte) 0x81, 5});
        assertThat(GitDelta.apply(base, delta.toByteArray(), 70_000)).isEqualTo(Arrays.copyOfRange(base, 5, 5 + 65_536));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertMalformed(new byte[] {9, 1, 1, 'a'}, "for 9 bytes");
        assertMalformed(new byte[] {10, 101, 1, 'a'}, "more than 100");
        assertMalformed(new byte[] {10, 2, 1, 'a'}, "gives 1 bytes where it says 2");
        assertMalformed(new byte[] {10, 1, 0}, "reserved");
        assertMalformed(new byte[] {10, 4, (byte) 0x91, 8, 4}, "reaches beyond");
        assertMalformed(new byte[] {10, 1, 2, 'a'}, "reaches beyond");
        assertMalformed(new byte[] {10}, "reaches beyond");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xff);
        assertMalformed(endless, "more than eight");
    }

    private static void assertMalformed(byte[] delta, String why) {
        assertThatThrownBy(() -> GitDelta.apply(BASE, delta, 100)).isInstanceOf(GitDelta.MalformedException.class).hasMessageContaining(why);
    }

    @Property
    void isNeverMoreThanRefused(@ForAll byte[] delta) {
        byte[] begun = new byte[delta.length + 1];
        begun[0] = 10;
        System.arraycopy(delta, 0, begun, 1, delta.length);
        try {
            assertThat(GitDelta.apply(BASE, begun, 1000)).hasSizeLessThanOrEqualTo(1000);
        } catch (GitDelta.MalformedException e) {
            assertThat(e).hasMessageStartingWith("it ");
        }
    }
}
