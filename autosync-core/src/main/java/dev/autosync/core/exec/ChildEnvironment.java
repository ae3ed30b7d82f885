package dev.autosync.core.exec;

import dev.autosync.exec.ProcessRequest;
import dev.autosync.exec.ProcessRunner;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a child: what nearly every program needs, and nothing else unless it is asked for.
 *
 * <p>A list of what may pass and not of what may not, because a secret can have any name: {@code DATABASE_URL} looks like no secret.
 */
final class ChildEnvironment {
    private static final Set<String> EVERYWHERE = Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "JAVA_HOME",
            "MAVEN_HOME", "M2_HOME");
    private static final Set<String> ON_WINDOWS = Set.of("SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE");

    private ChildEnvironment() {}

    /**
     * Chooses a child's variables.
     *
     * @param parent the variables of this process
     * @param request what is added and passed on
     * @param windows whether names are compared as Windows does, without regard to case
     * @return the child's variables, without the cookie
     */
    static Map<String, String> of(Map<String, String> parent, ProcessRequest request, boolean windows) {
        Map<String, String> child = windows ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
        Map<String, String> all = windows ? new TreeMap<>(String.CASE_INSENSITIVE_ORDER) : new TreeMap<>();
        all.putAll(parent);
        all.forEach((name, value) -> {
            if (isAllowed(windows ? name.toUpperCase(Locale.ROOT) : name, windows)) {
                child.put(name, value);
            }
        });
        for (String name : request.passed()) {
            String value = all.get(name);
            if (value != null) {
                child.put(name, value);
            }
        }
        child.putAll(request.environment());
        child.remove(ProcessRunner.COOKIE);
        return child;
    }

    private static boolean isAllowed(String name, boolean windows) {
        return EVERYWHERE.contains(name) || name.startsWith("LC_") || windows && ON_WINDOWS.contains(name);
    }
}
