package dev.autosync.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UntrustedTest {

    @Test
    void plainTextStaysAsItIs() {
        assertThat(Untrusted.line("src/A.java: caf\u00e9 \ud83d\ude00 C:\\tmp", 120)).isEqualTo("src/A.java: caf\u00e9 \ud83d\ude00 C:\\tmp");
    }

    @Test
    void controlCharactersBecomeEscapes() {
        assertThat(Untrusted.line("a\u001b[31mb\nc\rd\te\0f\u007fg\u0085h\u2028i", 120))
                .isEqualTo("a\\u001b[31mb\\nc\\rd\\te\\u0000f\\u007fg\\u0085h\\u2028i");
    }

    @Test
    void bidirectionalAndInvisibleCharactersBecomeEscapes() {
        assertThat(Untrusted.line("a\u202eb\u2066c\u061cd\ufeffe\u200bf", 120)).isEqualTo("a\\u202eb\\u2066c\\u061cd\\ufeffe\\u200bf");
        assertThat(Untrusted.line("tag " + Character.toString(0xE0041), 120)).isEqualTo("tag \\udb40\\udc41");
        assertThat(Untrusted.line("x\ud800y", 120)).isEqualTo("x\\ud800y");
    }

    @Test
    void joinersStay() {
        assertThat(Untrusted.line("\u0646\u200c\u0647\u200d", 120)).isEqualTo("\u0646\u200c\u0647\u200d");
    }

    @Test
    void aLongLineKeepsItsBeginning() {
        assertThat(Untrusted.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Untrusted.line("abcdefg", 6)).isEqualTo("abcde\u2026");
        assertThat(Untrusted.line("abc\u001b", 6)).isEqualTo("abc\u2026");
        assertThat(Untrusted.line("ab", 1)).isEqualTo("\u2026");
    }

    @Test
    void aLongBlockKeepsItsEndAndItsLines() {
        assertThat(Untrusted.block("one\n\ttwo\u001b", 120)).isEqualTo("one\n\ttwo\\u001b");
        assertThat(Untrusted.block("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Untrusted.block("abcdefg", 6)).isEqualTo("\u2026cdefg");
        assertThat(Untrusted.block("\u001bdef", 6)).isEqualTo("\u2026def");
        assertThat(Untrusted.block("a\r\nb", 120)).isEqualTo("a\\r\nb");
    }

    @Test
    void thereMustBeRoomForOneCharacter() {
        assertThatThrownBy(() -> Untrusted.line("a", 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("maxChars");
        assertThatThrownBy(() -> Untrusted.block("a", 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("maxChars");
    }

    @Property(tries = 300)
    void nothingIsLongerThanAllowedOrHoldsAControlCharacter(@ForAll @StringLength(max = 80) String text, @ForAll @IntRange(min = 1, max = 60) int max) {
        String line = Untrusted.line(text, max);
        String block = Untrusted.block(text, max);
        assertThat(line.length()).isLessThanOrEqualTo(max);
        assertThat(block.length()).isLessThanOrEqualTo(max);
        assertThat(line.codePoints()).noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        assertThat(block.codePoints()).noneMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c));
    }
}
