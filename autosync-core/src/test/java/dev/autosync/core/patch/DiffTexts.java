package dev.autosync.core.patch;

import dev.autosync.core.text.UnifiedDiffWriter;
import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchPlan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Files and diffs for the tests of this package, from seeds. */
final class DiffTexts {
    private static final String[] WORDS = {"", "}", "    return x;", "a", "b", "c", "caf\u00e9", "\u00ff\u00fe", "x\ry", "-- ", "+", "@@ -1 +1 @@"};

    private DiffTexts() {}

    /** Lines with few different texts, so that copies abound; some end in CRLF; the last perhaps in nothing. */
    static List<String> file(Random random, int maxLines, boolean mixedEnds) {
        List<String> lines = new ArrayList<>();
        int count = random.nextInt(maxLines + 1);
        for (int i = 0; i < count; i++) {
            lines.add(line(random, mixedEnds));
        }
        return endOpen(random, lines);
    }

    static List<String> edited(Random random, List<String> lines, boolean mixedEnds) {
        List<String> result = new ArrayList<>(lines);
        for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
            int at = random.nextInt(result.size() + 1);
            int kind = random.nextInt(3);
            if (kind > 0 && at < result.size()) {
                result.remove(at);
            }
            if (kind < 2) {
                result.add(at, line(random, mixedEnds));
            }
        }
        for (int i = 0; i < result.size() - 1; i++) {
            if (!result.get(i).endsWith("\n")) {
                result.set(i, result.get(i) + "\n");
            }
        }
        return endOpen(random, result);
    }

    private static String line(Random random, boolean mixedEnds) {
        String text = random.nextInt(3) > 0 ? WORDS[random.nextInt(WORDS.length)] : "line " + random.nextInt(1000);
        return text + (mixedEnds && random.nextInt(4) == 0 ? "\r\n" : "\n");
    }

    private static List<String> endOpen(Random random, List<String> lines) {
        if (!lines.isEmpty() && random.nextInt(4) == 0) {
            String last = lines.get(lines.size() - 1).stripTrailing();
            if (last.isEmpty()) {
                last = "end";
            }
            lines.set(lines.size() - 1, last);
        }
        return lines;
    }

    static FileContent content(List<String> lines) {
        return FileContent.of(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] diff(String path, FileContent before, FileContent after) {
        return UnifiedDiffWriter.write(path, Optional.of(before), Optional.of(after));
    }

    /** The same diff without its index line, so that only the lines tell where it goes. */
    static byte[] withoutIds(byte[] diff) {
        String text = new String(diff, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\nindex ");
        return (from < 0 ? text : text.substring(0, from) + text.substring(text.indexOf('\n', from + 1)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static PatchPlan plan(byte[] diff, MapTree tree) {
        return new UnifiedDiffFormat().plan(Patch.builder("p", "unified-diff").content(diff).build(), tree, PatchLimits.ofDefaults());
    }
}
