package dev.autosync.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autosync.core.json.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaFilesTest {
    static final List<String> NAMES = Schemas.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void isASchemaOfItsDraft(String name) {
        assertThat(Schemas.errorsOf(Schemas.META, Schemas.text(name))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void saysWhatItIsFor(String name) {
        JsonNode schema = Schemas.json(name);
        assertThat(schema.get("$schema").orElseThrow().text()).isEqualTo(Schemas.META);
        assertThat(schema.get("$id").orElseThrow().text()).isEqualTo(Schemas.id(name));
        assertThat(schema.get("title").orElseThrow().text()).startsWith("AutoSync ");
        assertThat(schema.get("description").orElseThrow().text()).contains(name.equals("patch") ? "patches/*.json" : name);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void describesEveryKey(String name) {
        List<String> without = new ArrayList<>();
        undescribed(Schemas.json(name), without);
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void refusesAnythingButAnObjectOfVersionOne(String name) {
        for (String text : List.of("", "[]", "null", "7", "{}", "{\"version\": \"1\"}", "{\"version\": 2}")) {
            assertThat(Schemas.errors(name, text)).as(text).isNotEmpty();
        }
    }

    private static void undescribed(JsonNode node, List<String> without) {
        if (node.kind() == JsonNode.Kind.ARRAY) {
            node.elements().forEach(element -> undescribed(element, without));
        } else if (node.kind() == JsonNode.Kind.OBJECT) {
            boolean closes = node.pointer().matches(".*/(then|else|anyOf/\\d+|if)");
            node.members().forEach(member -> {
                if (member.name().equals("properties") && !closes) {
                    member.value().members().stream().filter(key -> key.value().get("description").isEmpty())
                            .forEach(key -> without.add(key.value().pointer()));
                }
                undescribed(member.value(), without);
            });
        }
    }
}
