package dev.autosync.core.patch;

import dev.autosync.core.text.Lines;
import dev.autosync.core.text.Untrusted;
import dev.autosync.patch.PatchLimits;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Walks over the lines of a patch that is text in UTF-8. Lines are seen without their ends, and a byte-order mark not at all. */
final class PatchText {
    private static final int SHOWN_CHARS = 80;

    private final List<String> lines;
    private int at;

    private PatchText(List<String> lines) {
        this.lines = lines;
    }

    /** Reads a patch. */
    static PatchText of(byte[] patch, PatchLimits limits) throws DiffRefused {
        if (Lines.count(patch) > limits.maxLines()) {
            throw DiffRefused.limit("the patch has more than " + limits.maxLines() + " lines");
        }
        String text = decode(patch);
        List<String> lines = new ArrayList<>();
        int start = text.startsWith("\ufeff") ? 1 : 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            lines.add(text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end));
            start = end + 1;
        }
        return new PatchText(lines);
    }

    private static String decode(byte[] patch) throws DiffRefused {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(patch);
        CharBuffer out = CharBuffer.allocate(patch.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += patch[i] == '\n' ? 1 : 0;
            }
            throw DiffRefused.malformed(line, "the patch is no UTF-8");
        }
        return out.flip().toString();
    }

    boolean atEnd() {
        return at >= lines.size();
    }

    /** The line, and on to the next. */
    String take() {
        return lines.get(at++);
    }

    void next() {
        at++;
    }

    String line() {
        return lines.get(at);
    }

    /** The line so many further up; empty where there is none. */
    String above(int back) {
        return at - back >= 0 ? lines.get(at - back) : "";
    }

    /** The line's number, counted from 1. */
    int number() {
        return at + 1;
    }

    boolean startsWith(String prefix) {
        return !atEnd() && line().startsWith(prefix);
    }

    boolean isBlank() {
        return !atEnd() && line().isBlank();
    }

    /** The line as it may stand in a message. */
    String shown() {
        return atEnd() ? "(end of the patch)" : Untrusted.line(line(), SHOWN_CHARS);
    }
}
