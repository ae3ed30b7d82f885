package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.json.JsonFile;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonSection;
import dev.autosync.patch.Patch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads patch files, as {@code patch.schema.json} describes them: one patch, or a list of patches. */
public final class PatchFiles {
    /** Formats whose content is no JSON, so that a JSON value instead of a text is a mistake. */
    private static final Set<String> TEXT_FORMATS = Set.of("unified-diff", "apply-patch", "search-replace", "write-file", "delete-file", "move-file");

    private final FilePort files;

    /** A reader. */
    public PatchFiles(FilePort files) {
        this.files = files;
    }

    /**
     * Reads a file, or the {@code *.json} files of a folder in the order of their names.
     *
     * @param path a file or a folder
     * @param name what messages call it
     * @throws AutoSyncException {@link ErrorCode#CONFIG_NOT_FOUND} if nothing is there; with code and place if a file is not as it should be
     */
    public List<Patch> read(Path path, String name) {
        if (!Files.isDirectory(path)) {
            return file(path, name);
        }
        List<Patch> patches = new ArrayList<>();
        jsonFiles(path, name).forEach(file -> patches.addAll(file(file, name + "/" + file.getFileName())));
        return patches;
    }

    /** The {@code *.json} files of a folder in the order of their names. */
    public static List<Path> jsonFiles(Path folder, String name) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*.json")) {
            children.forEach(found::add);
        } catch (IOException e) {
            throw new AutoSyncException(ErrorCode.CONFIG_UNREADABLE, "cannot be listed: " + e, Location.of(name), e);
        }
        Collections.sort(found);
        return found;
    }

    private List<Patch> file(Path file, String name) {
        JsonSection json = JsonFile.read(files, file, name).orElseThrow(() -> new AutoSyncException(ErrorCode.CONFIG_NOT_FOUND,
                "there is no such file or folder", Location.of(name), null));
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
        json.strings("needs").forEach(builder::needs);
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
