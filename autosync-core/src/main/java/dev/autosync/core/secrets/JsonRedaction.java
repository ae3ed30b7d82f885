package dev.autosync.core.secrets;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.core.json.JsonText;
import java.util.function.UnaryOperator;

/**
 * Rewrites the names and strings of a JSON text.
 *
 * <p>Covering a place of the text as it stands could cut an escape in two, or cover a number that happens to have the digits of a secret.
 */
final class JsonRedaction {
    private final String text;
    private final UnaryOperator<String> redact;
    private final StringBuilder redacted;
    private int copied;

    private JsonRedaction(String text, UnaryOperator<String> redact) {
        this.text = text;
        this.redact = redact;
        this.redacted = new StringBuilder(text.length());
    }

    /** The text with each name and string redacted; what is not JSON is redacted as it stands. */
    static String redact(String text, UnaryOperator<String> redact) {
        JsonNode root;
        try {
            root = JsonText.parse(text, "", ErrorCode.INTERNAL);
        } catch (AutoSyncException e) {
            return redact.apply(text);
        }
        JsonRedaction redaction = new JsonRedaction(text, redact);
        redaction.value(root);
        return redaction.redacted.append(text, redaction.copied, text.length()).toString();
    }

    private void value(JsonNode node) {
        switch (node.kind()) {
            case OBJECT -> node.members().forEach(member -> {
                literal(member.start(), member.end(), member.name());
                value(member.value());
            });
            case ARRAY -> node.elements().forEach(this::value);
            case STRING -> literal(node.start(), node.end(), node.text());
            case NUMBER, BOOLEAN, NULL -> { }
        }
    }

    private void literal(int start, int end, String meaning) {
        String shown = redact.apply(meaning);
        if (!shown.equals(meaning)) {
            redacted.append(text, copied, start).append(JsonQuote.quote(shown));
            copied = end;
        }
    }
}
