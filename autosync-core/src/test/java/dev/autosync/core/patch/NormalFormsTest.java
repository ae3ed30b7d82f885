package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalFormsTest {
    private static final PatchChecksums CHECKSUMS = new PatchChecksums(new PatchFormats(PatchFormats.builtIn()));
    private static final String DIFF = "diff --git a/f b/f\nindex 1111111..2222222 100644\n--- a/f\n+++ b/f\n@@ -4,3 +4,3 @@\n a\n-b\n+c\n \n";

    private static String json(String content) {
        return CHECKSUMS.of(Patch.mergePatch("p", "f", content));
    }

    private static String diff(String content) {
        return CHECKSUMS.of(Patch.unifiedDiff("p", content));
    }

    @Test
    void sayHowTheyWereWorkedOut() {
        assertThat(json("{}")).matches("v1:sha256:[0-9a-f]{64}");
        assertThat(CHECKSUMS.of(Patch.builder("p", "nobody-knows").build())).startsWith("v0:sha256:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1,\"b\":[1,2]}      | { \"b\" : [1, 2],  \"a\":1 }",
        "{\"a\":100}                | {\"a\":1e2}",
        "{\"a\":0.10}               | {\"a\":1e-1}",
        "{\"a\":-0.0}               | {\"a\":0}",
        "{\"a\":\"\\u00e9\"}        | {\"a\":\"\u00e9\"}",
        "{\"a\":1E400}              | {\"a\":10e399}",
    })
    void areTheSameForJsonThatIsOnlyLaidOutOtherwise(String one, String other) {
        assertThat(json(one)).isEqualTo(json(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":[1,2]}                | {\"a\":[2,1]}",
        "{\"a\":\"1\"}                | {\"a\":1}",
        "{\"a\":9007199254740993}     | {\"a\":9007199254740992}",
        "{\"a\":1e999999999999999999} | {\"a\":1e999999999999999998}",
        "{\"a\":1,\"a\":2}            | {\"a\":2}",
        "{\"a\":null}                 | {}",
        "{\"a\":\"e\u0301\"}          | {\"a\":\"\u00e9\"}",
    })
    void differForJsonThatSaysSomethingElse(String one, String other) {
        assertThat(json(one)).isNotEqualTo(json(other));
    }

    @Test
    void areTheSameForADiffThatIsOnlyWrappedOtherwise() {
        assertThat(List.of(
                DIFF.replace("index 1111111..2222222 100644\n", ""),
                DIFF.replace("--- a/f\n+++ b/f\n", "--- a/f\t2026-01-01 00:00:00\n+++ b/f\t2026-01-02 00:00:00\n"),
                DIFF.replace("@@ -4,3 +4,3 @@", "@@ -4,3 +4,3 @@ void f() {"),
                DIFF.replace("\n", "\r\n"),
                DIFF.replace("\n \n", "\n\n"),
                "\ufeff" + DIFF,
                "From 1234 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH] x\n\n---\n f | 2 +-\n\n" + DIFF + "-- \n2.39.5\n"))
                .allSatisfy(other -> assertThat(diff(other)).as(other).isEqualTo(diff(DIFF)));
    }

    @Test
    void differForADiffThatDoesSomethingElse() {
        assertThat(List.of(
                DIFF.replace("+c", "+d"),
                DIFF.replace("@@ -4,3 +4,3 @@", "@@ -5,3 +5,3 @@"),
                DIFF.replace("/f", "/g"),
                DIFF.replace("index", "old mode 100644\nnew mode 100755\nindex"),
                DIFF + "\\ No newline at end of file\n"))
                .allSatisfy(other -> assertThat(diff(other)).as(other).isNotEqualTo(diff(DIFF)));
        // One takes carriage returns out, the other puts them in.
        String out = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\r\n+a\n";
        String in = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+a\r\n";
        assertThat(diff(out)).isNotEqualTo(diff(in));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@@", "@@ -", "@@ -1 @@\n", "@@ -9999999999999999999,1 +1 @@\n", "GIT binary patch", "--- ", "{\"a\"", "\ufeff", "\r\n\r\n"})
    void existWhateverTheContentIs(String content) {
        assertThat(diff(content)).startsWith("v1:");
        assertThat(json(content)).startsWith("v1:");
        assertThat(NormalForms.text(content.getBytes(StandardCharsets.UTF_8))).endsWith('\n');
    }

    @Test
    void tellTargetsAndOptionsApart() {
        assertThat(CHECKSUMS.of(Patch.write("p", "a", new byte[0]))).isNotEqualTo(CHECKSUMS.of(Patch.write("p", "b", new byte[0])));
        assertThat(CHECKSUMS.of(Patch.builder("p", "unified-diff").option("a", "bc").build()))
                .isNotEqualTo(CHECKSUMS.of(Patch.builder("p", "unified-diff").option("ab", "c").build()));
    }

    @Test
    void findTwinsInABatchButNotPatchesThatNeedEachOther() {
        Patch first = Patch.write("first", "f", new byte[] {1});
        Patch same = Patch.write("same", "f", new byte[] {1});
        Patch other = Patch.builder("other", "write-file").target("f").content(new byte[] {2}).needs("first").build();
        Patch back = Patch.builder("back", "write-file").target("f").content(new byte[] {1}).needs("other").build();
        assertThat(CHECKSUMS.twins(List.of(first, same, other, back))).isEqualTo(Map.of("same", "first"));
    }
}
