package dev.autosync.core.testing;

import java.util.List;

/** Texts in a fingerprint. */
final class Quoted {
    private Quoted() {}

    /** Quoted so that no two lists look alike and that the whole stays one line. */
    static String list(List<String> texts) {
        StringBuilder all = new StringBuilder("[");
        for (String text : texts) {
            all.append('"');
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\') {
                    all.append('\\').append(c);
                } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                    all.append(String.format("\\u%04x", (int) c));
                } else {
                    all.append(c);
                }
            }
            all.append('"');
        }
        return all.append(']').toString();
    }
}
