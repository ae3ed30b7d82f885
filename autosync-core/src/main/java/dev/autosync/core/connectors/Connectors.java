package dev.autosync.core.connectors;

import dev.autosync.core.text.Untrusted;
import dev.autosync.spi.CheckResult;
import dev.autosync.spi.Connector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of an engine by name, in their order. */
public final class Connectors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

    private final Map<String, Connector> byName;
    private final List<Connector> owned;
    private final Set<String> checked = new HashSet<>();

    private Connectors(Map<String, Connector> byName, List<Connector> owned) {
        this.byName = byName;
        this.owned = owned;
    }

    /**
     * The connectors of an engine.
     *
     * @param opened those that the engine has opened, and closes
     * @param given those that the caller has given, and keeps
     */
    public static Connectors of(Map<String, Connector> opened, Map<String, Connector> given) {
        Map<String, Connector> all = new LinkedHashMap<>(opened);
        all.putAll(given);
        return new Connectors(all, List.copyOf(opened.values()));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /**
     * Lets those be checked that have not passed yet. One that does not pass is left out until it does.
     *
     * @return what is wrong, one line each
     */
    public List<String> check(Calls calls) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Connector> of : byName.entrySet()) {
            if (checked.contains(of.getKey())) {
                continue;
            }
            Attempt<CheckResult> attempt = calls.repeatable(of.getKey(), () -> of.getValue().check());
            Attempt.Failure failure = attempt.failure();
            if (failure == null && attempt.get().isOk()) {
                checked.add(of.getKey());
            } else {
                problems.add("the connector '" + of.getKey() + "' is left out: "
                        + (failure != null ? failure.message() : Untrusted.line(attempt.get().toString(), 1000)));
            }
        }
        return problems;
    }

    /** Those that have passed their check and can do something. */
    <T extends Connector> Map<String, T> that(Class<T> capability) {
        Map<String, T> able = new LinkedHashMap<>();
        byName.forEach((name, connector) -> {
            if (checked.contains(name) && capability.isInstance(connector)) {
                able.put(name, capability.cast(connector));
            }
        });
        return able;
    }

    /** Closes those that the engine has opened, the last one first. One that throws does not keep the others open. */
    @Override
    public void close() {
        List<Connector> reversed = new ArrayList<>(owned);
        Collections.reverse(reversed);
        for (Connector connector : reversed) {
            try {
                connector.close();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A connector could not be closed: {}", Untrusted.line(e.toString(), 300));
            }
        }
    }
}
