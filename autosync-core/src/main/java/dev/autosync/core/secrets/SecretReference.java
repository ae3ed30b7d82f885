package dev.autosync.core.secrets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is: {@code secret:<provider>/<name>}.
 *
 * @param provider the provider's name
 * @param name what the provider calls the secret
 */
record SecretReference(String provider, String name) {
    private static final Pattern FORM = Pattern.compile("secret:([a-z][a-z0-9-]{0,63})/([^\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,1000})");

    /** Reads a reference; empty if the text is none. */
    static Optional<SecretReference> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new SecretReference(form.group(1), form.group(2))) : Optional.empty();
    }

    /** As configurations spell it. */
    @Override
    public String toString() {
        return "secret:" + provider + "/" + name;
    }
}
