package dev.autosync.github.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The one way out over HTTP: no redirect is followed, no proxy password or cookie is kept, every answer is bounded in size and time, and an
 * interrupt ends the wait at once. Whoever makes it closes it.
 *
 * <p>Threads: safe to share. The client's threads are daemons and end with {@link #close()}; before JDK 21 one of them ends only when the
 * client is collected.
 */
public final class Http implements AutoCloseable {
    private final Duration timeout;
    private @Nullable HttpClient client;
    private @Nullable ThreadPoolExecutor threads;

    /**
     * A way out that opens nothing yet.
     *
     * @param timeout the longest time for one exchange, from connecting to the last byte of the answer
     */
    public Http(Duration timeout) {
        this.timeout = timeout;
    }

    /** A request that is allowed to take as long as one may. */
    public HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(timeout);
    }

    /**
     * Asks once.
     *
     * @param maxBytes the largest answer that is taken
     * @throws HttpFailure if there was no answer; it knows whether the request may have arrived
     */
    public HttpReply send(HttpRequest request, int maxBytes) throws HttpFailure, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client().sendAsync(request, info -> new BoundedBody(maxBytes));
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpReply(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new HttpFailure(true, "no complete answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private HttpFailure failure(Throwable cause) {
        if (cause instanceof BoundedBody.TooLargeException tooLarge) {
            return new HttpFailure(true, tooLarge.getMessage(), tooLarge);
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        boolean notSent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException || root instanceof UnresolvedAddressException;
        String why = cause.getMessage() == null || cause.getMessage().isBlank() ? cause.getClass().getSimpleName() : cause.getMessage();
        if (root instanceof UnresolvedAddressException) {
            why = "its address is unknown";
        }
        return new HttpFailure(!notSent, why, cause instanceof IOException io ? io : null);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            threads = new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "autosync-github-http");
                thread.setDaemon(true);
                return thread;
            });
            threads.allowCoreThreadTimeOut(true);
            // HTTP/1.1: a second version of the protocol would bring its own rules of when a request is sent again.
            client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout).executor(threads).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        HttpClient open = client;
        client = null;
        // Since JDK 21 a client can be closed. On 17 it ends when nobody refers to it.
        if ((Object) open instanceof AutoCloseable closeable) {
            closeQuietly(closeable);
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client could not be closed", e);
        }
    }
}
