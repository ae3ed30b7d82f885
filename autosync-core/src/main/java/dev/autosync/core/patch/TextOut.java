package dev.autosync.core.patch;

/** A text that is put together from spans of others, its length known before. Not safe to share. */
final class TextOut {
    private final char[] characters;
    private int used;

    TextOut(int length) {
        characters = new char[length];
    }

    void append(String text) {
        append(text, 0, text.length());
    }

    void append(String text, int from, int to) {
        if (to - from <= 4) {
            for (int i = from; i < to; i++) {
                characters[used++] = text.charAt(i);
            }
            return;
        }
        text.getChars(from, to, characters, used);
        used += to - from;
    }

    /** What was put together, all of it. */
    @Override
    public String toString() {
        return new String(characters, 0, used);
    }
}
