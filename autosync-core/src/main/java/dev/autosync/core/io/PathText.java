package dev.autosync.core.io;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as texts from which the same file is found again, whatever bytes the name is made of and whatever the locale can spell.
 *
 * <p>A name is read as UTF-8; each byte that is none becomes one of the lone surrogates U+DC80 to U+DCFF. Two different names have two different
 * texts, and a text that no name has is refused. Source: PEP 383 (surrogateescape).
 */
public final class PathText {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final boolean SPELLS_UTF_8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));
    private static final int ESCAPE = 0xdc00;
    private static final char REPLACED = '\ufffd';

    private PathText() {}

    /** The text of a path below a folder, with {@code /}; empty for the folder itself. */
    public static String of(Path folder, Path below) {
        return of(folder.relativize(below));
    }

    /** The text of a relative path, with {@code /}: of a name, or of where a symbolic link leads. */
    public static String of(Path path) {
        String text = path.toString();
        if (WINDOWS) {
            return text.replace('\\', '/');
        }
        return isFaithful(text) ? text : decode(bytes(path));
    }

    /**
     * The path of a text below a folder.
     *
     * @throws InvalidPathException if no file of this system can have such a name
     */
    public static Path resolve(Path folder, String text) {
        if (WINDOWS || isSpellable(text)) {
            return folder.resolve(text);
        }
        return Path.of(URI.create("file://" + rawPath(folder) + (text.startsWith("/") ? "" : "/") + escape(text)));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : encode(text)) {
            escaped.append(b == '/' ? "/" : String.format("%%%02X", b & 0xff));
        }
        return escaped.toString();
    }

    /**
     * The path of a text as a symbolic link keeps it: relative to nothing, or absolute. {@link Path#of} leaves out slashes that lead nowhere; here one
     * at the end is kept, and two between names. More are not ({@link #isExact}): nothing in Java makes such a path.
     */
    public static Path target(String text) {
        if (WINDOWS || isSpellable(text) && !text.endsWith("/") && !text.contains("//")) {
            return Path.of(text);
        }
        Path whole = null;
        String[] pieces = text.split("//", -1);
        for (int i = 0; i < pieces.length; i++) {
            boolean first = whole == null;
            String names = first ? pieces[i] : pieces[i].replaceFirst("^/+", "");
            if (!names.isEmpty()) {
                boolean absolute = first && text.startsWith("/");
                Path piece = piece(names, i < pieces.length - 1 || names.endsWith("/"), absolute);
                whole = whole == null ? piece : whole.resolve(piece);
            }
        }
        return whole == null ? Path.of("/") : whole;
    }

    /** Of the slashes that a URI ends with one is kept. */
    private static Path piece(String names, boolean slash, boolean absolute) {
        Path piece = Path.of(URI.create("file://" + (names.startsWith("/") ? "" : "/") + escape(names) + (slash ? "//" : "")));
        return absolute || piece.getNameCount() == 0 ? piece : piece.subpath(0, piece.getNameCount());
    }

    /** Whether a link can be made that leads exactly there. */
    public static boolean isExact(String target) {
        return of(target(target)).equals(target);
    }

    /** The bytes of a text as the file system has them; everything but a name's escapes is UTF-8. */
    public static byte[] encode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            if (isEscape(c)) {
                bytes.write(c - ESCAPE);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new InvalidPathException(text, "half a character", i);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(c);
        }
        byte[] encoded = bytes.toByteArray();
        if (hasEscapes(text) && !decode(encoded).equals(text)) {
            throw new InvalidPathException(text, "it spells another name in a second way");
        }
        return encoded;
    }

    /** The text of a name's bytes. */
    public static String decode(byte[] name) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer out = CharBuffer.allocate(name.length);
        while (true) {
            CoderResult result = utf8.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE + (in.get() & 0xff)));
            }
        }
    }

    /** Whether a character stands for a byte of a name that is not UTF-8. */
    public static boolean isEscape(int c) {
        return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
    }

    private static boolean hasEscapes(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Whether what the JDK made of a name tells all of it. */
    private static boolean isFaithful(String text) {
        return SPELLS_UTF_8 ? text.indexOf(REPLACED) < 0 : isAscii(text);
    }

    private static boolean isSpellable(String text) {
        return SPELLS_UTF_8 ? !hasEscapes(text) : isAscii(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(Path path) {
        String raw = rawPath(Path.of("/").resolve(path));
        return unescape(path.isAbsolute() ? raw : raw.substring(1));
    }

    /** The path of a file's URI, whose bytes no locale has touched; without the slash that the URI of a folder ends with. */
    private static String rawPath(Path path) {
        String raw = path.toUri().getRawPath();
        return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
    }

    private static byte[] unescape(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
