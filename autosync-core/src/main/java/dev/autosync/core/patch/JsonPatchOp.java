package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonPointer;
import dev.autosync.core.json.JsonTape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        Members members = new Members(op);
        Kind kind = Kind.of(members.text("op", members.op));
        JsonPointer path = members.pointer("path", members.path);
        JsonPointer from = kind.hasFrom() ? members.pointer("from", members.from) : null;
        JsonNode value = kind.hasValue() ? members.value("value", members.value) : null;
        JsonPatchOp read = new JsonPatchOp(index, kind, path, from, value,
                kind == Kind.ADD || kind.hasFrom() ? JsonPlaceHint.of(members.hint(members.after), members.hint(members.before))
                        : JsonPlaceHint.NONE);
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

    /** The members of an operation that mean anything, found in one walk over it; -1 for one that is not there. */
    private static final class Members {
        private final JsonTape tape;
        private int op = -1;
        private int path = -1;
        private int from = -1;
        private int value = -1;
        private int after = -1;
        private int before = -1;

        Members(JsonNode operation) {
            tape = operation.tape();
            int end = tape.next(operation.index());
            for (int member = operation.index() + 1; member < end; member = tape.next(member)) {
                if (tape.isNamed(member, "op")) {
                    op = member;
                } else if (tape.isNamed(member, "path")) {
                    path = member;
                } else if (tape.isNamed(member, "value")) {
                    value = member;
                } else if (tape.isNamed(member, "from")) {
                    from = member;
                } else if (tape.isNamed(member, "after")) {
                    after = member;
                } else if (tape.isNamed(member, "before")) {
                    before = member;
                }
            }
        }

        JsonNode value(String name, int member) {
            if (member < 0) {
                throw JsonPatchFailure.malformed("\"" + name + "\" is missing");
            }
            return tape.node(member);
        }

        String text(String name, int member) {
            JsonNode found = value(name, member);
            if (found.kind() != JsonNode.Kind.STRING) {
                throw JsonPatchFailure.malformed("\"" + name + "\" is a string, this is " + JsonPatchFailure.show(found));
            }
            return found.text();
        }

        JsonPointer pointer(String name, int member) {
            String text = text(name, member);
            try {
                return JsonPointer.parse(text);
            } catch (IllegalArgumentException e) {
                throw JsonPatchFailure.malformed("\"" + name + "\" is " + JsonPatchFailure.quote(text) + ", but " + e.getMessage());
            }
        }

        /** What is no text is somebody else's. */
        @Nullable String hint(int member) {
            return member < 0 || tape.kind(member) != JsonNode.Kind.STRING ? null : tape.node(member).text();
        }
    }
}
