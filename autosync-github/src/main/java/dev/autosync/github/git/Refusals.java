package dev.autosync.github.git;

import dev.autosync.ErrorCode;
import dev.autosync.spi.ConnectorException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three ways in which a connector fails, by what can be done about it. */
public final class Refusals {
    private Refusals() {}

    /** The other side said no, or going on would not be safe: somebody has to change something. */
    public static ConnectorException refused(String message) {
        return new ConnectorException(ErrorCode.CONNECTOR_REFUSED, message, null);
    }

    /** It did not work, and may work later. */
    public static ConnectorException failed(String message, @Nullable Throwable cause) {
        return new ConnectorException(ErrorCode.CONNECTOR_FAILED, message, cause);
    }

    /** It did not work, and may work later, but not before some time if that is known. */
    public static ConnectorException notNow(String message, Optional<Duration> retryAfter) {
        return new ConnectorException(ErrorCode.CONNECTOR_FAILED, message, retryAfter.orElse(null), null);
    }

    /** The other side answered with something that it must not answer. */
    public static ConnectorException protocol(String message) {
        return new ConnectorException(ErrorCode.CONNECTOR_PROTOCOL, message, null);
    }
}
