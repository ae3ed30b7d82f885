package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LongSummaryStatistics;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReferenceTreeTest {
    @Test
    void isTheOneThatPythonMakes() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        LongSummaryStatistics sizes = new LongSummaryStatistics();
        AtomicReference<String> last = new AtomicReference<>("");
        ReferenceTree.forEach((path, content) -> {
            digest.update(content);
            sizes.accept(content.length);
            assertThat(path).isGreaterThan(last.getAndSet(path));
        });

        assertThat(sizes).hasToString("LongSummaryStatistics{count=20000, sum=95762371, min=50, average=4788.118550, max=176733}");
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo("65ef7e94bca04d99d398f734fcc5b40bd7c6e3d3ec6b2038a1d9930b75054b8e");
        assertThat(last).hasValue("m19/pkg19/File049.java");
    }
}
