package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import dev.autosync.core.text.Lines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What the contents of patches say, apart from how they are laid out.
 *
 * <p>Only differences that cannot matter are smoothed over. A content that is not what its format wants stays as it is. Threads: no state.
 */
final class NormalForms {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private NormalForms() {}

    /** JSON: members sorted by name, no white space, numbers and strings spelled in one way. A value with a member twice stays as it is. */
    static byte[] json(byte[] content) {
        try {
            JsonNode root = JsonText.parse(JsonText.decode(content, "patch", ErrorCode.PATCH_MALFORMED), "patch", ErrorCode.PATCH_MALFORMED);
            StringBuilder out = new StringBuilder();
            return append(root, out) ? out.toString().getBytes(StandardCharsets.UTF_8) : content;
        } catch (AutoSyncException e) {
            return content;
        }
    }

    private static boolean append(JsonNode node, StringBuilder out) {
        switch (node.kind()) {
            case OBJECT -> {
                if (node.duplicate().isPresent()) {
                    return false;
                }
                List<JsonNode.Member> members = new ArrayList<>(node.members());
                members.sort(Comparator.comparing(JsonNode.Member::name));
                out.append('{');
                for (JsonNode.Member member : members) {
                    string(member.name(), out);
                    out.append(':');
                    if (!append(member.value(), out)) {
                        return false;
                    }
                    out.append(',');
                }
                out.append('}');
            }
            case ARRAY -> {
                out.append('[');
                for (JsonNode element : node.elements()) {
                    if (!append(element, out)) {
                        return false;
                    }
                    out.append(',');
                }
                out.append(']');
            }
            case STRING -> string(node.text(), out);
            case NUMBER -> number(node.raw(), out);
            default -> out.append(node.raw());
        }
        return true;
    }

    /** As ASCII, so that no spelling of a letter, and no lone surrogate, is lost on the way to bytes. */
    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 0xF, 16))
                        .append(Character.forDigit(c >> 4 & 0xF, 16)).append(Character.forDigit(c & 0xF, 16));
            }
        }
        out.append('"');
    }

    /** Sign, digits without zeros at either end, and the exponent of ten of the last one. An exponent beyond a long stays as it is spelled. */
    private static void number(String raw, StringBuilder out) {
        int e = Math.max(raw.indexOf('e'), raw.indexOf('E'));
        String mantissa = e < 0 ? raw : raw.substring(0, e);
        String exponent = e < 0 ? "0" : raw.substring(e + 1);
        if (exponent.length() > 17) {
            out.append(raw);
            return;
        }
        boolean negative = mantissa.startsWith("-");
        int point = mantissa.indexOf('.');
        String digits = mantissa.replace("-", "").replace(".", "");
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        int to = digits.length();
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        if (from == to) {
            out.append('0');
            return;
        }
        long scale = Long.parseLong(exponent) - (point < 0 ? 0 : mantissa.length() - point - 1) + digits.length() - to;
        out.append(negative ? "-" : "").append(digits, from, to).append('e').append(scale);
    }

    /** Text: no byte order mark, line feeds if all lines end in CRLF, one line end at the end. */
    static byte[] text(byte[] content) {
        byte[] bytes = unixEnds(withoutBom(content));
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        byte[] text = Arrays.copyOf(bytes, end + 1);
        text[end] = '\n';
        return text;
    }

    /**
     * A unified diff: what is above, between and below the sections, blob ids, times and what stands behind the second {@code @@} left out; line
     * ends as {@link #text} has them. Line numbers stay: the same lines at another place are another change.
     */
    static byte[] diff(byte[] content) {
        return new DiffText(unixEnds(withoutBom(content))).normal();
    }

    private static byte[] withoutBom(byte[] bytes) {
        return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BOM, 0, 3) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    /** A text with both kinds of line ends may be about nothing else: it stays as it is. */
    private static byte[] unixEnds(byte[] bytes) {
        Lines lines = Lines.of(bytes);
        for (int i = 0; i < lines.count(); i++) {
            if (lines.isTerminated(i) && !lines.isCrLf(i)) {
                return bytes;
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < lines.count(); i++) {
            out.write(bytes, lines.start(i), lines.textEnd(i) - lines.start(i));
            if (lines.isTerminated(i)) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    /** The lines of a diff that say something. */
    private static final class DiffText {
        private static final List<String> SAYING = List.of("diff --git ", "old mode ", "new mode ", "new file mode ", "deleted file mode ",
                "rename from ", "rename to ", "copy from ", "copy to ");

        private final Lines lines;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int at;

        DiffText(byte[] bytes) {
            this.lines = Lines.of(bytes);
        }

        byte[] normal() {
            while (at < lines.count()) {
                String line = line(at);
                if (line.startsWith("@@ -")) {
                    hunk(line);
                } else if (line.startsWith("--- ") || line.startsWith("+++ ")) {
                    int tab = line.indexOf('\t');
                    write(tab < 0 ? line : line.substring(0, tab));
                    at++;
                } else if (line.equals("GIT binary patch")) {
                    binary();
                } else {
                    if (SAYING.stream().anyMatch(line::startsWith)) {
                        write(line);
                    }
                    at++;
                }
            }
            return out.toByteArray();
        }

        /** The header with both counts, and as many lines as it says. */
        private void hunk(String header) {
            int end = header.indexOf(" @@", 3);
            String[] ranges = (end < 0 ? header : header.substring(0, end)).split(" ");
            long before = ranges.length > 2 ? count(ranges[1]) : 0;
            long after = ranges.length > 2 ? count(ranges[2]) : 0;
            write(ranges.length > 2 ? "@@ " + full(ranges[1]) + " " + full(ranges[2]) : header);
            for (at++; at < lines.count() && (before > 0 || after > 0 || isMark(at)); at++) {
                int start = lines.start(at);
                int first = lines.textEnd(at) == start ? ' ' : lines.bytes()[start];
                if (first == ' ' || first == '-') {
                    before--;
                }
                if (first == ' ' || first == '+') {
                    after--;
                }
                if (lines.textEnd(at) == start) {
                    write(" ");
                } else if (first == '\\') {
                    write("\\");
                } else {
                    out.write(lines.bytes(), start, lines.end(at) - start);
                    if (!lines.isTerminated(at)) {
                        out.write('\n');
                    }
                }
            }
        }

        private boolean isMark(int i) {
            return lines.end(i) > lines.start(i) && lines.bytes()[lines.start(i)] == '\\';
        }

        private static String full(String range) {
            return range.indexOf(',') < 0 ? range + ",1" : range;
        }

        private static long count(String range) {
            String count = full(range).substring(full(range).indexOf(',') + 1);
            return count.matches("[0-9]{1,9}") ? Long.parseLong(count) : 0;
        }

        /** As it stands, up to a line that begins another section. */
        private void binary() {
            for (; at < lines.count() && !line(at).startsWith("diff --git "); at++) {
                write(line(at).stripTrailing());
            }
        }

        private String line(int i) {
            return new String(lines.bytes(), lines.start(i), lines.textEnd(i) - lines.start(i), StandardCharsets.ISO_8859_1);
        }

        private void write(String line) {
            out.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            out.write('\n');
        }
    }
}
