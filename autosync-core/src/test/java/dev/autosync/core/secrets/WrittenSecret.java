package dev.autosync.core.secrets;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A secret as a program wrote it into a text, by encoders that are not the redactor's.
 *
 * @param text what the program wrote, perhaps with more than the secret
 * @param telling the part of it that tells the secret
 */
record WrittenSecret(String text, String telling) {
    /** Ways in which what was written is shown. */
    static final Map<String, UnaryOperator<String>> SHOWN = shown();

    /** Ways of writing by name; the random source decides what stands around the secret. */
    static final Map<String, BiFunction<String, Random, WrittenSecret>> WAYS = ways();

    static WrittenSecret whole(String text) {
        return new WrittenSecret(text, text);
    }

    private static Map<String, BiFunction<String, Random, WrittenSecret>> ways() {
        Map<String, BiFunction<String, Random, WrittenSecret>> ways = new LinkedHashMap<>();
        ways.put("raw", (secret, random) -> whole(secret));
        ways.put("base64", (secret, random) -> base64(Base64.getEncoder(), secret, random));
        ways.put("base64url", (secret, random) -> base64(Base64.getUrlEncoder(), secret, random));
        ways.put("base64url without padding", (secret, random) -> base64(Base64.getUrlEncoder().withoutPadding(), secret, random));
        ways.put("git user", (secret, random) -> whole(Base64.getEncoder()
                .encodeToString(("x-access-token:" + secret).getBytes(StandardCharsets.UTF_8))));
        ways.put("form", (secret, random) -> whole(URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        ways.put("form in lower case", (secret, random) -> whole(lower(URLEncoder.encode(secret, StandardCharsets.UTF_8))));
        ways.put("percent", (secret, random) -> whole(percent(secret)));
        ways.put("percent in lower case", (secret, random) -> whole(lower(percent(secret))));
        ways.put("path", (secret, random) -> whole(path(secret)));
        ways.put("hex", (secret, random) -> whole(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))));
        ways.put("HEX", (secret, random) -> whole(HexFormat.of().withUpperCase().formatHex(secret.getBytes(StandardCharsets.UTF_8))));
        ways.put("shell", (secret, random) -> whole("'" + secret.replace("'", "'\\''") + "'"));
        ways.put("python's shell", (secret, random) -> whole("'" + secret.replace("'", "'\"'\"'") + "'"));
        SHOWN.forEach((name, how) -> ways.put(name, (secret, random) -> whole(how.apply(secret))));
        return ways;
    }

    private static Map<String, UnaryOperator<String>> shown() {
        Map<String, UnaryOperator<String>> shown = new LinkedHashMap<>();
        shown.put("as it is", text -> text);
        shown.put("JSON", text -> jackson(text, false, false));
        shown.put("JSON with slashes", text -> jackson(text, false, true));
        shown.put("JSON in ASCII", text -> jackson(text, true, false));
        shown.put("JSON in ASCII, lower case", text -> lowerEscapes(jackson(text, true, true)));
        shown.put("HTML", text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;"));
        shown.put("XML", text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&apos;"));
        return shown;
    }

    /** What stands before and behind is changed, to see which characters tell the secret whatever it is. */
    private static WrittenSecret base64(Base64.Encoder encoder, String secret, Random random) {
        byte[] before = new byte[random.nextInt(7)];
        byte[] behind = new byte[random.nextInt(5)];
        String zeros = encoder.encodeToString(join(before, secret, behind));
        Arrays.fill(before, (byte) 0xFF);
        Arrays.fill(behind, (byte) 0xFF);
        String ones = encoder.encodeToString(join(before, secret, behind));
        int from = 0;
        int to = zeros.length();
        int bits = before.length * 8;
        while (from < zeros.length() && from * 6 < bits) {
            from++;
        }
        while (to > from && zeros.charAt(to - 1) != ones.charAt(to - 1)) {
            to--;
        }
        if (behind.length > 0) {
            to = Math.min(to, (before.length + secret.getBytes(StandardCharsets.UTF_8).length) * 8 / 6);
        }
        random.nextBytes(before);
        random.nextBytes(behind);
        return new WrittenSecret(encoder.encodeToString(join(before, secret, behind)), zeros.substring(from, to));
    }

    private static byte[] join(byte[] before, String secret, byte[] behind) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(before);
        joined.writeBytes(secret.getBytes(StandardCharsets.UTF_8));
        joined.writeBytes(behind);
        return joined.toByteArray();
    }

    /** RFC 3986: what is not unreserved is escaped. */
    private static String percent(String secret) {
        return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String path(String secret) {
        try {
            // With a host: what begins with two slashes would else be taken for one.
            return new URI("https", "host", "/" + secret, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            return percent(secret);
        }
    }

    private static String jackson(String text, boolean ascii, boolean slashes) {
        JsonFactory factory = JsonFactory.builder().configure(JsonWriteFeature.ESCAPE_NON_ASCII, ascii)
                .configure(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, slashes).build();
        StringWriter out = new StringWriter();
        try (var generator = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeString(text);
        }
        return out.toString().substring(1, out.toString().length() - 1);
    }

    private static String lower(String encoded) {
        return Pattern.compile("%..").matcher(encoded).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    private static String lowerEscapes(String json) {
        return Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*\\\\u)(....)").matcher(json)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1) + escape.group(2).toLowerCase(Locale.ROOT)));
    }
}
