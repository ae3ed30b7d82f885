package dev.autosync.core.schema;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import java.util.Set;
import java.util.TreeSet;

/** The keys that schemas name, and those that documents have, as pointers with {@code *} for the place in an array. */
final class SchemaKeys {
    private final Set<String> keys = new TreeSet<>();

    private SchemaKeys() {}

    /** All keys that a schema names. */
    static Set<String> ofSchema(String name) {
        SchemaKeys keys = new SchemaKeys();
        keys.schema(name, Schemas.json(name), "");
        return keys.keys;
    }

    /** The keys that a part of a schema names for one object. */
    static Set<String> ofDefinition(String name, String definition) {
        JsonNode node = definition.isEmpty() ? Schemas.json(name)
                : Schemas.json(name).get("$defs").orElseThrow().get(definition).orElseThrow();
        Set<String> names = new TreeSet<>();
        node.get("properties").orElseThrow().members().forEach(member -> names.add(member.name()));
        return names;
    }

    /** All keys that a document has. */
    static Set<String> ofDocument(JsonNode document) {
        SchemaKeys keys = new SchemaKeys();
        keys.document(document, "");
        return keys.keys;
    }

    private void document(JsonNode node, String at) {
        if (node.kind() == JsonNode.Kind.OBJECT) {
            node.members().forEach(member -> {
                keys.add(at + "/" + member.name());
                document(member.value(), at + "/" + member.name());
            });
        } else if (node.kind() == JsonNode.Kind.ARRAY) {
            node.elements().forEach(element -> document(element, at + "/*"));
        }
    }

    private void schema(String file, JsonNode schema, String at) {
        if (schema.kind() != JsonNode.Kind.OBJECT) {
            return;
        }
        schema.get("$ref").ifPresent(ref -> follow(file, ref.text(), at));
        schema.get("items").ifPresent(items -> schema(file, items, at + "/*"));
        schema.get("properties").ifPresent(properties -> properties.members().forEach(member -> {
            keys.add(at + "/" + member.name());
            schema(file, member.value(), at + "/" + member.name());
        }));
    }

    private void follow(String file, String ref, String at) {
        int hash = ref.indexOf('#');
        String target = hash == 0 ? file : ref.substring(0, hash).replace(".schema.json", "");
        JsonNode node = Schemas.json(target);
        for (String token : JsonPointer.parse(ref.substring(hash + 1)).tokens()) {
            node = node.get(token).orElseThrow();
        }
        schema(target, node, at);
    }
}
