package dev.autosync.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The repositories of a folder, served by the real {@code git http-backend} on this machine's loopback address. */
final class GitServer implements AutoCloseable {
    static final String TOKEN = "ghs_canary0123456789ABCDEFcanary";

    /** What happens instead of an honest answer. */
    interface Fault {
        /** Answers by itself, or returns false to let the server do its work and call {@link #after}. */
        boolean before(HttpExchange exchange) throws IOException;

        /** Called when the work is done; true to swallow the answer. */
        default boolean after() {
            return false;
        }
    }

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, Fault> faults = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    GitServer(Path root) throws IOException {
        this.root = root;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** Lets the k-th request from now, counted from 1, go wrong. */
    void at(int k, Fault fault) {
        faults.put(count.get() + k, fault);
    }

    /** Ends the connection without doing anything. */
    static Fault cutBefore() {
        return exchange -> {
            throw new IOException("cut");
        };
    }

    /** Does the work and loses the answer. */
    static Fault cutAfter() {
        return new Fault() {
            @Override
            public boolean before(HttpExchange exchange) {
                return false;
            }

            @Override
            public boolean after() {
                return true;
            }
        };
    }

    /** Answers something else. */
    static Fault answer(int status, Map<String, String> headers, byte[] body) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            return true;
        };
    }

    int requests() {
        return count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Fault fault = faults.get(count.incrementAndGet());
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            authorizations.add(authorization);
            if (fault != null && fault.before(exchange)) {
                return;
            }
            String expected = "Basic " + Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
            if (!authorization.equals(expected)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] answer = cgi(exchange);
            if (fault != null && fault.after()) {
                throw new IOException("cut");
            }
            forward(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] cgi(HttpExchange exchange) throws IOException, InterruptedException {
        Path body = Files.createTempFile("cgi", ".in");
        try {
            try (InputStream in = exchange.getRequestBody()) {
                Files.write(body, in.readAllBytes());
            }
            ProcessBuilder builder = new ProcessBuilder("git", "http-backend").redirectInput(body.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = builder.environment();
            Git.environment(environment);
            environment.put("GIT_PROJECT_ROOT", root.toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("REMOTE_USER", "autosync");
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            environment.put("PATH_INFO", exchange.getRequestURI().getPath());
            environment.put("QUERY_STRING", exchange.getRequestURI().getQuery() == null ? "" : exchange.getRequestURI().getQuery());
            environment.put("CONTENT_TYPE", String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
            environment.put("CONTENT_LENGTH", String.valueOf(Files.size(body)));
            Process process = builder.start();
            byte[] answer = process.getInputStream().readAllBytes();
            process.waitFor();
            return answer;
        } finally {
            Files.delete(body);
        }
    }

    private static void forward(HttpExchange exchange, byte[] answer) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(answer);
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        byte[] body = in.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
