package dev.autosync.internal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.CoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds {@code autosync-core}: through this class's own loader, then through the context loader of the calling thread. */
public final class Core {
    private Core() {}

    /**
     * The engine's factory. Looked up anew at each call, which costs well under a millisecond and keeps no state.
     *
     * @return the factory
     * @throws AutoSyncException {@link ErrorCode#CORE_MISSING} if there is none
     */
    public static CoreProvider provider() {
        List<ServiceConfigurationError> broken = new ArrayList<>();
        return find(CoreProvider.class.getClassLoader(), broken)
                .or(() -> find(Thread.currentThread().getContextClassLoader(), broken))
                .orElseThrow(() -> missing(broken));
    }

    private static Optional<CoreProvider> find(@Nullable ClassLoader loader, List<ServiceConfigurationError> broken) {
        try {
            return ServiceLoader.load(CoreProvider.class, loader).findFirst();
        } catch (ServiceConfigurationError e) {
            // Most often the engine of another copy of this API, which the context loader knows and this copy cannot use.
            broken.add(e);
            return Optional.empty();
        }
    }

    private static AutoSyncException missing(List<ServiceConfigurationError> broken) {
        if (broken.isEmpty()) {
            return new AutoSyncException(ErrorCode.CORE_MISSING,
                    "Cannot find the engine: autosync-core is neither on the class path nor on the module path. Add the dependency "
                            + "dev.autosync:autosync-core with the same version as autosync-api");
        }
        ServiceConfigurationError first = broken.get(0);
        return new AutoSyncException(ErrorCode.CORE_MISSING, "Cannot load the engine: " + first.getMessage()
                + ". Put dev.autosync:autosync-core and what it depends on beside autosync-api, in the same class loader", first);
    }
}
