import org.jspecify.annotations.NullMarked;

/** A connector as its author would write it. Found by ServiceLoader under the name {@code drop-box}. */
@NullMarked
module dev.autosync.examples.dropbox {
    requires transitive dev.autosync;
    requires static org.jspecify;

    exports dev.autosync.examples.dropbox;

    provides dev.autosync.spi.ConnectorFactory with dev.autosync.examples.dropbox.DropBoxConnectorFactory;
    provides dev.autosync.spi.PatchFormat with dev.autosync.examples.dropbox.UnreadableFormat;
}
