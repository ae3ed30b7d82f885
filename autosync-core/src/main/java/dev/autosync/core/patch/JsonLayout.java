package dev.autosync.core.patch;

import dev.autosync.core.json.JsonNode;
import java.util.List;

/** Writes the values of a patch in the style of the file: names, strings and numbers as the patch spells them, white space as the file. */
final class JsonLayout {
    private final JsonStyle style;
    private final boolean dropNulls;
    private final int maxLength;
    private final StringBuilder out = new StringBuilder();

    /** A layout for one value; {@code dropNulls} leaves out members that are null, as a merge patch does. */
    JsonLayout(JsonStyle style, boolean dropNulls, int maxLength) {
        this.style = style;
        this.dropNulls = dropNulls;
        this.maxLength = maxLength;
    }

    String write(JsonNode value, String indent, boolean spread) {
        append(value, indent, spread, dropNulls);
        return out.toString();
    }

    private void append(JsonNode value, String indent, boolean spread, boolean dropping) {
        switch (value.kind()) {
            case OBJECT -> appendObject(value, indent, spread, dropping);
            case ARRAY -> appendArray(value, indent, spread);
            default -> out.append(value.source(), value.start(), value.end());
        }
        if (out.length() > maxLength) {
            throw JsonPatchFailure.limit("the result would be longer than " + maxLength + " characters");
        }
    }

    private void appendObject(JsonNode object, String indent, boolean spread, boolean dropping) {
        List<JsonNode.Member> members = object.members().stream()
                .filter(member -> !dropping || member.value().kind() != JsonNode.Kind.NULL)
                .toList();
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            JsonNode.Member member = members.get(i);
            appendGap(object, i, indent, spread);
            out.append(object.source(), member.start(), member.end()).append(style.colon());
            append(member.value(), indent + style.unit(), spread && style.spreads(member.value()), dropping);
        }
        appendEnd(object, members.isEmpty(), indent, spread);
        out.append('}');
    }

    /* What is in an array is not merged but taken as it is, nulls and all (RFC 7396, section 2). */
    private void appendArray(JsonNode array, String indent, boolean spread) {
        List<JsonNode> elements = array.elements();
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            appendGap(array, i, indent, spread);
            append(elements.get(i), indent + style.unit(), spread && style.spreads(elements.get(i)), false);
        }
        appendEnd(array, elements.isEmpty(), indent, spread);
        out.append(']');
    }

    private void appendGap(JsonNode container, int index, String indent, boolean spread) {
        if (spread) {
            out.append(index == 0 ? "" : ",").append(style.lineEnd()).append(indent).append(style.unit());
        } else {
            out.append(index == 0 ? style.padding(container.kind()) : style.comma());
        }
    }

    private void appendEnd(JsonNode container, boolean empty, String indent, boolean spread) {
        if (spread && !empty) {
            out.append(style.lineEnd()).append(indent);
        } else if (!empty) {
            out.append(style.padding(container.kind()));
        }
    }
}
