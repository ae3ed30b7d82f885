package dev.autosync.core.connectors;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.patch.Patch;
import dev.autosync.patch.PatchBatch;
import dev.autosync.spi.ConnectorException;
import dev.autosync.spi.Cursor;
import dev.autosync.spi.PullResult;
import dev.autosync.spi.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks every source for patches. What one of them does wrong is that one's failure alone. */
public final class Pulling {
    private static final int MAX_PATCHES = 100_000;
    private static final long MAX_BYTES = 256L << 20;

    private final Connectors connectors;
    private final Calls calls;

    /** Pulls from these connectors. */
    public Pulling(Connectors connectors, Calls calls) {
        this.connectors = connectors;
        this.calls = calls;
    }

    /**
     * What one source gave.
     *
     * @param connector its name
     * @param patches the patches, called by the connector's name, a slash and their own id
     * @param next where the pull has ended; null if there is nothing new, or it failed
     * @param code the code of its failure; null if it did not fail
     * @param message why it failed; empty if it did not
     */
    public record Pulled(String connector, List<Patch> patches, @Nullable Cursor next, @Nullable ErrorCode code, String message) {

        /** The same pull, of which nothing was taken. */
        public Pulled refused(String why) {
            return new Pulled(connector, List.of(), null, ErrorCode.CONNECTOR_PROTOCOL, why);
        }

        /** Whether it failed. */
        public boolean failed() {
            return code != null;
        }
    }

    /**
     * Pulls.
     *
     * @param cursors where the last pull of a connector that counted has ended
     */
    public List<Pulled> pull(Function<String, Cursor> cursors) throws InterruptedException {
        List<Pulled> pulls = new ArrayList<>();
        for (Map.Entry<String, Source> source : connectors.that(Source.class).entrySet()) {
            String name = source.getKey();
            Attempt<Pulled> attempt = calls.repeatable(name, () -> pull(name, source.getValue(), cursors.apply(name)));
            Attempt.Failure failure = attempt.failure();
            pulls.add(failure == null ? attempt.get() : new Pulled(name, List.of(), null, failure.code(), failure.message()));
        }
        return pulls;
    }

    private static Pulled pull(String name, Source source, Cursor since) throws InterruptedException {
        Collected collected = new Collected(name);
        PullResult result = source.pull(since, collected::add);
        if (result.next().isEmpty()) {
            if (!collected.patches.isEmpty()) {
                throw new ConnectorException(ErrorCode.CONNECTOR_PROTOCOL,
                        "Cannot take patches from '" + name + "': it gave some and said that there is nothing new", null);
            }
            return new Pulled(name, List.of(), null, null, "");
        }
        return new Pulled(name, collected.named(), result.next().get(), null, "");
    }

    /** What a source has given so far. */
    private static final class Collected {
        private final String connector;
        private final List<Patch> patches = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();
        private long bytes;
        private @Nullable ConnectorException refusal;

        Collected(String connector) {
            this.connector = connector;
        }

        /** What is refused once is refused for good: a source may catch what this throws. */
        void add(Patch patch) {
            try {
                check(patch);
                patches.add(patch);
            } catch (ConnectorException e) {
                refusal = e;
                throw e;
            }
        }

        private void check(Patch patch) {
            bytes += patch.content().length;
            if (patches.size() == MAX_PATCHES || bytes > MAX_BYTES) {
                throw refused("it gives more than " + MAX_PATCHES + " patches or " + MAX_BYTES + " bytes at once");
            }
            if (!ids.add(patch.id())) {
                throw refused("it gives two patches the id '" + patch.id() + "'");
            }
        }

        /** The patches under names that no other source can give. Whether they fit together shows here, not in everybody's batch. */
        List<Patch> named() {
            if (refusal != null) {
                throw refusal;
            }
            List<Patch> named = new ArrayList<>();
            for (Patch patch : patches) {
                String id = connector + "/" + patch.id();
                try {
                    named.add(renamed(patch, id));
                } catch (IllegalArgumentException e) {
                    throw refused("the patch '" + patch.id() + "' cannot be called '" + id + "': " + e.getMessage());
                }
            }
            try {
                PatchBatch.of(named);
            } catch (AutoSyncException e) {
                throw refused(e.getMessage());
            }
            return named;
        }

        private Patch renamed(Patch patch, String id) {
            Set<String> needs = new LinkedHashSet<>();
            patch.needs().forEach(need -> needs.add(connector + "/" + need));
            Patch.Builder builder = Patch.builder(id, patch.format()).content(patch.content()).description(patch.description())
                    .author(patch.author()).needs(needs.toArray(String[]::new)).emptyFolders(patch.emptyFolders().toArray(String[]::new));
            patch.options().forEach(builder::option);
            patch.expects().forEach((path, hash) -> hash.ifPresentOrElse(held -> builder.expects(path, held), () -> builder.expectsAbsent(path)));
            patch.target().ifPresent(builder::target);
            patch.expectedSha256().ifPresent(builder::expectedSha256);
            return builder.build();
        }

        private ConnectorException refused(String why) {
            return new ConnectorException(ErrorCode.CONNECTOR_PROTOCOL, "Cannot take patches from '" + connector + "': " + why, null);
        }
    }
}
