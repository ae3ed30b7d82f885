package dev.autosync.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.spi.Connector;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.Sink;
import dev.autosync.spi.StatusReporter;
import dev.autosync.spi.Trigger;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubSettingsTest {
    private static final String GITHUB = "https://github.com/o/r.git";
    private static final String TOKEN = "secret:test/ghs_0123456789abcdef";

    @TempDir
    Path root;

    private Connector open(Map<String, ?> settings) {
        TestContext context = new TestContext(settings, root, root.resolve("state"));
        Connector connector = new GitHubConnectorFactory().open(context);
        assertThat(context.mapSettings().neverAskedFor()).isEmpty();
        connector.close();
        return connector;
    }

    private void assertRefused(String field, Map<String, ?> settings) {
        assertThatThrownBy(() -> open(settings)).as(settings.toString()).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID_VALUE)).hasMessageStartingWith(field + " ");
    }

    private static Map<String, Object> with(Map<String, ?> settings, String key, Object value) {
        Map<String, Object> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    @Test
    void isFoundByServiceLoaderOnTheModulePathAndTheClassPath() throws Exception {
        String factory = GitHubConnectorFactory.class.getName();
        assertThat(GitHubConnectorFactory.class.getModule().getDescriptor().provides())
                .anyMatch(provides -> provides.service().equals(ConnectorFactory.class.getName()) && provides.providers().contains(factory));
        try (InputStream in = GitHubConnectorFactory.class.getResourceAsStream("/META-INF/services/" + ConnectorFactory.class.getName())) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()).isEqualTo(factory);
        }
        assertThat(new GitHubConnectorFactory().name()).isEqualTo("github");
    }

    @Test
    void canDoWhatIsConfiguredAndNothingElse() {
        Map<String, Object> github = Map.of("remote", GITHUB, "token", TOKEN);
        assertThat(open(github)).isInstanceOf(Sink.class).isInstanceOf(StatusReporter.class).isNotInstanceOf(Trigger.class);
        assertThat(open(with(github, "workflow", "ci.yml"))).isInstanceOf(StatusReporter.class).isInstanceOf(Trigger.class);
        assertThat(open(with(github, "statusContext", ""))).isInstanceOf(Sink.class).isNotInstanceOf(StatusReporter.class);
        assertThat(open(with(with(github, "statusContext", ""), "workflow", "7"))).isInstanceOf(Trigger.class).isNotInstanceOf(StatusReporter.class);
        assertThat(open(Map.of("remote", "https://example.org/x/y/z.git", "token", TOKEN))).isNotInstanceOf(StatusReporter.class);
        assertThat(open(Map.of("remote", GITHUB))).isNotInstanceOf(StatusReporter.class);
    }

    @Test
    void refusesEveryRemoteThatIsNotHttpsOrThisMachine() {
        for (String remote : new String[] {"http://example.org/o/r", "ssh://git@github.com/o/r", "git@github.com:o/r", "git://github.com/o/r",
            "ext::sh -c touch% /tmp/x", "-oProxyCommand=x", "--upload-pack=x", "/srv/r.git", "file:///srv/r.git", "ftp://x/y", "", " ", "https://",
            "https:///o/r", "https://github.com/o/r?x=y", "https://github.com/o/r#x", "http://127.0.0.1.example.org/o/r", "http://[::2]/o/r",
            "http://127.0.0.1@example.org/o/r", "HTTP://example.org/", "jar:file:///x!/y"}) {
            assertRefused("remote", Map.of("remote", remote));
        }
        assertRefused("remote", Map.of());
        for (String remote : new String[] {"https://github.com/o/r", "HTTPS://GITHUB.com/o/r.git", "http://127.0.0.1:8080/o/r", "http://localhost/r",
            "http://[::1]:1/r"}) {
            open(Map.of("remote", remote));
        }
        open(Map.of("remote", "file:///srv/r.git", "allowFileRemote", true));
        assertRefused("remote", Map.of("remote", "file://host/srv/r.git", "allowFileRemote", true));
    }

    @Test
    void aPasswordInTheRemoteIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> open(Map.of("remote", "https://user:ghs_secret@github.com/o/r"))).hasMessageContaining("token")
                .hasMessageNotContaining("ghs_secret");
        assertThatThrownBy(() -> open(Map.of("remote", "https://user:ghs_secret@github.com/o r"))).hasMessageNotContaining("ghs_secret");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        Map<String, Object> github = Map.of("remote", GITHUB, "token", TOKEN);
        assertRefused("api", with(github, "api", "http://example.org"));
        assertRefused("branch", with(github, "branch", "-x"));
        assertRefused("branch", with(github, "branch", "a..b"));
        assertRefused("user", with(github, "user", "a:b"));
        assertRefused("author", with(github, "author", "nobody"));
        assertRefused("author", with(github, "author", "a\nb <x@y>"));
        assertRefused("repository", with(github, "repository", "../x"));
        assertRefused("workflow", with(github, "workflow", "../ci.yml"));
        assertRefused("workflow", Map.of("remote", GITHUB, "workflow", "ci.yml"));
        assertRefused("workflow", Map.of("remote", "https://example.org/o/r", "token", TOKEN, "workflow", "ci.yml"));
        assertRefused("repository", Map.of("remote", "https://example.org/r", "api", "https://example.org/api", "token", TOKEN));
        assertThatThrownBy(() -> open(Map.of("remote", GITHUB, "token", "ghs_in_the_clear"))).isInstanceOfSatisfying(AutoSyncException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_REFERENCE)).hasMessageNotContaining("ghs_in");
    }
}
