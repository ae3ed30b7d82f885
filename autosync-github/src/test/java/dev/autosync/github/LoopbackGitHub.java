package dev.autosync.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** As much of GitHub's REST interface as the connector uses, with state; every exchange is checked against GitHub's own description of it. */
final class LoopbackGitHub implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OpenApi api = new OpenApi();
    private final Map<Integer, GitServer.Fault> faults = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, String> tips = new ConcurrentHashMap<>();
    final List<ObjectNode> runs = new CopyOnWriteArrayList<>();
    final List<JsonNode> statuses = new CopyOnWriteArrayList<>();
    /** Whether a dispatch tells which run it started. */
    volatile boolean tells = true;
    /** Whether runs are listed. */
    volatile boolean lists = true;

    LoopbackGitHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void at(int k, GitServer.Fault fault) {
        faults.put(count.get() + k, fault);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            GitServer.Fault fault = faults.get(count.incrementAndGet());
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            requests.add(method + " " + exchange.getRequestURI());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requireHeaders(exchange);
            OpenApi.Operation operation = api.operation(method, path);
            violations.addAll(operation.requestErrors(exchange.getRequestURI().getRawQuery(), body));
            if (fault != null && fault.before(exchange)) {
                return;
            }
            Answer answer = answer(operation.id(), path, exchange.getRequestURI().getRawQuery(), body);
            violations.addAll(operation.answerErrors(answer.status(), answer.body()));
            if (fault != null && fault.after()) {
                throw new IOException("cut");
            }
            send(exchange, answer);
        } catch (RuntimeException e) {
            violations.add(String.valueOf(e));
            throw e;
        }
    }

    private void requireHeaders(HttpExchange exchange) {
        Map<String, String> expected = Map.of("X-GitHub-Api-Version", "2022-11-28", "Accept", "application/vnd.github+json",
                "Authorization", "Bearer " + GitServer.TOKEN);
        expected.forEach((name, value) -> {
            if (!value.equals(exchange.getRequestHeaders().getFirst(name))) {
                violations.add(name + " is wrong");
            }
        });
    }

    /** An answer; null for one without a body. */
    private record Answer(int status, JsonNode body) {}

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body() == null ? new byte[0] : answer.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Answer answer(String operation, String path, String query, String body) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return switch (operation) {
            case "repos/get" -> new Answer(200, api.sample("full-repository"));
            case "actions/list-repo-workflows" -> new Answer(200, list("workflows", List.of(workflow())));
            case "git/get-ref" -> ref(path.replaceFirst(".*/git/ref/heads/", ""));
            case "actions/list-workflow-runs-for-repo" -> new Answer(200, list("workflow_runs", lists ? runs.stream()
                    .filter(run -> query.contains("head_sha=" + run.get("head_sha").asString())).toList() : List.of()));
            case "actions/create-workflow-dispatch" -> dispatch(api.parse(body));
            case "actions/get-workflow-run" -> runs.stream().filter(run -> run.get("id").asString().equals(last)).findFirst()
                    .map(run -> new Answer(200, run)).orElseGet(LoopbackGitHub::notFound);
            case "repos/create-commit-status" -> status(api.parse(body));
            default -> throw new IllegalStateException(operation);
        };
    }

    private static Answer notFound() {
        return new Answer(404, OpenApi.object().put("message", "Not Found").put("status", "404"));
    }

    private JsonNode list(String name, List<? extends JsonNode> elements) {
        ObjectNode list = OpenApi.object().put("total_count", elements.size());
        ArrayNode array = list.putArray(name);
        elements.forEach(array::add);
        return list;
    }

    private JsonNode workflow() {
        return ((ObjectNode) api.sample("workflow")).put("id", 7).put("path", ".github/workflows/ci.yml").put("state", "active");
    }

    private Answer ref(String branch) {
        String tip = tips.get(branch);
        if (tip == null) {
            return notFound();
        }
        ObjectNode ref = (ObjectNode) api.sample("git-ref");
        ref.put("ref", "refs/heads/" + branch);
        ((ObjectNode) ref.get("object")).put("sha", tip);
        return new Answer(200, ref);
    }

    private Answer dispatch(JsonNode request) {
        long id = 30_433_642L + runs.size();
        String branch = request.get("ref").asString();
        ObjectNode run = ((ObjectNode) api.sample("workflow-run")).put("id", id).put("workflow_id", 7).put("head_branch", branch)
                .put("head_sha", tips.get(branch)).put("path", ".github/workflows/ci.yml@refs/heads/" + branch).put("event", "workflow_dispatch")
                .put("status", "queued").putNull("conclusion").put("html_url", "https://github.com/o/r/actions/runs/" + id);
        runs.add(run);
        if (!tells || !request.path("return_run_details").asBoolean(false)) {
            return new Answer(204, null);
        }
        return new Answer(200, OpenApi.object().put("workflow_run_id", id).put("run_url", "https://api.github.com/repos/o/r/actions/runs/" + id)
                .put("html_url", "https://github.com/o/r/actions/runs/" + id));
    }

    private Answer status(JsonNode request) {
        statuses.add(request);
        return new Answer(201, ((ObjectNode) api.sample("status")).put("state", request.get("state").asString())
                .put("context", request.get("context").asString()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        if (!violations.isEmpty()) {
            throw new AssertionError("exchanges that GitHub's description does not allow: " + violations);
        }
    }
}
