package dev.autosync.bench;

import dev.autosync.core.patch.ExactDiff;
import dev.autosync.core.patch.PlannedPatch;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.FileEdit;
import dev.autosync.patch.Patch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Files and patches for them, from seeds: texts of any encoding and line end, binary files, programs, JSON. Most of the patches apply. */
final class InversePatches {
    static final Set<String> FORMATS = Set.of("json-patch", "merge-patch", "unified-diff", "write-file", "delete-file", "move-file", "apply-patch",
            "search-replace");

    private static final List<String> PATHS = List.of("a.txt", "src/b.txt", "src/deep/c d.txt", "\u00e9.txt", "bin");
    private static final List<String> NEW_PATHS = List.of("new.txt", "new/folder/x", "src/n", "q \"quoted\"");
    private static final String JSON_FILE = "conf/c.json";
    private static final String TEXT_FILE = "t.txt";

    private InversePatches() {}

    /** Some files; among them always one of JSON and one of plain lines, each of which is there once. */
    static Map<String, FileContent> files(SplittableRandom random) {
        Map<String, FileContent> files = new TreeMap<>();
        for (String path : PATHS) {
            if (random.nextInt(4) > 0) {
                files.put(path, content(random));
            }
        }
        files.put(JSON_FILE, FileContent.of(json(random)).executable(random.nextInt(10) == 0));
        StringBuilder text = new StringBuilder();
        String end = random.nextInt(3) == 0 ? "\r\n" : "\n";
        for (int i = 0, count = 3 + random.nextInt(20); i < count; i++) {
            text.append("line ").append(i).append(random.nextInt(5) == 0 ? " caf\u00e9" : "")
                    .append(i == count - 1 && random.nextInt(3) == 0 ? "" : end);
        }
        files.put(TEXT_FILE, FileContent.of((random.nextInt(8) == 0 ? "\ufeff" : "") + text).executable(random.nextInt(10) == 0));
        return files;
    }

    private static FileContent content(SplittableRandom random) {
        byte[] bytes = switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> {
                byte[] any = new byte[random.nextInt(400)];
                random.nextBytes(any);
                yield any;
            }
            default -> text(random);
        };
        return FileContent.of(bytes).executable(random.nextInt(5) == 0);
    }

    private static byte[] text(SplittableRandom random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            line(random, text);
            if (i < count - 1 || random.nextInt(4) > 0) {
                text.writeBytes((random.nextInt(6) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return text.toByteArray();
    }

    private static void line(SplittableRandom random, ByteArrayOutputStream text) {
        for (int i = random.nextInt(4); i > 0; i--) {
            text.writeBytes(List.of("same ", "}", "--- ", "caf\u00e9", "@@ -1 +1 @@").get(random.nextInt(5))
                    .getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        }
        if (random.nextInt(10) == 0) {
            text.write('\r');
        }
    }

    private static String json(SplittableRandom random) {
        String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
        String indent = random.nextBoolean() ? "  " : "\t";
        StringBuilder json = new StringBuilder(random.nextInt(8) == 0 ? "\ufeff" : "").append('{').append(end);
        for (int i = 0; i < 4; i++) {
            json.append(indent).append("\"k").append(i).append(random.nextBoolean() ? "\": " : "\" : ")
                    .append(value(random, 2)).append(i < 3 ? "," : "").append(end);
        }
        return json.append('}').append(random.nextBoolean() ? end : "").toString();
    }

    private static String value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> "1.50";
            case 1 -> "\"t\\u00e9xt\"";
            case 2 -> "null";
            case 3 -> "1E400";
            case 4 -> "[" + value(random, depth - 1) + ", " + value(random, depth - 1) + "]";
            default -> "{\"x\":" + value(random, depth - 1) + "}";
        };
    }

    static Patch patch(String format, Map<String, FileContent> files, SplittableRandom random) {
        return switch (format) {
            case "json-patch" -> Patch.jsonPatch("p", JSON_FILE, operations(random));
            case "merge-patch" -> Patch.mergePatch("p", JSON_FILE, "{\"k" + random.nextInt(6) + "\": " + value(random, 2)
                    + ", \"k" + (6 + random.nextInt(3)) + "\": " + value(random, 1) + "}");
            case "unified-diff" -> diff(files, random);
            case "write-file" -> Patch.write("p", anyPath(files, random), content(random).bytes());
            case "delete-file" -> Patch.delete("p", List.copyOf(files.keySet()).get(random.nextInt(files.size())));
            case "move-file" -> Patch.builder("p", format).target(List.copyOf(files.keySet()).get(random.nextInt(files.size())))
                    .content(NEW_PATHS.get(random.nextInt(NEW_PATHS.size()))).build();
            case "apply-patch" -> Patch.builder("p", format).content(envelope(files, random)).build();
            default -> Patch.builder("p", format).content(blocks(files, random)).build();
        };
    }

    private static String anyPath(Map<String, FileContent> files, SplittableRandom random) {
        List<String> paths = new ArrayList<>(files.keySet());
        paths.addAll(NEW_PATHS);
        return paths.get(random.nextInt(paths.size()));
    }

    private static String operations(SplittableRandom random) {
        List<String> operations = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String path = "\"path\": \"/k" + random.nextInt(5) + "\"";
            operations.add(switch (random.nextInt(4)) {
                case 0 -> "{\"op\": \"add\", \"path\": \"/n" + i + "\", \"value\": " + value(random, 2) + "}";
                case 1 -> "{\"op\": \"remove\", " + path + "}";
                case 2 -> "{\"op\": \"move\", \"from\": \"/k" + random.nextInt(4) + "\", \"path\": \"/m" + i + "\"}";
                default -> "{\"op\": \"replace\", " + path + ", \"value\": " + value(random, 2) + "}";
            });
        }
        return "[" + String.join(",", operations) + "]";
    }

    /** Over several files: changed, made, gone, with another right to be executed. */
    private static Patch diff(Map<String, FileContent> files, SplittableRandom random) {
        List<FileEdit> edits = new ArrayList<>();
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            FileContent before = file.getValue();
            switch (random.nextInt(5)) {
                case 0 -> edits.add(FileEdit.delete(file.getKey(), before));
                case 1 -> edits.add(FileEdit.modify(file.getKey(), before, before.executable(!before.executable())));
                case 2 -> {
                    FileContent after = before.bytes(changed(before.bytes(), random)).executable(random.nextInt(6) == 0);
                    if (!after.equals(before)) {
                        edits.add(FileEdit.modify(file.getKey(), before, after));
                    }
                }
                default -> { }
            }
        }
        if (edits.isEmpty() || random.nextInt(3) == 0) {
            edits.add(FileEdit.create(NEW_PATHS.get(random.nextInt(NEW_PATHS.size())), content(random)));
        }
        return ExactDiff.of(new PlannedPatch(Patch.unifiedDiff("p", ""), edits, "", Optional.empty(), List.of()));
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (random.nextInt(40) > 0) {
                out.write(b);
            } else if (random.nextBoolean()) {
                line(random, out);
            }
        }
        return out.toByteArray();
    }

    private static List<String> lines(Map<String, FileContent> files) {
        String text = new String(files.getOrDefault(TEXT_FILE, FileContent.of("")).bytes(), StandardCharsets.UTF_8);
        return text.replace("\ufeff", "").lines().toList();
    }

    private static String envelope(Map<String, FileContent> files, SplittableRandom random) {
        List<String> lines = lines(files);
        int at = random.nextInt(lines.size());
        StringBuilder text = new StringBuilder("*** Begin Patch\n*** Update File: " + TEXT_FILE + "\n");
        text.append(random.nextInt(4) == 0 ? "*** Move to: new/folder/moved\n" : "").append("@@\n");
        text.append(at > 0 ? " " + lines.get(at - 1) + "\n" : "").append('-').append(lines.get(at)).append('\n');
        text.append(random.nextInt(3) > 0 ? "+changed\n+and more\n" : "");
        if (random.nextInt(3) == 0) {
            text.append("*** Add File: new.txt\n+made\n");
        }
        if (random.nextInt(3) == 0 && files.containsKey("a.txt")) {
            text.append("*** Delete File: a.txt\n");
        }
        return text.append("*** End Patch\n").toString();
    }

    private static String blocks(Map<String, FileContent> files, SplittableRandom random) {
        List<String> lines = lines(files);
        int at = random.nextInt(lines.size());
        String made = random.nextInt(3) == 0 ? "new/folder/x\n<<<<<<< SEARCH\n=======\nmade\n>>>>>>> REPLACE\n" : "";
        return TEXT_FILE + "\n<<<<<<< SEARCH\n" + lines.get(at) + "\n=======\n" + (random.nextInt(3) > 0 ? "changed\n" : "")
                + ">>>>>>> REPLACE\n" + made;
    }
}
