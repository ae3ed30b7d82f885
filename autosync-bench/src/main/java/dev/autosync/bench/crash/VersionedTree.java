package dev.autosync.bench.crash;

import dev.autosync.patch.FileContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A tree of which every file tells its version: forty files that are ours and three that are not. The last of ours is there in odd versions
 * alone, so that files and folders come and go.
 */
final class VersionedTree {
    static final int FILES = 40;

    /** Added to a version that is taken back again: such a one must never be seen. */
    static final long TAKEN_BACK = 1_000_000_000;

    private static final int LAST = FILES - 1;
    private static final Map<String, String> THEIRS = Map.of("theirs.txt", "not ours\n", "m1/theirs.txt", "not ours either\n",
            ".git/HEAD", "ref: refs/heads/main\n");

    private VersionedTree() {}

    /** What file i of version v holds: its version and number, then one letter over and over. */
    static byte[] content(long version, int i) {
        byte[] head = (version + " " + i + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[3000 + i % 7];
        Arrays.fill(content, (byte) ('a' + version % 26));
        System.arraycopy(head, 0, content, 0, head.length);
        return content;
    }

    static String path(int i) {
        return i == LAST ? "odd/f" + i : "m" + i % 4 + "/f" + i;
    }

    /** A version as a transaction takes it. */
    static Map<String, Optional<FileContent>> state(long version) {
        Map<String, Optional<FileContent>> state = new LinkedHashMap<>();
        for (int i = 0; i < FILES; i++) {
            state.put(path(i), has(version, i) ? Optional.of(FileContent.of(content(version, i))) : Optional.empty());
        }
        return state;
    }

    /** Writes a version and what is not ours into an empty folder. */
    static void create(Path root, long version) throws IOException {
        Map<String, byte[]> files = ours(version);
        THEIRS.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /**
     * What was found.
     *
     * @param version the one version that all files have, exactly; empty if there is none
     * @param problem what is wrong; empty if nothing is
     */
    record Found(OptionalLong version, String problem) {}

    /** Looks whether a tree has one of two versions, and what is not ours as it was. */
    static Found look(Path root, long least, long most) throws IOException {
        Map<String, byte[]> found = read(root);
        List<String> problems = new ArrayList<>();
        THEIRS.forEach((path, text) -> {
            byte[] there = found.remove(path);
            if (there == null || !Arrays.equals(there, text.getBytes(StandardCharsets.UTF_8))) {
                problems.add(path + ", which is not ours, has changed");
            }
        });
        for (long version = least; version <= most && problems.isEmpty(); version++) {
            if (same(found, ours(version))) {
                return new Found(OptionalLong.of(version), "");
            }
        }
        problems.add("wanted " + least + " to " + most + ", found " + versions(found));
        return new Found(OptionalLong.empty(), String.join("; ", problems));
    }

    private static boolean has(long version, int i) {
        return i != LAST || version % 2 == 1;
    }

    private static Map<String, byte[]> ours(long version) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            if (has(version, i)) {
                files.put(path(i), content(version, i));
            }
        }
        return files;
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = root.relativize(file).toString();
                if (!path.startsWith(".autosync/")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static boolean same(Map<String, byte[]> found, Map<String, byte[]> wanted) {
        return found.keySet().equals(wanted.keySet())
                && found.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), wanted.get(file.getKey())));
    }

    /** How many files say that they are of which version, for people. */
    private static String versions(Map<String, byte[]> found) {
        Map<String, TreeSet<String>> versions = new TreeMap<>();
        found.forEach((path, bytes) -> {
            String head = new String(bytes, 0, Math.min(bytes.length, 24), StandardCharsets.UTF_8);
            versions.computeIfAbsent(bytes.length == 0 ? "empty" : head.split(" ")[0], v -> new TreeSet<>()).add(path);
        });
        StringBuilder text = new StringBuilder();
        versions.forEach((version, paths) -> text.append(text.isEmpty() ? "" : ", ").append(paths.size()).append(" files of ").append(version)
                .append(paths.size() <= 2 ? " " + paths : ""));
        return text.toString();
    }
}
