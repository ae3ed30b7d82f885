package dev.autosync.github;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's description of its REST interface, to check exchanges with and to make answers from. */
final class OpenApi {
    private static final String ID = "https://autosync.dev/test/github-openapi";

    private final JsonMapper mapper = new JsonMapper();
    private final String text;
    private final JsonNode document;
    private final SchemaRegistry registry;

    OpenApi() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/github-openapi/api.github.com.subset.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document = mapper.readTree(text);
        registry = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(ID, text)));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    JsonNode parse(String json) {
        return mapper.readTree(json);
    }

    /** The operation of a method and a path; fails if GitHub has none. */
    Operation operation(String method, String path) {
        for (var entry : document.get("paths").properties()) {
            // Only branches may hold a slash among the parameters that are used here.
            String pattern = entry.getKey().replaceAll("\\{ref}", ".+").replaceAll("\\{[^}]+}", "[^/]+");
            JsonNode operation = entry.getValue().get(method.toLowerCase(Locale.ROOT));
            if (operation != null && Pattern.matches(pattern, path)) {
                return new Operation(entry.getKey(), method.toLowerCase(Locale.ROOT), operation);
            }
        }
        throw new IllegalArgumentException("GitHub has no operation " + method + " " + path);
    }

    /** One operation. */
    final class Operation {
        private final String pointer;
        private final JsonNode node;

        private Operation(String path, String method, JsonNode node) {
            this.pointer = "#/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method;
            this.node = node;
        }

        String id() {
            return node.get("operationId").asString();
        }

        List<String> requestErrors(String query, String body) {
            List<String> errors = new ArrayList<>();
            if (query != null) {
                List<String> known = new ArrayList<>();
                for (JsonNode parameter : node.path("parameters")) {
                    known.add(resolve(parameter).get("name").asString());
                }
                for (String pair : query.split("&")) {
                    if (!known.contains(pair.replaceFirst("=.*", ""))) {
                        errors.add(id() + " has no parameter " + pair);
                    }
                }
            }
            JsonNode schema = node.at("/requestBody/content/application~1json/schema");
            if (!schema.isMissingNode()) {
                errors.addAll(errors(pointer + "/requestBody/content/application~1json/schema", body));
                parse(body).propertyNames().forEach(name -> {
                    if (!schema.get("properties").has(name)) {
                        errors.add(id() + " has no member " + name);
                    }
                });
            } else if (!body.isEmpty()) {
                errors.add(id() + " takes no body");
            }
            return errors;
        }

        List<String> answerErrors(int status, JsonNode body) {
            JsonNode response = node.path("responses").path(String.valueOf(status));
            if (status == 404) {
                return errors("#/components/schemas/basic-error", body.toString());
            }
            if (response.isMissingNode()) {
                return List.of(id() + " never answers " + status);
            }
            if (!response.has("content")) {
                return body == null ? List.of() : List.of(id() + " has no body for " + status);
            }
            return errors(pointer + "/responses/" + status + "/content/application~1json/schema", body.toString());
        }
    }

    private List<String> errors(String pointer, String json) {
        return registry.getSchema(SchemaLocation.of(ID + pointer)).validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asString().substring(1))) : node;
    }

    /** The smallest thing that a schema allows. */
    JsonNode sample(String schema) {
        return sampleOf(document.at("/components/schemas/" + schema));
    }

    private JsonNode sampleOf(JsonNode unresolved) {
        JsonNode schema = resolve(unresolved);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (schema.path("nullable").asBoolean(false)) {
            return nodes.nullNode();
        }
        for (String choice : new String[] {"allOf", "anyOf", "oneOf"}) {
            if (schema.has(choice)) {
                return sampleOf(schema.get(choice).get(0));
            }
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> nodes.stringNode(string(schema));
            case "integer", "number" -> nodes.numberNode(1);
            case "boolean" -> nodes.booleanNode(false);
            case "array" -> nodes.arrayNode();
            default -> {
                ObjectNode object = nodes.objectNode();
                schema.path("required").forEach(name -> object.set(name.asString(), sampleOf(schema.get("properties").path(name.asString()))));
                yield object;
            }
        };
    }

    private static String string(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uri" -> "https://api.github.com/x";
            case "date-time" -> "2026-11-25T12:00:00Z";
            case "email" -> "a@example.org";
            default -> "a".repeat(Math.max(1, schema.path("minLength").asInt(1)));
        };
    }
}
