package dev.autosync.internal;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.CoreProvider;
import java.util.Optional;
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
        return find(CoreProvider.class.getClassLoader())
                .or(() -> find(Thread.currentThread().getContextClassLoader()))
                .orElseThrow(() -> new AutoSyncException(ErrorCode.CORE_MISSING,
                        "Cannot find the engine: autosync-core is neither on the class path nor on the module path. Add the dependency "
                                + "dev.autosync:autosync-core with the same version as autosync-api"));
    }

    private static Optional<CoreProvider> find(@Nullable ClassLoader loader) {
        return ServiceLoader.load(CoreProvider.class, loader).findFirst();
    }
}
