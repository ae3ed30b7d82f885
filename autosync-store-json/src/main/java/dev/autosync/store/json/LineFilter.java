package dev.autosync.store.json;

import dev.autosync.spi.EventQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells lines that cannot be asked for by their bytes, which is a good deal cheaper than to parse them. */
final class LineFilter {
    private final List<byte[]> parts = new ArrayList<>();

    LineFilter(EventQuery query) {
        add("subject", query.subject());
        add("cycle", query.cycle());
        add("kind", query.kind());
    }

    private void add(String member, Optional<String> value) {
        if (value.isPresent()) {
            StringBuilder part = new StringBuilder(",\"").append(member).append("\":");
            JsonText.string(part, value.get());
            parts.add(part.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** False only for a line that holds no event that is asked for. */
    boolean mayMatch(byte[] line, int length) {
        for (byte[] part : parts) {
            if (!contains(line, length, part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] line, int length, byte[] part) {
        for (int i = 0; i + part.length <= length; i++) {
            // The third byte, the first of the name, is rarer than those before it.
            if (line[i + 2] == part[2] && line[i + 3] == part[3] && Frame.has(line, length, i, part)) {
                return true;
            }
        }
        return false;
    }
}
