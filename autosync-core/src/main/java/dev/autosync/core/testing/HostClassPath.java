package dev.autosync.core.testing;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the classes of this process come from, as far as that can be known: tests are compiled against them. */
final class HostClassPath {
    private HostClassPath() {}

    /**
     * The class path, the module path and what class loaders above {@code loader} say, for build tools start programs in loaders of
     * their own.
     */
    static List<Path> of(@Nullable ClassLoader loader) {
        Set<Path> entries = new LinkedHashSet<>();
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            if (next instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    add(entries, url);
                }
            }
        }
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    entries.add(Path.of(entry));
                }
            }
        }
        entries.removeIf(entry -> !Files.exists(entry));
        return new ArrayList<>(entries);
    }

    private static void add(Set<Path> entries, URL url) {
        if (url.getProtocol().equals("file")) {
            try {
                entries.add(Path.of(url.toURI()));
            } catch (URISyntaxException | IllegalArgumentException e) {
                // An address that is no file helps no compiler.
            }
        }
    }
}
