package dev.autosync.github;

import dev.autosync.github.git.Refs;
import dev.autosync.spi.ConnectorContext;
import dev.autosync.spi.PluginSettings;
import dev.autosync.spi.SecretHandle;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the configuration says, checked. Reading it asks nobody outside. */
final class GitHubSettings {
    private static final Pattern AUTHOR = Pattern.compile("([^<>\\p{Cntrl}]*[^<>\\p{Cntrl}\\s])\\s*<([^<>\\s\\p{Cntrl}]+)>");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");
    private static final Pattern WORKFLOW = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int MAX_CONTEXT = 100;

    private final URI remote;
    private final @Nullable String branch;
    private final String user;
    private final @Nullable SecretHandle token;
    private final String authorName;
    private final String authorMail;
    private final @Nullable URI api;
    private final @Nullable String repository;
    private final @Nullable String workflow;
    private final String statusContext;
    private final Duration timeout;
    private final boolean allowForeignOwner;

    private GitHubSettings(PluginSettings settings, @Nullable SecretHandle token) {
        boolean allowFile = settings.bool("allowFileRemote").orElse(false);
        this.allowForeignOwner = settings.bool("allowForeignOwner").orElse(false);
        this.remote = remote(settings, allowFile);
        this.branch = branch(settings);
        this.token = token;
        this.user = settings.string("user").orElse("x-access-token");
        if (user.contains(":") || !user.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw settings.invalid("user", "must be a name without spaces and colons");
        }
        Matcher author = AUTHOR.matcher(settings.string("author").orElse("AutoSync <autosync@localhost>"));
        if (!author.matches()) {
            throw settings.invalid("author", "must be as Name <name@example.org>");
        }
        this.authorName = author.group(1).strip();
        this.authorMail = author.group(2);
        this.api = api(settings);
        this.repository = repository(settings);
        this.workflow = settings.string("workflow").orElse(null);
        this.statusContext = settings.string("statusContext").orElse("autosync");
        this.timeout = settings.duration("timeout").orElse(Duration.ofMinutes(1));
        requireRest(settings);
    }

    static GitHubSettings read(ConnectorContext context) {
        return new GitHubSettings(context.settings(), context.secret("token").orElse(null));
    }

    private static URI remote(PluginSettings settings, boolean allowFile) {
        String text = settings.string("remote")
                .orElseThrow(() -> settings.invalid("remote", "must be set, for example to https://github.com/owner/name"));
        try {
            return Addresses.remote(text, allowFile);
        } catch (Addresses.NotAllowedException e) {
            throw settings.invalid("remote", e.getMessage());
        }
    }

    private static @Nullable String branch(PluginSettings settings) {
        Optional<String> branch = settings.string("branch");
        if (branch.isPresent() && !Refs.isBranchName(branch.get())) {
            throw settings.invalid("branch", "must be the name of a branch, as main");
        }
        return branch.orElse(null);
    }

    private @Nullable URI api(PluginSettings settings) {
        Optional<String> text = settings.string("api");
        if (text.isEmpty()) {
            return "github.com".equalsIgnoreCase(remote.getHost()) ? URI.create("https://api.github.com") : null;
        }
        try {
            return URI.create(Addresses.web(text.get()).toString().replaceFirst("/+$", ""));
        } catch (Addresses.NotAllowedException e) {
            throw settings.invalid("api", e.getMessage());
        }
    }

    private @Nullable String repository(PluginSettings settings) {
        Optional<String> text = settings.string("repository");
        if (text.isPresent() && !isRepository(text.get())) {
            throw settings.invalid("repository", "must be as owner/name");
        }
        String derived = remote.getPath().replaceFirst("^/+", "").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return text.orElse(isRepository(derived) ? derived : null);
    }

    private static boolean isRepository(String text) {
        return REPOSITORY.matcher(text).matches() && !text.startsWith(".") && !text.contains("/.");
    }

    private void requireRest(PluginSettings settings) {
        if (workflow != null && (!WORKFLOW.matcher(workflow).matches() || workflow.startsWith("."))) {
            throw settings.invalid("workflow", "must be the name of a workflow's file, as ci.yml, or its number");
        }
        if (statusContext.length() > MAX_CONTEXT || statusContext.chars().anyMatch(Character::isISOControl)) {
            throw settings.invalid("statusContext", "must have at most " + MAX_CONTEXT + " characters and no line ends");
        }
        if (workflow != null && (api == null || token == null)) {
            throw settings.invalid("workflow", "needs api, the address of GitHub's REST interface, and token");
        }
        if (api != null && repository == null && (workflow != null || marks())) {
            throw settings.invalid("repository", "must be set: the remote does not end in owner/name");
        }
    }

    URI remote() {
        return remote;
    }

    Optional<String> branch() {
        return Optional.ofNullable(branch);
    }

    String user() {
        return user;
    }

    @Nullable SecretHandle token() {
        return token;
    }

    String authorName() {
        return authorName;
    }

    String authorMail() {
        return authorMail;
    }

    /** Where REST is; empty if nothing is asked of it. */
    Optional<URI> repositoryApi() {
        return api == null || token == null || repository == null ? Optional.empty() : Optional.of(URI.create(api + "/repos/" + repository));
    }

    Optional<String> workflow() {
        return Optional.ofNullable(workflow);
    }

    /** Whether commits are marked. */
    boolean marks() {
        return api != null && token != null && !statusContext.isEmpty();
    }

    String statusContext() {
        return statusContext;
    }

    Duration timeout() {
        return timeout;
    }

    boolean allowForeignOwner() {
        return allowForeignOwner;
    }
}
