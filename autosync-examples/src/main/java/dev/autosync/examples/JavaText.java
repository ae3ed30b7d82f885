package dev.autosync.examples;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java source text with the places that are not code blanked out. */
final class JavaText {
    /** Text blocks before strings; a string or comment that does not end is left to the compiler to complain about. */
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\"(?:[^\\\\]|\\\\.)*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private JavaText() {}

    /** The same text, each character of a comment, a string or a character literal a space, line ends kept: offsets stay. */
    static String codeOnly(String text) {
        Matcher matcher = NOT_CODE.matcher(text);
        return matcher.replaceAll(JavaText::blank);
    }

    private static String blank(MatchResult place) {
        return place.group().replaceAll("[^\\n]", " ");
    }
}
