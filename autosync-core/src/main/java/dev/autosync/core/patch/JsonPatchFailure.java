package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.spi.PatchPlan;
import org.jspecify.annotations.Nullable;

/** The end of planning a JSON patch, from however deep: a verdict that is not an edit. Never leaves the format. */
final class JsonPatchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final @Nullable ErrorCode code;
    private final String reason;
    private final boolean placed;

    private JsonPatchFailure(@Nullable ErrorCode code, String reason, boolean placed) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.placed = placed;
    }

    static JsonPatchFailure conflict(String reason) {
        return new JsonPatchFailure(null, reason, false);
    }

    static JsonPatchFailure malformed(String reason) {
        return new JsonPatchFailure(ErrorCode.PATCH_MALFORMED, reason, false);
    }

    static JsonPatchFailure limit(String reason) {
        return new JsonPatchFailure(ErrorCode.PATCH_LIMIT, reason, false);
    }

    /** What a parser said of the patch itself. */
    static JsonPatchFailure refused(AutoSyncException e) {
        return new JsonPatchFailure(e.code(), withoutCode(e), false);
    }

    /** What a parser said of the file that the patch is for. */
    static JsonPatchFailure conflict(AutoSyncException e) {
        return conflict(withoutCode(e));
    }

    /** The same with the part of the patch that it is about; the innermost part wins. */
    JsonPatchFailure in(String place) {
        return placed ? this : new JsonPatchFailure(code, place + ": " + reason, true);
    }

    PatchPlan plan() {
        return code == null ? PatchPlan.conflict(reason) : PatchPlan.refused(code, reason);
    }

    /** A name or a pointer for a reason: on one line, without control characters, not too long. */
    static String quote(String text) {
        return JsonQuote.quote(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...");
    }

    /** A value for a reason. */
    static String show(JsonNode value) {
        return switch (value.kind()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> quote(value.text());
            case NUMBER -> value.end() - value.start() <= SHOWN ? value.raw() : "a long number";
            case BOOLEAN, NULL -> value.raw();
        };
    }

    /* A plan carries its code beside the reason. */
    private static String withoutCode(AutoSyncException e) {
        String message = String.valueOf(e.getMessage());
        String suffix = " [" + e.code().id() + "]";
        return message.endsWith(suffix) ? message.substring(0, message.length() - suffix.length()) : message;
    }
}
