package dev.autosync.core.patch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the file indents what a patch indents otherwise, so that added lines stand as deep as those around them. Where the lines that
 * both have say different things of one indentation, nothing is changed.
 */
final class Indents {
    private final Map<String, String> inFile = new LinkedHashMap<>();
    private boolean isConsistent = true;

    /** Learns from lines that are the same but for their white space. */
    void learn(String ofPatch, String ofFile) {
        if (ofPatch.isBlank() || ofFile.isBlank()) {
            return;
        }
        String known = inFile.putIfAbsent(indent(ofPatch), indent(ofFile));
        isConsistent &= known == null || known.equals(indent(ofFile));
    }

    /** Whether the file indents anything otherwise, in a way that can be followed. */
    boolean differ() {
        return isConsistent && inFile.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(entry.getValue()));
    }

    /** An added line as the file would have it: the longest indentation that is known gives way to the file's. */
    String adapt(String line) {
        if (!differ() || line.isBlank()) {
            return line;
        }
        String indent = indent(line);
        String best = null;
        for (String known : List.copyOf(inFile.keySet())) {
            if (indent.startsWith(known) && (best == null || known.length() > best.length())) {
                best = known;
            }
        }
        return best == null ? line : inFile.get(best) + line.substring(best.length());
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
