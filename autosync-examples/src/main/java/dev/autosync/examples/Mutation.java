package dev.autosync.examples;

/**
 * A small change of meaning at one place of a file, with the lines around it.
 *
 * @param path the file
 * @param line the line that changes, counted from one
 * @param description what changes, for people
 * @param before the line and those around it
 * @param after the same lines with the change
 */
record Mutation(String path, int line, String description, String before, String after) {

    /** Whether the text has these lines, once. */
    boolean fits(String text) {
        int place = text.indexOf(before);
        return place >= 0 && text.indexOf(before, place + 1) < 0;
    }

    /** The text with the change. */
    String apply(String text) {
        if (!fits(text)) {
            throw new IllegalArgumentException("the lines around line " + line + " of " + path + " are not there, or more than once");
        }
        return text.replace(before, after);
    }

    /** The mutation as a change of a tree. */
    FileChange in(SourceTree tree) {
        String text = tree.text(path);
        if (text == null) {
            throw new IllegalArgumentException(path + " is not there");
        }
        return new FileChange(path, text, apply(text));
    }
}
