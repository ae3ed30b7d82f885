package dev.autosync.github.remote;

import dev.autosync.ErrorCode;
import dev.autosync.spi.Secret;
import dev.autosync.spi.SecretHandle;
import dev.autosync.spi.SecretsException;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user and a secret for one origin: scheme, host and port. Nobody else is given them. The secret is fetched for each exchange.
 */
public final class Credentials {
    private final String user;
    private final @Nullable SecretHandle token;
    private final String origin;

    /**
     * Credentials for the origin of an address.
     *
     * @param token null for an other side that asks for none
     */
    public Credentials(String user, @Nullable SecretHandle token, URI address) {
        this.user = user;
        this.token = token;
        this.origin = origin(address);
    }

    /** Where credentials may go, as {@code https://example.org:443}. */
    public static String origin(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(address.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** What git over HTTP wants to have in {@code Authorization}; empty if there is no secret, or the address is of another origin. */
    public Optional<String> basic(URI address) throws InterruptedException {
        return reveal(address).map(secret -> {
            byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
            try {
                return "Basic " + Base64.getEncoder().encodeToString(pair);
            } finally {
                Arrays.fill(pair, (byte) 0);
            }
        });
    }

    /** What GitHub's REST interface wants to have in {@code Authorization}. */
    public Optional<String> bearer(URI address) throws InterruptedException {
        return reveal(address).map(secret -> "Bearer " + secret);
    }

    /** Takes what an {@code Authorization} holds out of a text that the other side may have made of it. */
    public static String scrub(String text, Optional<String> authorization) {
        if (authorization.isEmpty()) {
            return text;
        }
        String value = authorization.get().substring(authorization.get().indexOf(' ') + 1);
        String clean = text.replace(value, "***");
        if (authorization.get().startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            clean = clean.replace(pair.substring(pair.indexOf(':') + 1), "***");
        }
        return clean;
    }

    /** Whether there is a secret. */
    public boolean isPresent() {
        return token != null;
    }

    /** The secret's reference, which is no secret. */
    public String reference() {
        return token == null ? "no token" : token.reference();
    }

    private Optional<CharBuffer> reveal(URI address) throws InterruptedException {
        if (token == null || !origin(address).equals(origin)) {
            return Optional.empty();
        }
        try (Secret secret = token.fetch()) {
            CharBuffer chars = CharBuffer.wrap(secret.reveal());
            // A header that cannot be made would be quoted in the JDK's exception.
            if (!chars.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw new SecretsException(ErrorCode.SECRET_UNUSABLE, "Cannot use " + token.reference()
                        + " as a token: it holds spaces, line ends or other characters that no token has; store it without them", null);
            }
            return Optional.of(chars);
        }
    }
}
