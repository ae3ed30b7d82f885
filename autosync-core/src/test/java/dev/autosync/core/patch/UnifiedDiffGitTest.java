package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.patch.FileContent;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both directions against git itself: it applies what we write, and we apply what it writes. */
class UnifiedDiffGitTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void gitIsThere() {
        boolean there;
        try {
            there = run(folder.resolve("version"), "git", "--version") == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeThat(there).as("git is on the PATH").isTrue();
    }

    @Test
    void gitAppliesWhatWeWrite() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            List<String> lines = DiffTexts.file(random, 60, true);
            FileContent before = DiffTexts.content(lines);
            FileContent after = DiffTexts.content(DiffTexts.edited(random, lines, true));
            Path work = Files.createDirectory(folder.resolve("w" + seed));
            Path file = work.resolve("a \u00e9.txt");
            Files.write(file, before.bytes());
            byte[] diff = DiffTexts.diff("a \u00e9.txt", before, after);
            if (diff.length == 0) {
                continue;
            }
            Path patch = Files.write(folder.resolve("p" + seed), diff);
            Path log = folder.resolve("log" + seed);
            assertThat(run(log, "git", "-C", work.toString(), "apply", "--whitespace=nowarn", patch.toString()))
                    .as(Files.readString(log)).isZero();
            assertThat(Files.readAllBytes(file)).isEqualTo(after.bytes());
        }
    }

    @Test
    void weApplyWhatGitWrites() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            List<String> lines = DiffTexts.file(random, 60, true);
            FileContent before = DiffTexts.content(lines);
            FileContent after = DiffTexts.content(DiffTexts.edited(random, lines, true));
            byte[] diff = gitDiff("" + seed, before, after, seed % 2 == 0 ? "-U3" : "-U0");
            MapTree tree = new MapTree().file("f", before.bytes());
            if (diff.length > 0) {
                PatchPlan plan = DiffTexts.plan(diff, tree);
                assertThat(plan.verdict()).as(plan.reason()).isEqualTo(PatchPlan.Verdict.EDITS);
                assertThat(tree.after(plan).read("f")).contains(after);
            }
        }
    }

    @Test
    void prefixesOfUnequalLengthGoAsGitLetsThemGo() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path log = folder.resolve("log");
        Files.createDirectory(work.resolve("d"));
        Files.writeString(work.resolve("d/a file"), "text\n".repeat(20));
        Files.writeString(work.resolve("d/moved"), "lines\n".repeat(20) + "end\n");
        Files.writeString(work.resolve("script"), "run\n");
        MapTree before = new MapTree().file("d/a file", "text\n".repeat(20)).file("d/moved", "lines\n".repeat(20) + "end\n").file("script", "run\n");
        assertThat(run(log, "git", "-C", work.toString(), "init", "-q")).isZero();
        assertThat(run(log, "git", "-C", work.toString(), "add", "-A")).isZero();
        Path tree = folder.resolve("tree");
        assertThat(run(tree, "git", "-C", work.toString(), "write-tree")).isZero();
        assertThat(work.resolve("script").toFile().setExecutable(true)).isTrue();
        Files.move(work.resolve("d/moved"), work.resolve("d/to here"));
        Files.writeString(work.resolve("d/to here"), "lines\n".repeat(20) + "another end\n");
        Files.delete(work.resolve("d/a file"));
        Files.createFile(work.resolve("d/an empty file"));
        assertThat(run(log, "git", "-C", work.toString(), "add", "-A")).isZero();
        for (List<String> prefixes : List.of(List.of("orig/", "new/"), List.of("old/", "new/"), List.of("x/", "a longer one/"))) {
            Path diff = folder.resolve("diff");
            assertThat(run(diff, "git", "-C", work.toString(), "diff", "--cached", "-M", "--no-ext-diff", "--no-color",
                    "--src-prefix=" + prefixes.get(0), "--dst-prefix=" + prefixes.get(1), Files.readString(tree).strip())).isZero();
            assertThat(run(log, "git", "-C", work.toString(), "apply", "--check", "-R", diff.toString())).as(Files.readString(log)).isZero();

            PatchPlan plan = DiffTexts.plan(Files.readAllBytes(diff), before);
            assertThat(plan.verdict()).as(plan.reason()).isEqualTo(PatchPlan.Verdict.EDITS);
            assertThat(before.after(plan).texts()).isEqualTo(Map.of("d/to here", "lines\n".repeat(20) + "another end\n", "d/an empty file", "",
                    "script*", "run\n"));
        }
    }

    @Test
    void weApplyTheBinaryContentThatGitWrites() throws IOException {
        byte[] up = new byte[256];
        byte[] down = new byte[256];
        for (int i = 0; i < 256; i++) {
            up[i] = (byte) i;
            down[i] = (byte) (255 - i);
        }
        byte[] diff = gitDiff("binary", FileContent.of(up), FileContent.of(down), "--binary");
        MapTree tree = new MapTree().file("f", up);
        PatchPlan plan = DiffTexts.plan(diff, tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(PatchPlan.Verdict.EDITS);
        assertThat(tree.after(plan).sha256("f")).isEqualTo("cd6816b77f68d70001fc3eaa4d42bdd67cb5973b3151cc5292ecc02a3daac6ab");
        assertThat(DiffTexts.plan(diff, tree.after(plan)).verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        assertThat(DiffTexts.plan(diff, new MapTree().file("f", "other")).verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    @Test
    void weApplyTheBinaryDeltaThatGitWrites() throws IOException {
        byte[] before = new byte[4000];
        new Random(1).nextBytes(before);
        byte[] after = before.clone();
        System.arraycopy(before, 2000, after, 100, 900);
        after[3000] = 0;
        byte[] diff = gitDiff("delta", FileContent.of(before), FileContent.of(after), "--binary");
        assertThat(new String(diff, StandardCharsets.ISO_8859_1)).contains("\ndelta ");
        MapTree tree = new MapTree().file("f", before);
        PatchPlan plan = DiffTexts.plan(diff, tree);
        assertThat(plan.verdict()).as(plan.reason()).isEqualTo(PatchPlan.Verdict.EDITS);
        assertThat(tree.after(plan).read("f")).contains(FileContent.of(after));
        assertThat(DiffTexts.plan(diff, tree.after(plan)).verdict()).isEqualTo(PatchPlan.Verdict.ALREADY_APPLIED);
        before[3999] ^= 1;
        assertThat(DiffTexts.plan(diff, new MapTree().file("f", before)).verdict()).isEqualTo(PatchPlan.Verdict.CONFLICT);
    }

    private byte[] gitDiff(String name, FileContent before, FileContent after, String option) throws IOException {
        Path repository = Files.createDirectory(folder.resolve("r" + name));
        Path log = folder.resolve("log-" + name);
        assertThat(run(log, "git", "-C", repository.toString(), "init", "-q")).isZero();
        Files.write(repository.resolve("f"), before.bytes());
        assertThat(run(log, "git", "-C", repository.toString(), "-c", "core.autocrlf=false", "add", "f")).isZero();
        Files.write(repository.resolve("f"), after.bytes());
        Path diff = folder.resolve("diff-" + name);
        assertThat(run(diff, "git", "-C", repository.toString(), "-c", "core.autocrlf=false", "diff", "--no-ext-diff", "--no-color",
                "--src-prefix=a/", "--dst-prefix=b/", option)).isZero();
        return Files.readAllBytes(diff);
    }

    private int run(Path output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GIT_CEILING_DIRECTORIES", folder.toString());
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("git did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
        return process.exitValue();
    }
}
