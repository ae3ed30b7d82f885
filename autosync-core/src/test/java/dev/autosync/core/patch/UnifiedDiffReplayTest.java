package dev.autosync.core.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.ErrorCode;
import dev.autosync.core.text.GitBlob;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.spi.PatchPlan;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real commits as git writes them, each applied to the files of its parent: the same blobs and modes must come out. For the clone that
 * {@code -Dautosync.replay.repository} names, and as many commits as {@code -Dautosync.replay.commits} says, 2,000 unless it is set. With
 * {@code -Dautosync.replay.steps} the commits are also applied two at a time, three at a time and so on.
 */
@EnabledIfSystemProperty(named = "autosync.replay.repository", matches = ".+")
class UnifiedDiffReplayTest {
    private static final String NO_ID = "0".repeat(40);

    private final Path repository = Path.of(System.getProperty("autosync.replay.repository", ""));

    /** What a commit makes of one path. */
    private record Raw(String oldMode, String newMode, String oldId, String newId) {
        boolean isSupported() {
            return (oldMode + newMode).replaceAll("000000|100644|100755|100664", "").isEmpty();
        }
    }

    @Test
    void everyCommitGivesTheTreeThatGitHas() throws IOException {
        String most = System.getProperty("autosync.replay.commits", "2000");
        String[] commits = text(git("rev-list", "--no-merges", "--min-parents=1", "--max-count=" + most, "HEAD")).split("\n");
        int same = 0;
        int unsupported = 0;
        List<String> wrong = new ArrayList<>();
        Process process = start("cat-file", "--batch");
        try (InputStream blobs = new BufferedInputStream(process.getInputStream())) {
            for (String base : bases(commits)) {
                String commit = base.substring(0, base.indexOf('~'));
                Map<String, Raw> raw = raw(base, commit);
                if (raw.isEmpty()) {
                    continue;
                }
                MapTree tree = new MapTree();
                for (Map.Entry<String, Raw> entry : raw.entrySet()) {
                    Raw change = entry.getValue();
                    if (change.isSupported() && !change.oldId().equals(NO_ID)) {
                        FileContent content = FileContent.of(blob(process, blobs, change.oldId()));
                        tree.content(entry.getKey(), Optional.of(content.executable(change.oldMode().equals("100755"))));
                    }
                }
                byte[] diff = git("diff-tree", "-p", "--binary", "--full-index", "-M", "-C", "--no-color", "--no-ext-diff", "--no-textconv",
                        "--src-prefix=a/", "--dst-prefix=b/", base, commit);
                PatchPlan plan = DiffTexts.plan(diff, tree);
                if (raw.values().stream().allMatch(Raw::isSupported)) {
                    String fault = fault(plan, raw);
                    if (fault.isEmpty()) {
                        same++;
                    } else {
                        wrong.add(base + ".." + commit + ": " + fault);
                    }
                } else {
                    assertThat(plan.code()).as(commit + ": " + plan.reason()).contains(ErrorCode.PATCH_UNSUPPORTED);
                    unsupported++;
                }
            }
        } finally {
            process.destroy();
        }
        System.err.println(same + " diffs to identical trees, " + unsupported + " refused for links or submodules, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(same).isPositive();
    }

    private static String fault(PatchPlan plan, Map<String, Raw> raw) {
        if (plan.verdict() != PatchPlan.Verdict.EDITS) {
            return plan.verdict() + " " + plan.reason();
        }
        Map<String, FileEdit> edits = new TreeMap<>();
        plan.edits().forEach(edit -> edits.put(edit.path(), edit));
        if (!edits.keySet().equals(raw.keySet())) {
            return "edits of " + edits.keySet() + " for " + raw.keySet();
        }
        for (Map.Entry<String, Raw> entry : raw.entrySet()) {
            Raw change = entry.getValue();
            Optional<FileContent> after = edits.get(entry.getKey()).after();
            String id = after.map(content -> GitBlob.id(content.bytes())).orElse(NO_ID);
            if (!id.equals(change.newId()) || after.isPresent() && after.get().executable() != change.newMode().equals("100755")) {
                return entry.getKey() + " is another file";
            }
        }
        return "";
    }

    /** What diffs start from, as the name of a commit and how far before it. */
    private static List<String> bases(String[] commits) {
        List<String> bases = new ArrayList<>();
        for (int steps = 1; steps <= Integer.getInteger("autosync.replay.steps", 1); steps++) {
            for (String commit : commits) {
                bases.add(commit + "~" + steps);
            }
        }
        return bases;
    }

    private Map<String, Raw> raw(String base, String commit) throws IOException {
        String[] fields = text(git("diff-tree", "-r", "--raw", "-z", "--no-renames", "--full-index", base, commit)).split("\0");
        Map<String, Raw> raw = new TreeMap<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            String[] words = fields[i].substring(1).split(" ");
            raw.put(fields[i + 1], new Raw(words[0], words[1], words[2], words[3]));
        }
        return raw;
    }

    private static byte[] blob(Process process, InputStream in, String id) throws IOException {
        process.getOutputStream().write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            head.append((char) c);
        }
        byte[] bytes = in.readNBytes(Integer.parseInt(head.substring(head.lastIndexOf(" ") + 1)));
        in.skipNBytes(1);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] git(String... arguments) throws IOException {
        Process process = start(arguments);
        try (InputStream in = process.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotePath=true", "-c", "safe.directory=*", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
