package dev.autosync.core.secrets;

import dev.autosync.core.text.NearestName;
import dev.autosync.spi.Secret;
import java.util.Map;
import java.util.Set;

/** Secrets in environment variables. */
final class EnvSecrets extends BuiltInSecrets {
    private final Map<String, String> environment;
    private final Set<String> allowed;

    /**
     * Secrets of an environment.
     *
     * @param allowed the variables that may be asked for; empty for any
     */
    EnvSecrets(Map<String, String> environment, Set<String> allowed) {
        super(EnvSecretsFactory.NAME);
        this.environment = environment;
        this.allowed = allowed;
    }

    @Override
    Secret read(String name) {
        if (!allowed.isEmpty() && !allowed.contains(name)) {
            throw noReference(name, "secrets.env.allow in connectors_config.json does not name this variable; add it there, or refer to another");
        }
        String value = environment.get(name);
        if (value == null) {
            throw notFound(name, "the environment variable is not set; set it for the process that runs AutoSync"
                    + NearestName.of(name, environment.keySet()).map(near -> ", or did you mean " + near + "?").orElse(""));
        }
        if (value.isEmpty()) {
            throw notFound(name, "the environment variable is empty; a CI job gets an empty text for a secret that it is not given");
        }
        return Secret.of(value.toCharArray());
    }
}
