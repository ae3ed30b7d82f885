package dev.autosync.core.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.exec.CapturedOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutputBufferPropertyTest {

    @Property(tries = 500)
    void keepsTheBeginningAndTheEndHoweverTheBlocksFall(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> blocks,
            @ForAll @IntRange(max = 50) int headBytes, @ForAll @IntRange(min = 1, max = 50) int tailBytes) {
        OutputBuffer buffer = new OutputBuffer(headBytes, tailBytes);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] block : blocks) {
            buffer.append(block, block.length);
            whole.writeBytes(block);
        }
        byte[] all = whole.toByteArray();
        CapturedOutput captured = buffer.captured();

        assertThat(captured.totalBytes()).isEqualTo(all.length);
        assertThat(captured.head()).isEqualTo(Arrays.copyOf(all, Math.min(all.length, headBytes)));
        assertThat(captured.tail()).isEqualTo(Arrays.copyOfRange(all, Math.max(0, all.length - tailBytes), all.length));
    }

    @Property(tries = 300)
    void showsTheWholeTextWhenNothingIsMissing(@ForAll @IntRange(max = 30) int headBytes,
            @ForAll @IntRange(min = 1, max = 30) int tailBytes, @ForAll @IntRange(max = 20) int characters) {
        byte[] all = "ä€x😀".repeat(characters).getBytes(StandardCharsets.UTF_8);
        OutputBuffer buffer = new OutputBuffer(headBytes, tailBytes);
        buffer.append(all, all.length);
        String text = buffer.captured().text();

        if (all.length <= headBytes + tailBytes) {
            assertThat(text).isEqualTo(new String(all, StandardCharsets.UTF_8));
        } else {
            assertThat(text).contains("bytes left out]").doesNotContain("\uFFFD");
        }
    }

    @Example
    void saysHowMuchIsMissing() {
        OutputBuffer buffer = new OutputBuffer(2, 3);
        buffer.append("abcdefghij".getBytes(StandardCharsets.US_ASCII), 10);

        assertThat(buffer.captured().text()).isEqualTo("ab\n[5 bytes left out]\nhij");
        assertThat(buffer.captured().tailText()).isEqualTo("hij");
    }
}
