package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.io.RealFiles;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.FileTree;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchFilesTest {
    private static final String DIFF = "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n";
    private static final String SINGLE = "{\"version\": 1, \"id\": \"%s\", \"format\": \"delete-file\", \"target\": \"f\"%s}";

    @TempDir
    Path folder;

    /** Knows its patches by the end of a file's name. */
    private static final class Touch implements PatchFormat {
        @Override
        public String name() {
            return "touch";
        }

        @Override
        public Set<String> extensions() {
            return Set.of("touch");
        }

        @Override
        public PatchPlan plan(Patch patch, FileTree tree, PatchLimits limits) {
            return PatchPlan.edits(List.of(FileEdit.create(patch.text().strip(), FileContent.of(""))), "");
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<Patch> read(PatchLimits limits) {
        List<PatchFormat> formats = new ArrayList<>(PatchFormats.builtIn());
        formats.add(new Touch());
        return new PatchFiles(new RealFiles(), new PatchFormats(formats), limits).read(folder, "patches");
    }

    private List<Patch> read() {
        return read(PatchLimits.ofDefaults());
    }

    private void assertRefused(PatchLimits limits, ErrorCode code, String... words) {
        assertThatThrownBy(() -> read(limits)).isInstanceOfSatisfying(AutoSyncException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.location()).isPresent();
            assertThat(e).hasMessageContainingAll(words);
        });
    }

    @Test
    void takesTheFilesOfAFolderInTheOrderOfTheirNames() throws IOException {
        write("0002-second.patch", DIFF);
        write("0001-first.diff", DIFF);
        write("0003.json", SINGLE.formatted("third", ""));
        write("0004 caf\u00e9 (copy).PATCH", DIFF);
        write("0005.touch", "made\n");
        write("README.md", "not a patch");
        assertThat(read()).extracting(Patch::id).containsExactly("0001-first", "0002-second", "third", "0004-caf\u00e9--copy-", "0005");
        assertThat(read()).extracting(Patch::format).containsExactly("unified-diff", "unified-diff", "delete-file", "unified-diff", "touch");
        assertThat(PatchBatch.read(folder).patches()).extracting(Patch::id).containsExactly("0001-first", "0002-second", "third", "0004-caf\u00e9--copy-");
        assertThat(PatchBatch.read(folder.resolve("0001-first.diff")).patches()).extracting(Patch::text).containsExactly(DIFF);
    }

    @Test
    void readsAuthorAndSubjectAsGitWritesThem() throws IOException {
        write("a.patch", """
                From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
                From: =?UTF-8?q?J=C3=BCrgen_M?= =?UTF-8?B?w7xsbGVy?= <j@example.org>
                Date: Thu, 1 Jan 2026 00:00:00 +0000
                Subject: [PATCH v2 3/7] Fix a subject that is so long that it goes on on the
                 next line
                MIME-Version: 1.0

                From: somebody else <not@example.org>
                ---
                """ + DIFF);
        write("b.diff", DIFF);
        write("c.patch", "From: \u001b[31mred\r\nSubject: =?nope?q?x?= =?UTF-8?q?broken\r\n\r\n" + DIFF);
        List<Patch> patches = read();
        assertThat(patches.get(0).author()).isEqualTo("J\u00fcrgen M\u00fcller <j@example.org>");
        assertThat(patches.get(0).description()).isEqualTo("Fix a subject that is so long that it goes on on the next line");
        assertThat(patches.get(1).author() + patches.get(1).description()).isEmpty();
        assertThat(patches.get(2).author()).isEqualTo("\\u001b[31mred");
        assertThat(patches.get(2).description()).isEqualTo("=?nope?q?x?= =?UTF-8?q?broken");
    }

    @Test
    void refusesAFolderOfAnotherFileSystem() throws IOException {
        URI zip = URI.create("jar:" + folder.resolve("patches.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.writeString(files.getPath("/a.patch"), DIFF);
            assertThatThrownBy(() -> PatchBatch.read(files.getPath("/"))).isInstanceOfSatisfying(AutoSyncException.class,
                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_UNREADABLE));
        }
    }

    @Test
    void looksForNoMoreThanOneCharsetThatIsNotThere() throws IOException {
        StringBuilder words = new StringBuilder();
        for (int i = 0; words.length() < 60_000; i++) {
            words.append("=?no").append(i).append("?q?x?=");
        }
        write("a.patch", "Subject: " + words + "\n\n" + DIFF);
        long begun = System.nanoTime();
        assertThat(read().get(0).description()).startsWith("=?no0?q?x?==?no1?q?x?=");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void readsWhatAJsonFileSays() throws IOException {
        String hash = "0".repeat(64);
        write("a.json", SINGLE.formatted("a", ", \"author\": \"A\", \"options\": {\"fuzz\": 2, \"near\": true, \"to\": \"x\"}, \"expects\": {\"f\": \"" + hash
                + "\", \"g\": null}, \"emptyFolders\": [\"d\", \"d/e\"]"));
        Patch patch = read().get(0);
        assertThat(patch.author()).isEqualTo("A");
        assertThat(patch.options()).isEqualTo(Map.of("fuzz", "2", "near", "true", "to", "x"));
        assertThat(patch.expects()).isEqualTo(Map.of("f", Optional.of(hash), "g", Optional.empty()));
        assertThat(patch.emptyFolders()).containsExactly("d", "d/e");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"author\": 1                  | /author",
        "\"options\": []                | /options",
        "\"options\": {\"a\": null}     | /options/a",
        "\"options\": {\"a\": {}}       | /options/a",
        "\"expects\": {\"f\": \"12\"}   | /expects/f",
        "\"expects\": \"f\"             | /expects",
        "\"emptyFolders\": \"f\"        | /emptyFolders",
    })
    void saysWhatIsWrongInAJsonFile(String members, String pointer) throws IOException {
        write("a.json", SINGLE.formatted("a", ", " + members));
        assertThatThrownBy(this::read).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.location().orElseThrow().pointer()).contains(pointer));
    }

    @Test
    void wantsIdsThatAreUniqueOverAllFiles() throws IOException {
        write("a.json", SINGLE.formatted("b", ""));
        write("b.patch", DIFF);
        assertRefused(PatchLimits.ofDefaults(), ErrorCode.BATCH_INVALID, "patches/b.patch", "'b'", "patches/a.json");
    }

    @Test
    void readsNoMoreThanIsAllowed() throws IOException {
        write("a.patch", DIFF);
        write("b.patch", DIFF);
        assertThat(read(PatchLimits.builder().maxPatches(2).maxBatchBytes(2L * DIFF.length()).maxPatchBytes(DIFF.length()).build())).hasSize(2);
        assertRefused(PatchLimits.builder().maxPatches(1).build(), ErrorCode.PATCH_LIMIT, "patches/b.patch", "more than 1");
        assertRefused(PatchLimits.builder().maxBatchBytes(2L * DIFF.length() - 1).build(), ErrorCode.PATCH_LIMIT, "patches/b.patch", "maxBatchBytes");
        assertRefused(PatchLimits.builder().maxPatchBytes(DIFF.length() - 1).build(), ErrorCode.PATCH_LIMIT, "patches/a.patch");
    }
}
