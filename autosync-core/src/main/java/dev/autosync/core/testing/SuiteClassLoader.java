package dev.autosync.core.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one run. What lies in the suite's folders comes from there, even if this process has a class of that name:
 * the tests must judge the tree and not a copy of it that the process was started with. All else, JUnit first of all, comes from the
 * process, or from the suite's jars if the process does not have it.
 */
final class SuiteClassLoader extends URLClassLoader {
    static final String PLATFORM_PROPERTIES = "junit-platform.properties";

    static {
        registerAsParallelCapable();
    }

    private final List<Path> folders;

    private SuiteClassLoader(URL[] urls, List<Path> folders, ClassLoader parent) {
        super("autosync-suite", urls, parent);
        this.folders = folders;
    }

    static SuiteClassLoader of(List<Path> entries, ClassLoader parent) throws IOException {
        // Folders first, so that what is asked of them is not answered by a jar.
        List<Path> folders = entries.stream().filter(Files::isDirectory).distinct().toList();
        List<Path> jars = entries.stream().filter(Files::isRegularFile).distinct().toList();
        URL[] urls = new URL[folders.size() + jars.size()];
        int i = 0;
        for (Path entry : folders) {
            urls[i++] = entry.toUri().toURL();
        }
        for (Path entry : jars) {
            urls[i++] = entry.toUri().toURL();
        }
        return new SuiteClassLoader(urls, folders, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || !hasInFolders(name.replace('.', '/') + ".class")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return hasInFolders(name) ? findResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        // The settings of this process are for its own tests.
        return name.equals(PLATFORM_PROPERTIES) ? findResources(name) : super.getResources(name);
    }

    /** Whether one of the suite's folders has a file of that name. */
    boolean hasInFolders(String name) {
        try {
            return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(name)));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
