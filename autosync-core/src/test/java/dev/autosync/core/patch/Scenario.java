package dev.autosync.core.patch;

import dev.autosync.patch.FileContent;
import dev.autosync.patch.Patch;
import dev.autosync.spi.PatchPlan;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One sentence about a format: a patch, the files before, and the files after or the verdict.
 *
 * <p>A file {@code *.scenario} begins with the sentence. Each line {@code === kind argument | flags} begins a part, whose text is what follows:
 * {@code before} and {@code after} a file (its name ends in an asterisk if it may be executed), {@code patch}; {@code target} and
 * {@code option} of the patch, {@code verdict}, {@code says}, {@code places}, {@code nearest}, and {@code again} for the verdict of a second time,
 * which may change nothing in any case. Flags: crlf, mixed (every second line), open (no line end at the end), bom, latin-1, utf-16le, exact
 * (nothing but the escapes of CR and LF is a line end).
 */
record Scenario(String name, String sentence, List<Part> parts) {
    record Part(String kind, String argument, List<String> flags, String text) {}

    static List<Scenario> in(String folder) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources").resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                scenarios.add(read(file));
            }
        }
        return scenarios;
    }

    private static Scenario read(Path file) throws IOException {
        List<Part> parts = new ArrayList<>();
        String[] chunks = ("\n" + Files.readString(file)).split("\n=== ", -1);
        for (int i = 1; i < chunks.length; i++) {
            int newline = chunks[i].indexOf('\n');
            String head = newline < 0 ? chunks[i] : chunks[i].substring(0, newline);
            String text = newline < 0 ? "" : chunks[i].substring(newline + 1) + (i < chunks.length - 1 ? "\n" : "");
            String[] words = head.split(" \\| ", 2);
            int space = words[0].indexOf(' ');
            parts.add(new Part(space < 0 ? words[0] : words[0].substring(0, space), space < 0 ? "" : words[0].substring(space + 1),
                    words.length < 2 ? List.of() : List.of(words[1].split(" ")), text));
        }
        return new Scenario(file.getFileName().toString().replace(".scenario", ""), chunks[0].strip(), parts);
    }

    Patch patch(String format) {
        Patch.Builder builder = Patch.builder("p", format).content(bytes(part("patch").orElseThrow()));
        part("target").ifPresent(part -> builder.target(part.argument()));
        part("option").ifPresent(part -> builder.option(part.argument().split(" ")[0], part.argument().split(" ")[1]));
        return builder.build();
    }

    MapTree before() {
        return tree("before");
    }

    /** The files after; those before, unless there are edits. */
    MapTree after() {
        return verdict() == PatchPlan.Verdict.EDITS ? tree("after") : before();
    }

    PatchPlan.Verdict verdict() {
        return PatchPlan.Verdict.valueOf(part("verdict").orElseThrow().argument());
    }

    Optional<String> argument(String kind) {
        return part(kind).map(Part::argument);
    }

    private MapTree tree(String kind) {
        Map<String, FileContent> files = new TreeMap<>();
        parts.stream().filter(part -> part.kind().equals(kind)).forEach(part -> {
            boolean executable = part.argument().endsWith("*");
            files.put(executable ? part.argument().substring(0, part.argument().length() - 1) : part.argument(),
                    FileContent.of(bytes(part)).executable(executable));
        });
        MapTree tree = new MapTree();
        files.forEach((path, content) -> tree.content(path, Optional.of(content)));
        return tree;
    }

    private Optional<Part> part(String kind) {
        return parts.stream().filter(part -> part.kind().equals(kind)).findFirst();
    }

    private static byte[] bytes(Part part) {
        String text = part.text();
        if (part.flags().contains("exact")) {
            text = text.replace("\n", "").replace("\\r", "\r").replace("\\n", "\n");
        }
        if (part.flags().contains("open")) {
            text = text.substring(0, text.length() - 1);
        }
        if (part.flags().contains("mixed")) {
            StringBuilder mixed = new StringBuilder();
            String[] lines = text.split("\n");
            for (int i = 0; i < lines.length; i++) {
                mixed.append(lines[i]).append(i % 2 == 0 ? "\n" : "\r\n");
            }
            text = mixed.toString();
        }
        text = part.flags().contains("crlf") ? text.replace("\n", "\r\n") : text;
        Charset charset = part.flags().contains("latin-1") ? StandardCharsets.ISO_8859_1
                : part.flags().contains("utf-16le") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        boolean mark = part.flags().contains("bom") || part.flags().contains("utf-16le");
        return ((mark ? "\ufeff" : "") + text).getBytes(charset);
    }

    @Override
    public String toString() {
        return name + ": " + sentence;
    }
}
