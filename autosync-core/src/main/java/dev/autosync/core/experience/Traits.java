package dev.autosync.core.experience;

import dev.autosync.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a patch before it is run.
 *
 * @param format its format
 * @param author who made it; empty if nobody says
 * @param bytes how long it is; below 0 if that is not known
 */
public record Traits(String format, String author, int bytes) {

    /** What is known of a patch. */
    static Traits of(Patch patch) {
        return new Traits(patch.format(), patch.author(), patch.size());
    }

    /** The classes that it belongs to, the widest first: its format, its author, both, and of these those of about its size (a factor of 16). */
    List<List<Object>> classes() {
        List<List<Object>> classes = new ArrayList<>();
        classes.add(List.of("format", format));
        if (!author.isEmpty()) {
            classes.add(List.of("author", author));
            classes.add(List.of("both", format, author));
        }
        if (bytes >= 0) {
            classes.add(List.of("size", format, author, (Integer.SIZE - Integer.numberOfLeadingZeros(bytes)) / 4));
        }
        return classes;
    }
}
