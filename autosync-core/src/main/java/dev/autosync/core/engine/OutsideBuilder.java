package dev.autosync.core.engine;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.connectors.Connectors;
import dev.autosync.core.io.FilePort;
import dev.autosync.core.io.Workspace;
import dev.autosync.core.json.JsonSection;
import dev.autosync.core.secrets.Redactor;
import dev.autosync.core.secrets.SecretReferences;
import dev.autosync.core.text.Untrusted;
import dev.autosync.retry.RetryPolicy;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.SecretsProviderFactory;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Opens the connectors that the configuration names. */
final class OutsideBuilder {
    private final Workspace workspace;
    private final FilePort files;
    private final Discovery discovery;
    private final Clock clock;

    OutsideBuilder(Workspace workspace, FilePort files, Discovery discovery, Clock clock) {
        this.workspace = workspace;
        this.files = files;
        this.discovery = discovery;
        this.clock = clock;
    }

    /**
     * Opens them.
     *
     * @param config the configuration
     * @param given connectors of the caller's
     * @param retry how often a call that failed for the moment is made again
     */
    Outside open(ConnectorsConfig config, Map<String, Connector> given, RetryPolicy retry) {
        Redactor redactor = new Redactor();
        SecretReferences references = new SecretReferences(discovery.secrets().all(), config.secrets(), redactor);
        Secrets secrets = new Secrets(references, redactor);
        Map<String, Connector> opened = new LinkedHashMap<>();
        try {
            Plugins<ConnectorFactory> known = discovery.connectors();
            config.connectors().forEach((name, part) -> {
                if (given.containsKey(name)) {
                    throw part.settings().invalid("name", "a connector that was given in code is called '" + name + "' already");
                }
                opened.put(name, part.make(known, (factory, section) -> open(name, factory, section, secrets)));
            });
            return new Outside(secrets, Connectors.of(opened, given), retry, workspace, files, clock);
        } catch (RuntimeException | LinkageError e) {
            Connectors.of(opened, Map.of()).close();
            secrets.close();
            throw e;
        }
    }

    private Connector open(String name, ConnectorFactory factory, JsonSection section, Secrets secrets) {
        section.value("name");
        try {
            return Objects.requireNonNull(factory.open(new ConnectorLoan(name, section, workspace, clock, secrets::handle)), "it made nothing");
        } catch (AutoSyncException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new AutoSyncException(ErrorCode.PLUGIN_FAILED, "Cannot open the connector '" + name + "': "
                    + Untrusted.line(secrets.redactor().redact(e.toString()), 500) + ". Tell its author", section.place(""), e);
        }
    }
}
