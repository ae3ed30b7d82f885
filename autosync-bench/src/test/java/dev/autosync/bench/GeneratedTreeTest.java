package dev.autosync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedTreeTest {
    private final GeneratedTree tree = new GeneratedTree(1_000);

    @Test
    void isTheSameEverywhere() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        IntStream.range(0, 1_000).forEach(file -> digest.update(tree.content(file).getBytes(StandardCharsets.UTF_8)));

        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo("014eac53eb541f73acd21e1c9ce247384519825e6f2f4e49648f22e440e4c90a");
    }

    @Test
    void hasTheSizesOfSourceFiles() {
        int[] sizes = IntStream.range(0, 1_000).map(file -> tree.content(file).length()).sorted().toArray();

        assertThat(sizes[500]).isBetween(2_500, 3_500);
        assertThat(sizes[0]).isGreaterThanOrEqualTo(50);
        assertThat(sizes[999]).isBetween(20_000, 200_000);
        assertThat(tree.path(999)).isEqualTo("m00/pkg19/File049.java");
    }

    @Test
    void noTwoPatchesTouchTheSameFile() {
        ThreeFilePatches patches = new ThreeFilePatches(tree);

        assertThat(IntStream.range(0, 333).boxed()
                .flatMap(patch -> patches.diff(patch).lines().filter(line -> line.startsWith("--- "))))
                .hasSize(999).doesNotHaveDuplicates();
    }
}
