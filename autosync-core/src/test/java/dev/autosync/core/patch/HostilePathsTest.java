package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.io.RealFiles;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.text.GitNames;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which every format can name a path, with every path that leads where patches have no business, in a real workspace. */
class HostilePathsTest {
    private static final Set<ErrorCode> CODES = Set.of(ErrorCode.PATCH_PATH_REFUSED, ErrorCode.PATCH_MALFORMED);

    @TempDir
    private Path outer;

    private Path root;
    private Map<String, String> before;

    /** One way to name a path. */
    record Way(String name, BiFunction<String, String, Patch> patch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        way(ways, "unified-diff", "create", "diff --git %A %B\nnew file mode 100644\n--- /dev/null\n+++ %B\n@@ -0,0 +1 @@\n+x\n");
        way(ways, "unified-diff", "modify", "diff --git %A %B\n--- %A\n+++ %B\n@@ -1 +1 @@\n-secret\n+x\n");
        way(ways, "unified-diff", "modify, plain", "--- %A\n+++ %B\n@@ -1 +1 @@\n-secret\n+x\n");
        way(ways, "unified-diff", "delete", "diff --git %A %B\ndeleted file mode 100644\n--- %A\n+++ /dev/null\n@@ -1 +0,0 @@\n-secret\n");
        way(ways, "unified-diff", "mode", "diff --git %A %B\nold mode 100644\nnew mode 100755\n");
        way(ways, "unified-diff", "rename to", "diff --git a/f %B\nsimilarity index 100%\nrename from f\nrename to %P\n");
        way(ways, "unified-diff", "rename from", "diff --git %A b/g\nsimilarity index 100%\nrename from %P\nrename to g\n");
        way(ways, "unified-diff", "copy to", "diff --git a/f %B\nsimilarity index 100%\ncopy from f\ncopy to %P\n");
        way(ways, "unified-diff", "copy from", "diff --git %A b/g\nsimilarity index 100%\ncopy from %P\ncopy to g\n");
        way(ways, "apply-patch", "add", "*** Begin Patch\n*** Add File: %R\n+x\n*** End Patch\n");
        way(ways, "apply-patch", "update", "*** Begin Patch\n*** Update File: %R\n-secret\n+x\n*** End Patch\n");
        way(ways, "apply-patch", "delete", "*** Begin Patch\n*** Delete File: %R\n*** End Patch\n");
        way(ways, "apply-patch", "move to", "*** Begin Patch\n*** Update File: f\n*** Move to: %R\n*** End Patch\n");
        way(ways, "apply-patch", "move from", "*** Begin Patch\n*** Update File: %R\n*** Move to: g\n*** End Patch\n");
        way(ways, "search-replace", "create", "`%R`\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n");
        way(ways, "search-replace", "update", "`%R`\n<<<<<<< SEARCH\nsecret\n=======\nx\n>>>>>>> REPLACE\n");
        ways.add(new Way("search-replace: target", (id, path) -> Patch.builder(id, "search-replace").target(path)
                .content("<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n").build()));
        ways.add(new Way("write-file", (id, path) -> Patch.write(id, path, "x".getBytes())));
        ways.add(new Way("delete-file", Patch::delete));
        ways.add(new Way("move-file: to", (id, path) -> Patch.move(id, "f", path)));
        ways.add(new Way("move-file: from", (id, path) -> Patch.move(id, path, "g")));
        ways.add(new Way("json-patch", (id, path) -> Patch.jsonPatch(id, path, "[{\"op\": \"replace\", \"path\": \"\", \"value\": 1}]")));
        ways.add(new Way("merge-patch", (id, path) -> Patch.mergePatch(id, path, "{\"x\": 1}")));
        return ways;
    }

    private static void way(List<Way> ways, String format, String what, String text) {
        ways.add(new Way(format + ": " + what, (id, path) -> Patch.builder(id, format).content(text.replace("%A", GitNames.quote("a/" + path))
                .replace("%B", GitNames.quote("b/" + path)).replace("%P", GitNames.quote(path)).replace("%R", path)).build()));
    }

    private static List<String> hostile() {
        return List.of("../victim", "../outside/secret", "a/../../victim", "a/../b", "/etc/hosts", "//server/share/x", "a//b", "..", ".",
                "a/./b", "a/", ".git/config", ".git/hooks/post-commit", ".GIT/config", "sub/.git/config", ".Git/x", "GIT~1/config", "git~1/x",
                ".git./config", ".git /config", ".git::$INDEX_ALLOCATION/config",
                ".g\u200cit/config", ".gi\ufefft/config", ".git", ".autosync/journal", ".AutoSync/journal", "autosy~1/journal",
                "link/secret", "link/new", "link", "fl", "inner/link2/x", "fifo", "dir", "f/x", "nul\0x", "esc\u001b[2Jx", "del\u007fx",
                "x".repeat(256), "d/".repeat(2100) + "x");
    }

    @BeforeEach
    void aWorkspaceWithTraps() throws IOException {
        root = Files.createDirectories(outer.resolve("ws"));
        Files.createDirectories(outer.resolve("outside"));
        Files.writeString(outer.resolve("outside/secret"), "secret\n");
        Files.writeString(outer.resolve("victim"), "secret\n");
        Files.writeString(root.resolve("f"), "secret\n");
        Files.createDirectories(root.resolve(".git/hooks"));
        Files.writeString(root.resolve(".git/config"), "secret\n");
        Files.createDirectories(root.resolve(".autosync"));
        Files.writeString(root.resolve(".autosync/journal"), "secret\n");
        Files.createDirectories(root.resolve("dir"));
        Files.createDirectories(root.resolve("inner"));
        try {
            Files.createSymbolicLink(root.resolve("link"), Path.of("../outside"));
            Files.createSymbolicLink(root.resolve("fl"), Path.of("../outside/secret"));
            Files.createSymbolicLink(root.resolve("inner/link2"), Path.of("../../outside"));
            assumeThat(new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start().waitFor(1, TimeUnit.MINUTES)).isTrue();
        } catch (UnsupportedOperationException | IOException | InterruptedException e) {
            assumeThat(false).as("links and pipes can be made here: " + e).isTrue();
        }
        before = everything();
    }

    @AfterEach
    void nothingHasChanged() throws IOException {
        assertThat(everything()).isEqualTo(before);
    }

    private Map<String, String> everything() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(outer)) {
            for (Path file : files.toList()) {
                all.put(file.toString(), Files.isSymbolicLink(file) ? "to " + Files.readSymbolicLink(file)
                        : Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "");
            }
        }
        return all;
    }

    private BatchPlan plan(List<Patch> patches) {
        Workspace workspace = Workspace.at(root);
        PatchedTree tree = new PatchedTree(workspace, new RealFiles(workspace.root()));
        return new BatchPlanner(new PatchFormats(PatchFormats.builtIn())).plan(patches, tree, Set.of());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noWayLeadsToAHostilePath(Way way) {
        for (String path : hostile()) {
            BatchPlan plan = plan(List.of(way.patch().apply("p", path)));
            String what = way + " " + path.substring(0, Math.min(60, path.length()));
            assertThat(plan.planned()).as(what).isEmpty();
            assertThat(plan.outcomes()).as(what).singleElement().isInstanceOfSatisfying(PatchOutcome.Refused.class, refused -> {
                assertThat(CODES).as(what + ": " + refused.reason()).contains(refused.code());
                assertThat(refused.reason().codePoints()).noneMatch(Character::isISOControl);
            });
        }
    }

    /** The control: the same patches on a path that is allowed are not refused. */
    @ParameterizedTest
    @MethodSource("ways")
    void everyWayLeadsToAPathThatIsAllowed(Way way) {
        List<PatchOutcome> outcomes = plan(List.of(way.patch().apply("p", "ok/new.txt"))).outcomes();
        assertThat(outcomes).as("" + way).noneMatch(PatchOutcome.Refused.class::isInstance);
    }

    /** Elsewhere they are drives and shares; here they are odd names below the root. */
    @ParameterizedTest
    @ValueSource(strings = {"C:/x", "C:x", "C:\\x", "..\\victim", "\\\\server\\share\\x", "CON", "nul.txt", "%2e%2e/victim", "~/x", "$HOME/x"})
    void namesOfOtherSystemsStayBelowTheRoot(String path) throws IOException {
        for (Way way : ways()) {
            for (PlannedPatch planned : plan(List.of(way.patch().apply("p", path))).planned()) {
                for (FileEdit edit : planned.edits()) {
                    assertThat(Workspace.at(root).resolve(edit.path())).as(way + " " + path).startsWithRaw(root.toRealPath());
                }
            }
        }
    }

    @Test
    void aLinkThatAnEarlierPatchWouldMakeIsNeverThere() throws IOException {
        Patch link = Patch.unifiedDiff("link", "diff --git a/l2 b/l2\nnew file mode 120000\n--- /dev/null\n+++ b/l2\n@@ -0,0 +1 @@\n+../outside\n"
                + "\\ No newline at end of file\n");
        BatchPlan plan = plan(List.of(link, Patch.write("evil", "l2/evil", "x".getBytes())));
        assertThat(plan.outcomes()).singleElement().isInstanceOfSatisfying(PatchOutcome.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PATCH_UNSUPPORTED));
        Path file = Workspace.at(root).resolve(plan.planned().get(0).edits().get(0).path());
        assertThat(file.getParent()).isEqualTo(root.toRealPath().resolve("l2"));
    }

    @Test
    void aLinkIsNotPointedElsewhereByATextThatSaysNothingOfLinks() {
        BatchPlan plan = plan(List.of(Patch.unifiedDiff("p", "--- a/fl\n+++ b/fl\n@@ -1 +1 @@\n-../outside/secret\n"
                + "\\ No newline at end of file\n+/etc/passwd\n"
                + "\\ No newline at end of file\n")));
        assertThat(plan.outcomes()).singleElement().isInstanceOf(PatchOutcome.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFileOfAnEarlierPatchIsNoFolderForALaterOne(Way way) {
        BatchPlan plan = plan(List.of(Patch.write("first", "new", "x".getBytes()), way.patch().apply("second", "new/x")));
        assertThat(plan.outcomes()).as("" + way).singleElement().isInstanceOf(PatchOutcome.Refused.class);
    }
}
