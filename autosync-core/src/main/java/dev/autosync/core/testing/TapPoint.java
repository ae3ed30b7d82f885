package dev.autosync.core.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line {@code ok} or {@code not ok}.
 *
 * @param ok which of the two
 * @param number of the test, empty if it has none
 * @param description without its directive and the time that some write behind it
 * @param directive {@code SKIP}, {@code TODO} or nothing
 * @param reason of the directive
 * @param opensSubtest whether the lines of a subtest follow it (a brace at its end, as node-tap writes)
 */
record TapPoint(boolean ok, String number, String description, String directive, String reason, boolean opensSubtest) {
    private static final Pattern POINT = Pattern.compile("(not )?ok(?=\\s|$)(?:\\s+(\\d+)(?=\\s|$))?(?:\\s+-(?=\\s|$))?\\s*(.*)", Pattern.DOTALL);
    /* A TODO excuses a failure, so it must be one: neither "#todos" nor "C#todo". */
    private static final Pattern DIRECTIVE = Pattern.compile("(?<!\\\\)#\\s*(SKIP)\\S*\\s*|(?<!\\S)#\\s*(TODO)(?=[\\s:,;(]|$):?\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("\\s#\\s*time=\\S+\\s*$");

    /** The line as a point; null if it is none. */
    static @Nullable TapPoint parse(String line) {
        Matcher point = POINT.matcher(line);
        if (!point.matches()) {
            return null;
        }
        String said = point.group(3);
        boolean opens = said.endsWith("{");
        said = opens ? said.substring(0, said.length() - 1).stripTrailing() : said;
        said = TIME.matcher(said).replaceFirst("");
        String directive = "";
        String reason = "";
        Matcher found = DIRECTIVE.matcher(said);
        if (found.find()) {
            directive = found.group(1) == null ? "TODO" : "SKIP";
            reason = said.substring(found.end());
            said = said.substring(0, found.start());
        }
        return new TapPoint(point.group(1) == null, point.group(2) == null ? "" : point.group(2),
                said.strip().replaceAll("\\\\([#\\\\])", "$1"), directive, reason.strip(), opens);
    }
}
