package dev.autosync.core.patch;

import dev.autosync.spi.PatchFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The formats that are known, by name. Immutable. */
public final class PatchFormats {
    private final Map<String, PatchFormat> byName = new TreeMap<>();

    /** Formats with different names; see {@link #builtIn}. */
    public PatchFormats(List<PatchFormat> formats) {
        formats.forEach(format -> byName.put(format.name(), format));
    }

    /** The formats that AutoSync brings. */
    public static List<PatchFormat> builtIn() {
        return List.of(new JsonPatchFormat(), new MergePatchFormat(), new UnifiedDiffFormat(), new ApplyPatchFormat(),
                new SearchReplaceFormat(), new WriteFileFormat(), new DeleteFileFormat(), new MoveFileFormat());
    }

    /** A format. */
    public Optional<PatchFormat> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The format whose patches are known by the end of a file's name, the first by name if there are several. */
    public Optional<PatchFormat> ofFile(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return byName.values().stream().filter(format -> format.extensions().stream().anyMatch(end -> name.endsWith("." + end))).findFirst();
    }

    /** All names, in their order. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
