package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchLimits;
import dev.autosync.spi.PatchFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads patch files: {@code *.json} as {@code patch.schema.json} describes them, one patch or a list of patches; and files that are a patch
 * themselves, known by the end of their name.
 */
public final class PatchFiles {
    /** Formats whose content is no JSON, so that a JSON value instead of a text is a mistake. */
    private static final Set<String> TEXT_FORMATS = Set.of("unified-diff", "apply-patch", "search-replace", "write-file", "delete-file", "move-file");
    private static final String JSON = ".json";
    private static final int MAX_ID = 200;

    private final FilePort files;
    private final PatchFormats formats;
    private final PatchLimits limits;
    private final Map<String, String> fileOfId = new HashMap<>();
    private long bytes;

    /**
     * A reader, for one batch.
     *
     * @param formats the formats that are known
     * @param limits how large the batch may be
     */
    public PatchFiles(FilePort files, PatchFormats formats, PatchLimits limits) {
        this.files = files;
        this.formats = formats;
        this.limits = limits;
    }

    /**
     * Reads a file, or the patch files of a folder in the order of their names.
     *
     * @param path a file or a folder
     * @param name what messages call it
     * @throws AutoSyncException {@link ErrorCode#CONFIG_NOT_FOUND} if nothing is there; {@link ErrorCode#BATCH_INVALID} if two patches have one id;
     *     {@link ErrorCode#PATCH_LIMIT} if there is too much; with code and place if a file is not as it should be
     */
    public List<Patch> read(Path path, String name) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "lies in a file system of " + path.getFileSystem().provider().getScheme()
                    + ": patches are read from the default one. Copy them there", Location.of(name), null);
        }
        if (!Files.isDirectory(path)) {
            return file(path, name);
        }
        List<Patch> patches = new ArrayList<>();
        for (Path file : filesIn(path, name, this::isPatchFile)) {
            patches.addAll(file(file, name + "/" + file.getFileName()));
        }
        return patches;
    }

    private boolean isPatchFile(String fileName) {
        return fileName.endsWith(JSON) || formats.ofFile(fileName).isPresent();
    }

    /** The files of a folder with certain names, in the order of these. */
    public static List<Path> filesIn(Path folder, String name, Predicate<String> wanted) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (wanted.test(String.valueOf(child.getFileName()))) {
                    found.add(child);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be listed: " + e, Location.of(name), e);
        }
        Collections.sort(found);
        return found;
    }

    private List<Patch> file(Path file, String name) {
        long size = file.toFile().length();
        if (size > limits.maxBatchBytes() - bytes) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "makes the patch files more than " + limits.maxBatchBytes()
                    + " bytes together. Take some away, or set patchLimits.maxBatchBytes", Location.of(name), null);
        }
        bytes += size;
        String fileName = String.valueOf(file.getFileName());
        Optional<PatchFormat> format = fileName.endsWith(JSON) ? Optional.empty() : formats.ofFile(fileName);
        List<Patch> patches = format.isPresent() ? List.of(plain(file, name, format.get())) : json(file, name);
        for (Patch patch : patches) {
            String other = fileOfId.put(patch.id(), name);
            if (other != null) {
                throw new AutoSyncException(ErrorCode.BATCH_INVALID, "the id '" + patch.id() + "' is that of another patch"
                        + (other.equals(name) ? "" : ", in " + other) + "; give each its own", Location.of(name), null);
            }
        }
        if (fileOfId.size() > limits.maxPatches()) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "makes the patches more than " + limits.maxPatches()
                    + ". Take some away, or set patchLimits.maxPatches", Location.of(name), null);
        }
        return patches;
    }

    /** A file that is a patch itself. */
    private Patch plain(Path file, String name, PatchFormat format) {
        byte[] content;
        try {
            content = files.read(file, limits.maxPatchBytes()).orElseThrow(() -> missing(name)).bytes();
        } catch (FilePort.TooLargeException e) {
            throw new AutoSyncException(ErrorCode.PATCH_LIMIT, "has more than " + limits.maxPatchBytes() + " bytes, the limit of a patch",
                    Location.of(name), e);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be read: " + e.getMessage(), Location.of(name), e);
        }
        String fileName = String.valueOf(file.getFileName());
        PatchHeader header = PatchHeader.read(content);
        return Patch.builder(id(fileName.substring(0, fileName.lastIndexOf('.'))), format.name()).content(content).author(header.author())
                .description(header.subject()).build();
    }

    /** A name as an id: what no id may hold becomes a hyphen. */
    private static String id(String name) {
        StringBuilder id = new StringBuilder();
        name.codePoints().forEach(c -> id.appendCodePoint(Character.isLetter(c) || Character.isDigit(c) || "._/+@:#-".indexOf(c) >= 0 ? c : '-'));
        return id.isEmpty() ? "-" : id.substring(0, id.offsetByCodePoints(0, Math.min(MAX_ID, id.codePointCount(0, id.length()))));
    }

    private static AutoSyncException missing(String name) {
        return new AutoSyncException(ErrorCode.CONFIG_NOT_FOUND, "there is no such file or folder", Location.of(name), null);
    }

    private List<Patch> json(Path file, String name) {
        JsonSection json = JsonFile.read(files, file, name).orElseThrow(() -> missing(name));
        json.version(1);
        List<Patch> patches = new ArrayList<>();
        if (json.value("patches").isPresent()) {
            json.elements("patches").forEach(node -> {
                JsonSection section = JsonSection.of(node);
                patches.add(patch(section));
                section.done();
            });
        } else {
            patches.add(patch(json));
        }
        json.done();
        return patches;
    }

    private static Patch patch(JsonSection json) {
        String id = json.requiredString("id");
        Patch.Builder builder;
        try {
            builder = Patch.builder(id, json.requiredString("format"));
        } catch (IllegalArgumentException e) {
            throw json.invalid("id", String.valueOf(e.getMessage()));
        }
        json.string("target").ifPresent(builder::target);
        json.string("description").ifPresent(builder::description);
        json.string("author").ifPresent(builder::author);
        json.section("options").ifPresent(options -> options(options, json.required("options"), builder));
        json.strings("needs").forEach(builder::needs);
        json.strings("emptyFolders").forEach(builder::emptyFolders);
        json.section("expects").ifPresent(expects -> expects(expects, json.required("expects"), builder));
        json.string("expectedSha256").ifPresent(hex -> {
            try {
                builder.expectedSha256(hex);
            } catch (IllegalArgumentException e) {
                throw json.invalid("expectedSha256", "must be 64 hexadecimal digits");
            }
        });
        if (json.value("expectedSha256").isPresent() && json.value("target").isEmpty()) {
            throw json.invalid("expectedSha256", "is the hash of the 'target', which is missing");
        }
        boolean base64 = json.string("encoding").map(encoding -> {
            if (!encoding.equals("utf-8") && !encoding.equals("base64")) {
                throw json.invalid("encoding", "must be utf-8 or base64");
            }
            return encoding.equals("base64");
        }).orElse(false);
        Optional<JsonNode> content = json.value("content");
        List<String> lines = json.strings("lines");
        if (content.isPresent() && json.value("lines").isPresent()) {
            throw json.invalid("lines", "stands beside 'content'; write one of the two");
        }
        if (base64 && content.isEmpty()) {
            throw json.invalid("encoding", "base64 is for 'content', which is missing");
        }
        if (content.isEmpty() && json.value("lines").isEmpty() && json.requiredString("format").equals("write-file")) {
            // An empty file is asked for by an empty content; its absence is a slip that would empty the target.
            throw json.missing("content");
        }
        builder.content(content.map(node -> content(json, node, base64))
                .orElseGet(() -> lines.stream().map(line -> line + "\n").collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8)));
        return builder.build();
    }

    private static void options(JsonSection options, JsonNode node, Patch.Builder builder) {
        for (JsonNode.Member member : node.members()) {
            JsonNode value = options.required(member.name());
            switch (value.kind()) {
                case STRING -> builder.option(member.name(), value.text());
                case NUMBER, BOOLEAN -> builder.option(member.name(), value.raw());
                default -> throw JsonSection.wrongType(value, "a text, a number, true or false");
            }
        }
        options.done();
    }

    private static void expects(JsonSection expects, JsonNode node, Patch.Builder builder) {
        for (JsonNode.Member member : node.members()) {
            JsonNode value = expects.required(member.name());
            if (value.kind() == JsonNode.Kind.NULL) {
                builder.expectsAbsent(member.name());
            } else if (value.kind() == JsonNode.Kind.STRING && value.text().matches("[0-9a-fA-F]{64}")) {
                builder.expects(member.name(), value.text());
            } else {
                throw JsonSection.wrongType(value, "64 hexadecimal digits, or null for a file that must not be there");
            }
        }
        expects.done();
    }

    /** A text; or for the JSON formats the value itself, exactly as it is written. */
    private static byte[] content(JsonSection json, JsonNode content, boolean base64) {
        if (content.kind() != JsonNode.Kind.STRING && TEXT_FORMATS.contains(json.requiredString("format"))) {
            throw JsonSection.wrongType(content, "a text; a list of lines is called 'lines'");
        }
        String text = content.kind() == JsonNode.Kind.STRING ? content.text() : content.raw();
        if (!base64) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (content.kind() != JsonNode.Kind.STRING) {
            throw JsonSection.wrongType(content, "a text, because its encoding is base64");
        }
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw json.invalid("content", "is not base64: " + e.getMessage());
        }
    }
}
