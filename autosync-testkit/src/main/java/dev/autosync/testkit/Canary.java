package dev.autosync.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A secret that must not be found anywhere, in none of the forms in which secrets leave a program. */
final class Canary {
    static final String SECRET = "canary_Zq8+w/7=fJ2&kX4%mV9";

    private static final List<String> FORMS = forms();

    private Canary() {}

    /** Code that may fail. */
    interface Code {
        void run() throws Exception;
    }

    /** Runs code, and searches what it prints. The standard streams are exchanged meanwhile. */
    static void listen(Code code) throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(trap);
        System.setErr(trap);
        try {
            code.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        search("the standard streams", printed.toString(StandardCharsets.UTF_8));
    }

    static void search(String where, Object value) {
        search(where, String.valueOf(value));
    }

    /** With its causes, those that were suppressed, and the stack. */
    static void search(String where, Exception thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        search(where, trace.toString());
    }

    static void search(String where, Map<String, byte[]> files) {
        files.forEach((name, bytes) -> {
            search("the names of " + where, name);
            search(where + ": " + name, new String(bytes, StandardCharsets.ISO_8859_1));
        });
    }

    private static void search(String where, String text) {
        for (String form : FORMS) {
            if (text.contains(form)) {
                // Without the text: it may be a real secret beside the canary.
                fail("the secret is found in " + where + ", as " + form);
            }
        }
    }

    /** Base64 in all three places of a group of three bytes, but for the digits that depend on the neighbours. */
    private static List<String> forms() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>();
        forms.add(SECRET);
        String percent = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        forms.add(percent);
        forms.add(Pattern.compile("%..").matcher(percent).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                forms.add(encoder.encodeToString(shifted).substring(before == 0 ? 0 : 4, shifted.length / 3 * 4));
            }
        }
        return forms;
    }
}
