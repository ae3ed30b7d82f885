package dev.autosync.core.io;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a file system takes names: as they are, or for one where case or Unicode's normal form alone differ, as those of macOS and Windows do.
 *
 * @param folding whether names that differ so are one
 * @param toldByRealPath whether {@link Path#toRealPath} answers with the name that the folder has; on Linux it answers with the one that was asked for
 */
public record Spelling(boolean folding, boolean toldByRealPath) {

    /** Names are as they are. */
    public static final Spelling EXACT = new Spelling(false, true);

    /** Tries it out on a folder, which is there. */
    static Spelling of(Path folder) {
        Path other = folder.resolveSibling(String.valueOf(folder.getFileName()).toUpperCase(Locale.ROOT));
        try {
            // Not Files.isSameFile: a file system in user space may give one file a number for each of its spellings.
            boolean folding = Files.exists(other, NOFOLLOW_LINKS) && !siblings(other).contains(other.getFileName());
            return folding ? new Spelling(true, other.toRealPath(NOFOLLOW_LINKS).endsWith(folder.getFileName())) : EXACT;
        } catch (IOException e) {
            return EXACT;
        }
    }

    /** The same for names that are one. */
    public String key(String path) {
        return folding ? Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT) : path;
    }

    /**
     * The name that its folder has for what is there.
     *
     * @return empty if it is exactly the one that was asked for
     */
    public Optional<Path> otherwise(Path file) throws IOException {
        if (!folding) {
            return Optional.empty();
        }
        Path asked = file.getFileName();
        if (toldByRealPath) {
            Path name = file.toRealPath(NOFOLLOW_LINKS).getFileName();
            return name.equals(asked) ? Optional.empty() : Optional.of(name);
        }
        Set<Path> siblings = siblings(file);
        String key = key(asked.toString());
        return siblings.contains(asked) ? Optional.empty() : siblings.stream().filter(name -> key(name.toString()).equals(key)).findFirst();
    }

    /** The names in the folder of a file. */
    private static Set<Path> siblings(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a file lies in a folder");
        Set<Path> names = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(sibling -> names.add(sibling.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
