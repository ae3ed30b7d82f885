package dev.autosync.github;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses a token may be sent to, and a push. */
final class Addresses {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    /** An address that is not allowed. Its message never quotes the address, which may hold a password. */
    static final class NotAllowedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotAllowedException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private Addresses() {}

    /** An address for HTTP: https, or http to this machine, without user, query and fragment. */
    static URI web(String text) throws NotAllowedException {
        URI address = parse(text);
        String scheme = scheme(address);
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(address))) {
            throw new NotAllowedException("must begin with https:// (http:// is for this machine only); ssh, git and ext are not supported");
        }
        if (address.getRawUserInfo() != null) {
            throw new NotAllowedException("must not hold a user or a password; give the token as \"token\": \"secret:...\"");
        }
        if (address.getHost() == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new NotAllowedException("must be an address as https://github.com/owner/name");
        }
        return address;
    }

    /** An address of a remote: as for HTTP, or a folder if that is allowed. */
    static URI remote(String text, boolean allowFile) throws NotAllowedException {
        if (text.startsWith("-")) {
            throw new NotAllowedException("must not begin with -");
        }
        URI address = parse(text);
        if (!scheme(address).equals("file")) {
            return web(text);
        }
        if (!allowFile) {
            throw new NotAllowedException("must not be a folder unless allowFileRemote is true");
        }
        if (address.getPath() == null || !address.getPath().startsWith("/") || address.getRawAuthority() != null) {
            throw new NotAllowedException("must be a folder as file:///path/to/repository.git");
        }
        return address;
    }

    private static URI parse(String text) throws NotAllowedException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new NotAllowedException("must be an address as https://github.com/owner/name");
        }
    }

    private static String scheme(URI address) {
        return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    }

    private static boolean isLoopback(URI address) {
        String host = String.valueOf(address.getHost());
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || LOOPBACK_V4.matcher(host).matches();
    }
}
