package dev.autosync.core.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/** The schemas of the core jar, as a validator that knows nothing of the readers understands them. */
public final class Schemas {
    public static final List<String> NAMES = List.of("core_config", "dashboard_config", "patch", "kpi", "dashboard", "test_results",
            "lessons_learned", "feedback_loop", "initial_snapshot", "owner", "green", "failures", "connectors_config", "store");
    static final String META = "https://json-schema.org/draft/2020-12/schema";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(texts()));

    private Schemas() {}

    /** What a schema has against a text. */
    public static List<String> errors(String name, String json) {
        return errorsOf(id(name), json);
    }

    static List<String> errorsOf(String id, String json) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(id));
        try {
            return schema.validate(json, InputFormat.JSON, context -> context.executionConfig(config ->
                    config.formatAssertionsEnabled(true))).stream().map(Object::toString).toList();
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of("not JSON: " + e);
        }
    }

    static String id(String name) {
        return "https://autosync.dev/schema/" + name + ".schema.json";
    }

    static String text(String name) {
        try (InputStream in = JsonText.class.getResourceAsStream("/dev/autosync/schema/" + name + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String name) {
        return JsonText.parse(text(name), name, ErrorCode.INTERNAL);
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        NAMES.forEach(name -> texts.put(id(name), text(name)));
        return texts;
    }
}
