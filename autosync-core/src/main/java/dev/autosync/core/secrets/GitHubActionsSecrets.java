package dev.autosync.core.secrets;

import dev.autosync.spi.Secret;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Secrets in the environment of a GitHub Actions job.
 *
 * <p>The runner reads commands from the job's standard output; {@code ::add-mask::} makes it hide a text in the log from then on. That is done with
 * each fetch, before anybody has the secret: nothing that was not fetched can be printed. Line by line, because the runner reads lines.
 */
final class GitHubActionsSecrets extends BuiltInSecrets {
    private final Map<String, String> environment;
    private final PrintStream runner;
    private final boolean mask;

    /**
     * Secrets of a job.
     *
     * @param runner where the runner listens
     */
    GitHubActionsSecrets(Map<String, String> environment, PrintStream runner, boolean mask) {
        super(GitHubActionsSecretsFactory.NAME);
        this.environment = environment;
        this.runner = runner;
        this.mask = mask;
    }

    @Override
    Secret read(String name) {
        if (!"true".equals(environment.get("GITHUB_ACTIONS"))) {
            throw notFound(name, "this is no job of GitHub Actions (GITHUB_ACTIONS is not \"true\"); refer to secret:env/... elsewhere");
        }
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw notFound(name, "the job does not have it; add it under env in the workflow, as in NAME: ${{ secrets.NAME }}. "
                    + "Workflows that run for a fork are given no secrets");
        }
        if (mask) {
            value.lines().map(String::strip).filter(SecretForms::isHideable).forEach(this::mask);
        }
        return Secret.of(value.toCharArray());
    }

    /** Begins with a line end: behind other text the runner would take the command for text, and show it. */
    private void mask(String line) {
        byte[] command = ("\n::add-mask::" + line.replace("%", "%25") + "\n").getBytes(StandardCharsets.UTF_8);
        runner.write(command, 0, command.length);
        runner.flush();
    }
}
