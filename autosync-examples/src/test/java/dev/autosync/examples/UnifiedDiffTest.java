package dev.autosync.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    @Test
    void showsThreeLinesAroundAChange() {
        String before = lines(1, 9);

        assertThat(diff(before, before.replace("5\n", "five\n"))).isEqualTo("""
                --- a/x
                +++ b/x
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                """);
    }

    @Test
    void joinsChangesWhoseContextsTouch() {
        String before = lines(1, 30);

        assertThat(diff(before, before.replace("10\n", "").replace("17\n", "")).lines().filter(l -> l.startsWith("@@")))
                .containsExactly("@@ -7,14 +7,12 @@");
        assertThat(diff(before, before.replace("10\n", "").replace("18\n", "")).lines().filter(l -> l.startsWith("@@")))
                .containsExactly("@@ -7,7 +7,6 @@", "@@ -15,7 +14,6 @@");
    }

    @Test
    void tellsFilesThatAreNewOrGone() {
        assertThat(diff(null, "a\n")).isEqualTo("--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n");
        assertThat(diff("a\n", null)).isEqualTo("--- a/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n");
    }

    @Test
    void tellsALastLineWithoutEnd() {
        assertThat(diff("a\nb", "a\nb\n")).endsWith(" a\n-b\n\\ No newline at end of file\n+b\n");
    }

    private static String diff(@Nullable String before, @Nullable String after) {
        return UnifiedDiff.of(List.of(new FileChange("x", before, after)));
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }
}
