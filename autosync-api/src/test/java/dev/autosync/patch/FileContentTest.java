package dev.autosync.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileContentTest {
    @Test
    void isWhatItHoldsAndWhetherItMayBeExecuted() {
        FileContent content = FileContent.of("text");

        assertThat(content).isEqualTo(FileContent.of("text".getBytes())).hasSameHashCodeAs(FileContent.of("text"))
                .isNotEqualTo(FileContent.of("Text")).isNotEqualTo(content.executable(true));
        assertThat(content.executable(true).executable(false)).isEqualTo(content);
    }

    @Test
    void keepsTheRightToBeExecutedWhenItsBytesChange() {
        assertThat(FileContent.of("a").executable(true).bytes("b".getBytes())).isEqualTo(FileContent.of("b").executable(true));
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = {1, 2};
        FileContent content = FileContent.of(bytes);
        bytes[0] = 9;
        content.bytes()[1] = 9;

        assertThat(content.bytes()).containsExactly(1, 2);
        assertThat(content.size()).isEqualTo(2);
    }

    @Test
    void hasTheHashThatOthersComputeToo() {
        // FIPS 180-2, appendix B.1.
        assertThat(FileContent.of("abc").sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void saysHowLargeItIsAndNotWhatItHolds() {
        assertThat(FileContent.of("secret").executable(true)).hasToString("6 bytes, executable");
        assertThat(List.of(FileContent.of(""))).hasToString("[0 bytes]");
    }
}
