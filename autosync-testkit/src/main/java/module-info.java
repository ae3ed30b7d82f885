import org.jspecify.annotations.NullMarked;

/** Contracts that authors of plugins run against their own plugin. For tests only. */
@NullMarked
module dev.autosync.testkit {
    requires transitive dev.autosync;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.autosync.testkit;

    opens dev.autosync.testkit to org.junit.platform.commons;
}
