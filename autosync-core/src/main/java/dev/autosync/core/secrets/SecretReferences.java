package dev.autosync.core.secrets;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.Location;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.text.NearestName;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.SecretsException;
import dev.autosync.spi.SecretsProvider;
import dev.autosync.spi.SecretsProviderFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns references to secrets into handles.
 *
 * <p>Called by the engine. A provider is opened when the first reference names it, on the calling thread, and stays open until this is closed.
 * What a handle fetches is known to the redactor before the caller has it. Threads: safe to share; handles too.
 */
public final class SecretReferences implements AutoCloseable {
    private final Map<String, SecretsProviderFactory> factories = new TreeMap<>();
    private final Map<String, JsonSection> settings = new TreeMap<>();
    private final Redactor redactor;

    /** The open providers by name. Guarded by this. */
    private final Map<String, SecretsProvider> providers = new LinkedHashMap<>();
    private volatile boolean closed;

    /**
     * References to the secrets of some providers.
     *
     * @param factories the providers that there are, no two of one name
     * @param settings what {@code connectors_config.json} says under {@code secrets}: an object for each provider
     * @param redactor learns every value that is fetched
     * @throws AutoSyncException {@link ErrorCode#CONFIG_UNKNOWN_KEY} if the settings name a provider that is not there, or
     *     {@link ErrorCode#CONFIG_WRONG_TYPE}
     */
    public SecretReferences(List<SecretsProviderFactory> factories, JsonSection settings, Redactor redactor) {
        this.redactor = redactor;
        for (SecretsProviderFactory factory : factories) {
            if (this.factories.put(factory.name(), factory) != null) {
                throw new IllegalArgumentException("two secrets providers are called '" + factory.name() + "'");
            }
            settings.section(factory.name()).ifPresent(section -> this.settings.put(factory.name(), section));
        }
        settings.done();
    }

    /** The providers that need no plugin: {@code env}, {@code file} and {@code github-actions}. */
    public static List<SecretsProviderFactory> builtIn() {
        Map<String, String> environment = System.getenv();
        return List.of(new EnvSecretsFactory(environment), new FileSecretsFactory(),
                new GitHubActionsSecretsFactory(environment, System.out));
    }

    /**
     * The way to a secret. Opens its provider if need be; fetches nothing.
     *
     * @param reference what stands in the configuration; anything else may stand there too, even the secret itself, so no message repeats it
     * @param place where it stands
     * @return the handle
     * @throws AutoSyncException {@link ErrorCode#SECRET_REFERENCE} if it is no reference, or names a provider that is not there; what the provider
     *     says of its settings; {@link ErrorCode#PLUGIN_FAILED} if the provider throws something else
     */
    public SecretHandle handle(String reference, Location place) {
        SecretReference parsed = SecretReference.parse(reference).orElseThrow(() -> new AutoSyncException(ErrorCode.SECRET_REFERENCE,
                "a secret is given by a reference, never itself: write for example \"secret:env/NAME\" and set the environment variable NAME. "
                        + "If the secret itself stood here, replace it: it may have been seen", place, null));
        if (!factories.containsKey(parsed.provider())) {
            Optional<String> near = NearestName.of(parsed.provider(), factories.keySet());
            throw new AutoSyncException(ErrorCode.SECRET_REFERENCE, "the reference names a secrets provider that is not there"
                    + near.map(name -> "; did you mean secret:" + name + "/...?").orElse("; known are " + String.join(", ", factories.keySet())),
                    place, null);
        }
        SecretsProvider provider = provider(parsed);
        return new ReferencedSecret(parsed, () -> fetch(parsed, provider));
    }

    /**
     * Closes all providers; handles fetch nothing more. Does nothing the second time.
     *
     * @throws AutoSyncException {@link ErrorCode#PLUGIN_FAILED} if a provider throws; the others are closed nevertheless
     */
    @Override
    public synchronized void close() {
        closed = true;
        AutoSyncException failure = null;
        for (Map.Entry<String, SecretsProvider> open : providers.entrySet()) {
            failure = close(open.getKey(), open.getValue(), failure);
        }
        providers.clear();
        if (failure != null) {
            throw failure;
        }
    }

    /** Says which providers there are. */
    @Override
    public String toString() {
        return "SecretReferences of " + factories.keySet();
    }

    private synchronized SecretsProvider provider(SecretReference reference) {
        refuseIfClosed(reference);
        SecretsProvider open = providers.get(reference.provider());
        if (open == null) {
            open = open(reference.provider());
            providers.put(reference.provider(), open);
        }
        return open;
    }

    private SecretsProvider open(String name) {
        SecretsProviderFactory factory = factories.get(name);
        JsonSection section = settings.getOrDefault(name, JsonSection.empty());
        SecretsProvider provider;
        try {
            provider = factory == null ? null : factory.open(section);
        } catch (AutoSyncException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw failed("open the secrets provider '" + name + "'", e);
        }
        if (provider == null) {
            throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot open the secrets provider '" + name + "': its factory returned null");
        }
        try {
            section.done();
        } catch (AutoSyncException e) {
            AutoSyncException failure = close(name, provider, e);
            throw failure == null ? e : failure;
        }
        return provider;
    }

    private Secret fetch(SecretReference reference, SecretsProvider provider) throws InterruptedException {
        refuseIfClosed(reference);
        Secret secret;
        try {
            secret = provider.fetch(reference.name());
        } catch (AutoSyncException e) {
            throw redactor.redact(e);
        } catch (RuntimeException | LinkageError e) {
            throw failed("fetch " + reference, e);
        }
        if (secret == null) {
            throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot fetch " + reference + ": its provider returned null");
        }
        try {
            redactor.register(secret);
            return secret;
        } catch (IllegalArgumentException e) {
            secret.close();
            throw new SecretsException(ErrorCode.SECRET_UNUSABLE, "Cannot use " + reference + ": " + e.getMessage()
                    + ", so it could not be kept out of reports and logs; use another one", null);
        }
    }

    private void refuseIfClosed(SecretReference reference) {
        if (closed) {
            throw new AutoSyncException(ErrorCode.ENGINE_MISUSED, "Cannot fetch " + reference + ": the engine was closed");
        }
    }

    private static @Nullable AutoSyncException close(String name, SecretsProvider provider, @Nullable AutoSyncException earlier) {
        try {
            provider.close();
            return earlier;
        } catch (RuntimeException | LinkageError e) {
            AutoSyncException failure = failed("close the secrets provider '" + name + "'", e);
            if (earlier == null) {
                return failure;
            }
            earlier.addSuppressed(failure);
            return earlier;
        }
    }

    /** What a plugin throws against its contract may show a secret that nobody knows yet: only its type and its trace can be trusted. */
    private static AutoSyncException failed(String what, Throwable thrown) {
        return new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot " + what + ": it threw " + thrown.getClass().getName()
                + "; what it said is left out, because it may show a secret", RedactedThrowable.typeOf(thrown));
    }
}
