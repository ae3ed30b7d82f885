package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.text.NearestName;
import dev.autosync.core.text.Untrusted;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds plugins of one kind, by name. What is given goes first, then what AutoSync brings, then what the loaders know.
 *
 * @param <T> the factory's type
 */
final class Plugins<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
    private static final int MAX_FAILURES = 100;

    private final String kind;
    private final Function<T, String> nameOf;
    private final Map<String, T> byName = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    /**
     * Plugins of a kind.
     *
     * @param kind what messages call it, for example {@code store}
     */
    Plugins(String kind, Function<T, String> nameOf) {
        this.kind = kind;
        this.nameOf = nameOf;
    }

    /**
     * Adds a plugin.
     *
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_DUPLICATE} if its name is taken by a plugin of another class
     */
    Plugins<T> add(T plugin) {
        String name = nameOf.apply(plugin);
        if (!name.matches("[a-z][a-z0-9-]{0,63}") || name.startsWith("autosync-")) {
            throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot use the " + kind + " " + where(plugin) + ": its name '" + name
                    + "' is not made of lower-case letters, digits and hyphens, or begins with autosync-");
        }
        T other = byName.putIfAbsent(name, plugin);
        if (other != null && other != plugin) {
            throw new AutoSyncException(ErrorCode.PLUGIN_DUPLICATE, "Two plugins are called the " + kind + " '" + name + "': "
                    + where(other) + " and " + where(plugin) + ". Remove one, or rename it");
        }
        return this;
    }

    /**
     * Adds what class loaders know; a plugin that cannot be loaded is reported and left out.
     *
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_DUPLICATE} if the name of one is taken by a plugin of another class
     */
    Plugins<T> discover(Class<T> type, List<ClassLoader> loaders) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        for (ClassLoader loader : loaders) {
            Iterator<T> plugins = ServiceLoader.load(type, loader).iterator();
            // A loader that cannot list its services fails again each time it is asked.
            for (int failures = 0; failures < MAX_FAILURES;) {
                try {
                    if (!plugins.hasNext()) {
                        break;
                    }
                    T plugin = plugins.next();
                    if (seen.add(plugin.getClass())) {
                        add(plugin);
                    }
                } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
                    if (e instanceof AutoSyncException known && known.code() == ErrorCode.PLUGIN_DUPLICATE) {
                        throw known;
                    }
                    failures++;
                    leaveOut(e);
                }
            }
        }
        return this;
    }

    private void leaveOut(Throwable why) {
        String line = Untrusted.line(why + (why.getCause() == null ? "" : ": " + why.getCause()), 500);
        if (!broken.contains(line)) {
            broken.add(line);
            LOG.warn("A plugin of the kind {} is left out, it could not be loaded [{}]: {}", kind, ErrorCode.PLUGIN_FAILED.id(), line);
            LOG.debug("It failed here", why);
        }
    }

    /** All of them, in the order of their names. */
    List<T> all() {
        return List.copyOf(byName.values());
    }

    /** What could not be loaded, one line each. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /**
     * A plugin.
     *
     * @param error how to make an error of the message, so that it can carry a place
     */
    T get(String name, Function<String, AutoSyncException> error) {
        T plugin = byName.get(name);
        if (plugin == null) {
            throw error.apply("there is no " + kind + " '" + name + "'"
                    + NearestName.of(name, byName.keySet()).map(near -> "; did you mean '" + near + "'?").orElse("")
                    + "; known are: " + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet()))
                    + (broken.isEmpty() ? "" : "; not loaded: " + String.join("; ", broken))
                    + ". A plugin must be on the class path or the module path");
        }
        return plugin;
    }

    private static String where(Object plugin) {
        CodeSource source = plugin.getClass().getProtectionDomain().getCodeSource();
        return plugin.getClass().getName() + (source == null || source.getLocation() == null ? "" : " in " + source.getLocation());
    }
}
