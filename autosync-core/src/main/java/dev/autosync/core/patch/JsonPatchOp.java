package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a JSON Patch (RFC 6902, section 4), known to be well-formed.
 *
 * @param index its place in the patch, from 0
 * @param kind what it does
 * @param path where
 * @param source for {@code move} and {@code copy}, where from
 * @param operand for {@code add}, {@code replace} and {@code test}, the value
 * @param hint where a new member would like to stand
 */
record JsonPatchOp(int index, Kind kind, JsonPointer path, @Nullable JsonPointer source, @Nullable JsonNode operand,
        JsonPlaceHint hint) {

    enum Kind {
        ADD,
        REMOVE,
        REPLACE,
        MOVE,
        COPY,
        TEST;

        boolean hasValue() {
            return this == ADD || this == REPLACE || this == TEST;
        }

        boolean hasFrom() {
            return this == MOVE || this == COPY;
        }

        /** The name that patches use. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return switch (word) {
                case "add" -> ADD;
                case "remove" -> REMOVE;
                case "replace" -> REPLACE;
                case "move" -> MOVE;
                case "copy" -> COPY;
                case "test" -> TEST;
                default -> throw JsonPatchFailure.malformed("there is no operation " + JsonPatchFailure.quote(word)
                        + "; there are add, remove, replace, move, copy and test");
            };
        }
    }

    /** All operations of a patch. */
    static List<JsonPatchOp> readAll(JsonNode patch, int maxOperations) {
        if (patch.kind() != JsonNode.Kind.ARRAY) {
            throw JsonPatchFailure.malformed("a JSON Patch is an array of operations, this is " + JsonPatchFailure.show(patch));
        }
        int count = patch.tape().count(patch.index());
        if (count > maxOperations) {
            throw JsonPatchFailure.limit("there are " + count + " operations, the limit is " + maxOperations);
        }
        List<JsonNode> elements = patch.elements();
        List<JsonPatchOp> ops = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            try {
                ops.add(read(i, elements.get(i)));
            } catch (JsonPatchFailure e) {
                throw e.in("operation /" + i);
            }
        }
        return ops;
    }

    JsonPointer from() {
        if (source == null) {
            throw new IllegalStateException(kind + " has no from");
        }
        return source;
    }

    JsonNode value() {
        if (operand == null) {
            throw new IllegalStateException(kind + " has no value");
        }
        return operand;
    }

    /** The operation as reasons name it: the JSON pointer of it in the patch, what it does, and where. */
    String place() {
        String fromText = source == null ? "" : JsonPatchFailure.quote(source.toString()) + " to ";
        return "operation /" + index + " (" + kind.word() + " " + fromText + JsonPatchFailure.quote(path.toString()) + ")";
    }

    private static JsonPatchOp read(int index, JsonNode op) {
        if (op.kind() != JsonNode.Kind.OBJECT) {
            throw JsonPatchFailure.malformed("an operation is an object, this is " + JsonPatchFailure.show(op));
        }
        Kind kind = Kind.of(text(op, "op"));
        JsonPointer path = pointer(op, "path");
        JsonPointer from = kind.hasFrom() ? pointer(op, "from") : null;
        JsonNode value = kind.hasValue() ? member(op, "value") : null;
        JsonPatchOp read = new JsonPatchOp(index, kind, path, from, value,
                kind == Kind.ADD || kind.hasFrom() ? JsonPlaceHint.of(op) : JsonPlaceHint.NONE);
        read.check();
        return read;
    }

    /* What can never work, whatever the document is. */
    private void check() {
        if (kind == Kind.REMOVE && path.isRoot()) {
            throw JsonPatchFailure.malformed("the whole document cannot be removed, no JSON text would be left");
        }
        if (kind == Kind.MOVE && from().isProperPrefixOf(path)) {
            throw JsonPatchFailure.malformed("a value cannot be moved into itself, from " + JsonPatchFailure.quote(from().toString())
                    + " to " + JsonPatchFailure.quote(path.toString()));
        }
    }

    private static JsonPointer pointer(JsonNode op, String name) {
        String text = text(op, name);
        try {
            return JsonPointer.parse(text);
        } catch (IllegalArgumentException e) {
            throw JsonPatchFailure.malformed("\"" + name + "\" is " + JsonPatchFailure.quote(text) + ", but " + e.getMessage());
        }
    }

    private static String text(JsonNode op, String name) {
        JsonNode value = member(op, name);
        if (value.kind() != JsonNode.Kind.STRING) {
            throw JsonPatchFailure.malformed("\"" + name + "\" is a string, this is " + JsonPatchFailure.show(value));
        }
        return value.text();
    }

    private static JsonNode member(JsonNode op, String name) {
        Optional<JsonNode> value = op.get(name);
        return value.orElseThrow(() -> JsonPatchFailure.malformed("\"" + name + "\" is missing"));
    }
}
