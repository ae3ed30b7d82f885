package dev.autosync.store.json;

/**
 * A place that cannot be read.
 *
 * @param file the name of the file
 * @param line the line's number, from 1 on
 * @param why what is wrong with it
 * @param newer whether a newer version of AutoSync wrote it, so that it is no damage at all
 */
record Damage(String file, long line, String why, boolean newer) {
    private static final String NEWER = "a newer version of AutoSync wrote the line";

    static Damage of(SegmentFile file, long line, String why) {
        return new Damage(file.name(), line, why, false);
    }

    /** A line that is not what it should be. */
    static Damage of(String file, long line, Frame frame) {
        return switch (frame.state()) {
            case VALID -> new Damage(file, line, "the line is nothing that this version writes", false);
            case BROKEN -> new Damage(file, line, "the line is not what was written", false);
            case NEWER_VERSION -> new Damage(file, line, NEWER, true);
        };
    }

    static Damage missing(SegmentFile file, long line, long sequence) {
        return of(file, line, "event " + sequence + " is missing");
    }
}
