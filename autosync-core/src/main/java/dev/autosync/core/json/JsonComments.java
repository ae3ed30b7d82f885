package dev.autosync.core.json;

/** The comments that JSON with comments has: from {@code //} to the end of the line, and between {@code /*} and {@code *}{@code /}. */
public final class JsonComments {

    private JsonComments() {}

    /**
     * Where a comment ends.
     *
     * @param text any text
     * @param slash where a slash stands
     * @return for a comment of a line the offset of the line break or of the end of the text, for the other the offset behind it;
     *     -1 if no comment begins there, or if it does not end
     */
    public static int end(String text, int slash) {
        if (text.startsWith("//", slash)) {
            int i = slash + 2;
            while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                i++;
            }
            return i;
        }
        if (!text.startsWith("/*", slash)) {
            return -1;
        }
        int close = text.indexOf("*/", slash + 2);
        return close < 0 ? -1 : close + 2;
    }
}
