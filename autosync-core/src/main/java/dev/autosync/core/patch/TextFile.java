package dev.autosync.core.patch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text file as lines that give its bytes again: its encoding, byte-order mark and line ends are kept.
 *
 * <p>Unicode is known by its byte-order mark or by being valid UTF-8. Any other file is read byte for byte; then only ASCII can be added to it,
 * unless its encoding is stated. A lone {@code \r} is part of a line. Immutable.
 */
final class TextFile {
    private static final byte[][] MARKS = {{(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, {(byte) 0xff, (byte) 0xfe}, {(byte) 0xfe, (byte) 0xff}};
    private static final Charset[] MARKED = {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE};
    private static final byte[] NO_MARK = {};

    private final Charset charset;
    private final boolean isKnown;
    private final byte[] mark;
    private final List<Line> lines;

    /**
     * One line.
     *
     * @param text without its end
     * @param end {@code \n}, {@code \r\n}, or nothing for a last line without an end
     */
    record Line(String text, String end) {}

    private TextFile(Charset charset, boolean isKnown, byte[] mark, List<Line> lines) {
        this.charset = charset;
        this.isKnown = isKnown;
        this.mark = mark;
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a file.
     *
     * @param bytes any bytes
     * @param stated the encoding that the patch states for files that are not Unicode; null for none
     */
    static TextFile of(byte[] bytes, @Nullable Charset stated) {
        for (int i = 0; i < MARKS.length; i++) {
            byte[] mark = MARKS[i];
            if (bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length)) {
                String text = decode(bytes, mark.length, MARKED[i]);
                if (text != null) {
                    return new TextFile(MARKED[i], true, mark, split(text));
                }
            }
        }
        for (Charset charset : stated == null ? new Charset[] {StandardCharsets.UTF_8} : new Charset[] {StandardCharsets.UTF_8, stated}) {
            String text = decode(bytes, 0, charset);
            if (text != null) {
                return new TextFile(charset, true, NO_MARK, split(text));
            }
        }
        return new TextFile(StandardCharsets.ISO_8859_1, false, NO_MARK, split(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    /** The text that gives exactly these bytes again; null if there is none. */
    private static @Nullable String decode(byte[] bytes, int from, Charset charset) {
        try {
            String text = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
            byte[] again = text.getBytes(charset);
            return Arrays.equals(again, 0, again.length, bytes, from, bytes.length) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static List<Line> split(String text) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            boolean crLf = end > start && text.charAt(end - 1) == '\r';
            lines.add(new Line(text.substring(start, crLf ? end - 1 : end), crLf ? "\r\n" : "\n"));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(new Line(text.substring(start), ""));
        }
        return lines;
    }

    /** The file with other lines; one without an end in their middle gets one, and the last one has an end if the last one here has. */
    TextFile with(List<Line> changed) {
        List<Line> closed = new ArrayList<>(changed);
        boolean open = !lines.isEmpty() && lines.get(lines.size() - 1).end().isEmpty();
        for (int i = 0; i < closed.size(); i++) {
            Line line = closed.get(i);
            boolean last = i == closed.size() - 1;
            if (last && open) {
                closed.set(i, new Line(line.text(), ""));
            } else if (line.end().isEmpty()) {
                closed.set(i, new Line(line.text(), end(lines, lines.size())));
            }
        }
        return new TextFile(charset, isKnown, mark, closed);
    }

    /** The line end of what is added before a line: that of the line above, or else of the one below, or of any. */
    static String end(List<Line> lines, int at) {
        for (int i = Math.min(at, lines.size()) - 1; i >= 0; i--) {
            if (!lines.get(i).end().isEmpty()) {
                return lines.get(i).end();
            }
        }
        return lines.isEmpty() || lines.get(0).end().isEmpty() ? "\n" : lines.get(0).end();
    }

    /** Whether a text can be written in the encoding of the file, as far as that is known. */
    boolean canHold(String text) {
        return isKnown ? charset.newEncoder().canEncode(CharBuffer.wrap(text)) : text.chars().allMatch(c -> c < 0x80);
    }

    /** The name of the encoding. */
    String encoding() {
        return isKnown ? charset.name() : "unknown";
    }

    List<Line> lines() {
        return lines;
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append(line.end()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(mark);
        out.writeBytes(text.toString().getBytes(charset));
        return out.toByteArray();
    }
}
