import org.jspecify.annotations.NullMarked;

/** Publication to GitHub and other git servers. Found by ServiceLoader under the name {@code github}; nothing else of it is public. */
@NullMarked
module dev.autosync.github {
    requires transitive dev.autosync;
    requires java.net.http;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports dev.autosync.github;

    provides dev.autosync.spi.ConnectorFactory with dev.autosync.github.GitHubConnectorFactory;
}
