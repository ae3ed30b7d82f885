package dev.autosync.bench.culprit.real;

import dev.autosync.bench.WorkFolder;
import dev.autosync.examples.ReleasePatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project that patches are made for. Applies them without AutoSync. */
final class Project {
    private static final String MAIN = "src/main/";

    private final Map<String, byte[]> files;
    private final Map<String, String> main;

    Project(Map<String, byte[]> files) {
        this.files = files;
        this.main = files.entrySet().stream().filter(file -> file.getKey().startsWith(MAIN))
                .collect(Collectors.toMap(Map.Entry::getKey, file -> new String(file.getValue(), StandardCharsets.UTF_8)));
    }

    /** Writes the project with some patches into a folder, whatever is there. */
    void write(Path folder, Collection<ReleasePatch> patches) throws IOException {
        if (Files.exists(folder)) {
            WorkFolder.delete(folder);
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().startsWith(MAIN)) {
                Files.createDirectories(folder.resolve(file.getKey()).getParent());
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        }
        for (Map.Entry<String, String> file : with(patches).entrySet()) {
            Files.createDirectories(folder.resolve(file.getKey()).getParent());
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Whether a folder holds the main files of the project with some patches, and no others. */
    boolean isIn(Path folder, Collection<ReleasePatch> patches) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(MAIN))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return found.equals(with(patches));
    }

    /** Mutations come last: they are places in files, and what the release changes are whole files. */
    private Map<String, String> with(Collection<ReleasePatch> patches) {
        Map<String, String> texts = main;
        for (boolean mutations : new boolean[] {false, true}) {
            for (ReleasePatch patch : patches) {
                if (Mutants.isOne(patch) == mutations) {
                    texts = patch.effect().apply(texts);
                }
            }
        }
        return texts;
    }
}
