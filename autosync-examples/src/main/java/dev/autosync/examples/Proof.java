package dev.autosync.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares every file of the workspace with what must be there: what the job wrote, with the patches that landed and no others. It asks
 * AutoSync only which patches landed.
 *
 * @param untouched how many files are, byte for byte, what the job wrote
 * @param changed how many files are, byte for byte, what the patches that landed make of them
 * @param wrong the files that are anything else
 */
record Proof(int untouched, int changed, List<String> wrong) {

    static Proof of(Workspace workspace, List<Proposal> batch, Set<String> landed) throws IOException {
        Map<String, byte[]> before = workspace.written();
        Map<String, byte[]> expected = expected(before, batch, landed);
        Map<String, byte[]> found = workspace.files();
        TreeSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(found.keySet());

        int untouched = 0;
        List<String> wrong = new ArrayList<>();
        for (String path : paths) {
            if (!Arrays.equals(expected.get(path), found.get(path))) {
                wrong.add(path);
            } else if (Arrays.equals(before.get(path), found.get(path))) {
                untouched++;
            }
        }
        return new Proof(untouched, paths.size() - untouched - wrong.size(), wrong);
    }

    private static Map<String, byte[]> expected(Map<String, byte[]> before, List<Proposal> batch, Set<String> landed) {
        Map<String, String> texts = new TreeMap<>();
        before.forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        SourceTree start = SourceTree.of(texts);
        SourceTree end = start;
        for (Proposal proposal : batch) {
            if (landed.contains(proposal.id())) {
                end = proposal.effect().apply(end);
            }
        }
        Map<String, byte[]> expected = new TreeMap<>(before);
        for (FileChange change : start.changesTo(end)) {
            if (change.after() == null) {
                expected.remove(change.path());
            } else {
                expected.put(change.path(), change.after().getBytes(StandardCharsets.UTF_8));
            }
        }
        return expected;
    }
}
