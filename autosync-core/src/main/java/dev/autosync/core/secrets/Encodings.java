package dev.autosync.core.secrets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The ways in which programs write a secret down. Threads: no state. */
final class Encodings {
    private static final String GIT_USER = "x-access-token:";

    /** Bytes of a secret in base64 stand at one of three places of a group; what is in front of them is anything. */
    private static final int ALIGNMENTS = 3;

    private static final String UNRESERVED = "-._~";
    private static final String SUB_DELIMS = "!$&'()*+,;=";

    /** RFC 3986; the same with form's blank; forms as the JDK writes them; encodeURIComponent; user info; path, also as java.net.URI. */
    private static final List<Percent> PERCENT = List.of(
            new Percent(UNRESERVED, false, false), new Percent(UNRESERVED, true, false), new Percent("-._*", true, false),
            new Percent(UNRESERVED + "!'()*", false, false), new Percent(UNRESERVED + SUB_DELIMS, false, false),
            new Percent(UNRESERVED + SUB_DELIMS + ":@/", false, false), new Percent(UNRESERVED + SUB_DELIMS + ":@/", false, true));

    /** Every way there is. */
    static final List<Encoding> ALL = List.of(Encodings::raw, Encodings::base64, Encodings::gitUser, Encodings::percent, Encodings::hex,
            Encodings::shell, Encodings::shown);

    private Encodings() {}

    static void raw(String value, Consumer<String> forms) {
        forms.accept(value);
    }

    /** RFC 4648, both alphabets. In the middle of a longer text only what depends on the secret alone can be known. */
    static void base64(String value, Consumer<String> forms) {
        byte[] bytes = utf8(value);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            for (int before = 0; before < ALIGNMENTS; before++) {
                ByteArrayOutputStream shifted = new ByteArrayOutputStream(bytes.length + before);
                shifted.write(new byte[before], 0, before);
                shifted.write(bytes, 0, bytes.length);
                String encoded = encoder.encodeToString(shifted.toByteArray());
                int from = (before * 8 + 5) / 6;
                int to = (before + bytes.length) * 8 / 6;
                forms.accept(encoded.substring(from, to));
                forms.accept(encoded.substring(from).replace("=", ""));
                forms.accept(encoded.substring(from));
            }
        }
    }

    /** What git sends to GitHub as HTTP Basic. */
    static void gitUser(String value, Consumer<String> forms) {
        byte[] bytes = utf8(GIT_USER + value);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.accept(encoder.encodeToString(bytes));
            forms.accept(encoder.withoutPadding().encodeToString(bytes));
        }
    }

    static void percent(String value, Consumer<String> forms) {
        for (Percent percent : PERCENT) {
            String encoded = percent.encode(value);
            forms.accept(encoded);
            forms.accept(percent.lowerCase(encoded));
        }
    }

    static void hex(String value, Consumer<String> forms) {
        String hex = HexFormat.of().formatHex(utf8(value));
        forms.accept(hex);
        forms.accept(hex.toUpperCase(Locale.ROOT));
    }

    /** Between apostrophes, two ways of writing one; between quotation marks; with a backslash before whatever a shell would read. */
    static void shell(String value, Consumer<String> forms) {
        forms.accept(value.replace("'", "'\\''"));
        forms.accept(value.replace("'", "'\"'\"'"));
        forms.accept(value.replaceAll("[\\\\\"$`]", "\\\\$0"));
        forms.accept(value.replaceAll("[^\\p{L}\\p{N}_@%+=:,./-]", "\\\\$0"));
    }

    /** What is shown may be shown again: a page that a server answered with, in a message, in a report. */
    static void shown(String value, Consumer<String> forms) {
        Renderings.ALL.forEach(rendering -> forms.accept(rendering.apply(value)));
    }

    private static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A habit of percent-encoding.
     *
     * @param kept the characters that stay as they are, beside letters and digits of ASCII
     * @param plus whether a blank becomes a plus sign
     * @param keepsOthers whether what is not ASCII stays as it is
     */
    private record Percent(String kept, boolean plus, boolean keepsOthers) {

        String encode(String value) {
            StringBuilder encoded = new StringBuilder();
            value.codePoints().forEach(point -> {
                if (point == ' ' && plus) {
                    encoded.append('+');
                } else if (stays(point)) {
                    encoded.appendCodePoint(point);
                } else {
                    for (byte b : utf8(Character.toString(point))) {
                        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                    }
                }
            });
            return encoded.toString();
        }

        /** The same with lower-case digits behind each percent sign; the sign itself is never kept, so each one is an escape. */
        String lowerCase(String encoded) {
            StringBuilder lower = new StringBuilder(encoded);
            for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 3)) {
                lower.setCharAt(i + 1, Character.toLowerCase(encoded.charAt(i + 1)));
                lower.setCharAt(i + 2, Character.toLowerCase(encoded.charAt(i + 2)));
            }
            return lower.toString();
        }

        private boolean stays(int point) {
            return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z' || point >= '0' && point <= '9'
                    || kept.indexOf(point) >= 0 || keepsOthers && point > 0x7F && !Character.isISOControl(point) && !Character.isSpaceChar(point);
        }
    }
}
