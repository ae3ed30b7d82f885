package dev.autosync.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.core.io.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What patterns leave out, beside what git says. */
class IgnoreRulesTest {
    private static final List<String> NAMES = List.of("a", "b", "ab", "abc", "foo", "bar", "a.o", "b.o", "foo.o", ".x", "x y", "#a", "!b", "a]", "[a", "a-b",
            "B", "7", "\u00fc", "a*b", "foobar");
    private static final List<String> PIECES = List.of("a", "b", "c", "foo", "bar", "o", ".o", "x", "*", "*", "*", "**", "?", "[ab]", "[!a]", "[^b]",
            "[a-c]", "[[:alpha:]]", "[[:upper:][:digit:]]", "[[:nope:]]", "[]a]", "[!]a]", "[a", "[a-]", "[\\]a]", "[--a]", "[b-a]", "\\*", "\\a", "\\#",
            " ", "\\ ", "#", "!", "\u00fc", "[\u00fc]", "]", "-");

    @TempDir
    Path root;

    @Test
    void leavesOutWhatGitLeavesOutWhateverThePatterns() throws Exception {
        git("init", "--quiet");
        Random random = new Random(5);
        Files.createDirectories(root.resolve(".git/info"));
        Files.writeString(root.resolve(".git/info/exclude"), "*.x\n!7\nfoo/bar\n");
        for (int i = 0; i < 90; i++) {
            grow(root.resolve("t" + i), random, 0);
        }

        List<String> ours = scan();
        assertThat(ours).hasSizeGreaterThan(400).isEqualTo(List.copyOf(filesOfGit()));
        assertThat(ours.size()).as("the patterns leave out something").isLessThan((int) allFiles() * 9 / 10);
        assertThat(new TreeScanner(Workspace.at(root), List.of(), false, Clock.systemUTC()).scan(null).summary().files())
                .as("without the rules they are all there").isEqualTo((int) allFiles());
    }

    private void grow(Path folder, Random random, int depth) throws IOException {
        Files.createDirectories(folder);
        if (depth == 0 || random.nextInt(4) == 0) {
            StringBuilder patterns = new StringBuilder();
            for (int i = random.nextInt(4) + 1; i > 0; i--) {
                patterns.append(pattern(random)).append(random.nextInt(8) == 0 ? "\r\n" : "\n");
            }
            Files.writeString(folder.resolve(".gitignore"), patterns);
        }
        for (int i = 0; i < 6; i++) {
            Path child = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
            if (Files.notExists(child)) {
                if (depth < 3 && random.nextInt(3) == 0) {
                    grow(child, random, depth + 1);
                } else {
                    Files.writeString(child, "");
                }
            }
        }
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder(random.nextInt(5) == 0 ? "!" : "").append(random.nextInt(5) == 0 ? "/" : "");
        for (int i = random.nextInt(4); i >= 0; i--) {
            pattern.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "/" : "");
        }
        return pattern.toString();
    }

    private List<String> scan() throws InterruptedException {
        return new TreeScanner(Workspace.at(root), List.of(), Clock.systemUTC()).scan(null).entries().stream()
                .filter(entry -> entry.type() != Entry.Type.FOLDER).map(Entry::path).toList();
    }

    private long allFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.startsWith(root.resolve(".git"))).count();
        }
    }

    private TreeSet<String> filesOfGit() throws Exception {
        return new TreeSet<>(List.of(git("ls-files", "-z", "--others", "--exclude-standard").split("\0")));
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return output;
        } catch (IOException e) {
            assumeThat(e).as("there is no git to compare with").isNull();
            return "";
        }
    }

    @Test
    void followsTheManualOfGit() {
        assertLeftOut("hello.*", List.of("hello.txt", "a/hello.java"), List.of("hello"));
        assertLeftOut("/hello.*", List.of("hello.txt"), List.of("a/hello.java"));
        assertLeftOut("doc/frotz/", List.of("doc/frotz/"), List.of("doc/frotz", "a/doc/frotz/"));
        assertLeftOut("frotz/", List.of("frotz/", "a/frotz/"), List.of("frotz"));
        assertLeftOut("**/foo", List.of("foo", "a/foo", "a/b/foo"), List.of("xfoo"));
        assertLeftOut("**/foo/bar", List.of("foo/bar", "a/foo/bar"), List.of("bar"));
        assertLeftOut("abc/**", List.of("abc/x", "abc/x/y"), List.of("abc/", "abc", "x/abc/y"));
        assertLeftOut("a/**/b", List.of("a/b", "a/x/b", "a/x/y/b"), List.of("a/xb", "x/a/b"));
        assertLeftOut("\\#x", List.of("#x"), List.of("x"));
        assertLeftOut("#x", List.of(), List.of("#x", "x"));
        assertLeftOut("\\!x", List.of("!x"), List.of("x"));
        assertLeftOut("x  ", List.of("x"), List.of("x  "));
        assertLeftOut("x\\ ", List.of("x "), List.of("x"));
        assertLeftOut("*\n!keep", List.of("a", "b"), List.of("keep"));
        assertLeftOut("x\\", List.of(), List.of("x", "x\\"));
        assertLeftOut("\ufeffx", List.of("x"), List.of());
    }

    private static void assertLeftOut(String patterns, List<String> out, List<String> in) {
        List<IgnorePattern> parsed = IgnoreFile.parse(patterns.getBytes(StandardCharsets.UTF_8));
        for (String path : out) {
            assertThat(isLeftOut(parsed, path)).as("%s by %s", path, patterns).isTrue();
        }
        for (String path : in) {
            assertThat(isLeftOut(parsed, path)).as("%s by %s", path, patterns).isFalse();
        }
    }

    private static boolean isLeftOut(List<IgnorePattern> patterns, String path) {
        boolean folder = path.endsWith("/");
        byte[] bytes = (folder ? path.substring(0, path.length() - 1) : path).getBytes(StandardCharsets.UTF_8);
        boolean out = false;
        for (IgnorePattern pattern : patterns) {
            if (pattern.matches(bytes, 0, new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('/') + 1, folder)) {
                out = !pattern.negative();
            }
        }
        return out;
    }

    @Timeout(60)
    @ParameterizedTest
    @ValueSource(strings = {"*a", "**/a/", "a*/", "[a]*", "?*", "**/**/*a*/"})
    void takesNoTimeToSpeakOfForAPatternThatIsMadeToTakeLong(String piece) {
        List<IgnorePattern> patterns = IgnoreFile.parse((piece.repeat(4000 / piece.length()) + "b\n").repeat(20).getBytes(StandardCharsets.UTF_8));
        assertThat(patterns).hasSize(20);
        String deep = "a/".repeat(1000) + "a";
        String wide = "a".repeat(255);
        for (String path : List.of(deep, wide, deep + wide)) {
            assertThat(isLeftOut(patterns, path)).isFalse();
        }
    }

    @Test
    void doesNotHeedAFileThatIsTooLargeToBeOneOfPatterns() throws Exception {
        Files.writeString(root.resolve("a"), "");
        Files.writeString(root.resolve(".gitignore"), "a\n");
        assertThat(scan()).containsExactly(".gitignore");
        Files.writeString(root.resolve(".gitignore"), "a\n".repeat(600_000));
        assertThat(scan()).containsExactly(".gitignore", "a");
    }

    @Test
    void heedsNoLinkInPlaceOfAFileOfPatterns() throws Exception {
        Files.writeString(root.resolve("a"), "");
        Files.writeString(root.resolve("patterns"), "a\n");
        Files.createSymbolicLink(root.resolve(".gitignore"), Path.of("patterns"));
        Files.createSymbolicLink(root.resolve(".git"), root);
        Files.createDirectories(root.resolve("info"));
        Files.writeString(root.resolve("info/exclude"), "patterns\n");

        assertThat(scan()).containsExactly(".gitignore", "a", "info/exclude", "patterns");
    }
}
