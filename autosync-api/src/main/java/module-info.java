import org.jspecify.annotations.NullMarked;

/** What tools call and plugins implement. Depends on the JDK alone; {@code dev.autosync.core} is found at run time. */
@NullMarked
module dev.autosync {
    requires static org.jspecify;

    exports dev.autosync;
    exports dev.autosync.exec;
    exports dev.autosync.history;
    exports dev.autosync.improve;
    exports dev.autosync.lock;
    exports dev.autosync.patch;
    exports dev.autosync.publish;
    exports dev.autosync.retry;
    exports dev.autosync.snapshot;
    exports dev.autosync.spi;
    exports dev.autosync.testing;
    exports dev.autosync.trend;

    uses dev.autosync.spi.CoreProvider;
}
