package dev.autosync.core.patch;

import dev.autosync.AutoSyncException;
import dev.autosync.ErrorCode;
import dev.autosync.core.json.JsonNode;
import dev.autosync.core.json.JsonQuote;
import dev.autosync.spi.PatchPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of planning a JSON patch, from however deep: a verdict that is not an edit. Never leaves the format. */
final class JsonPatchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    private final @Nullable ErrorCode code;
    private final String reason;
    private final String place;
    private final transient @Nullable Mismatch mismatch;

    private JsonPatchFailure(@Nullable ErrorCode code, String reason, String place, @Nullable Mismatch mismatch) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.place = place;
        this.mismatch = mismatch;
    }

    /* A value of the file that is not the expected one. */
    private record Mismatch(int line, String expected, String found) {}

    private static JsonPatchFailure of(@Nullable ErrorCode code, String reason) {
        return new JsonPatchFailure(code, reason, "", null);
    }

    static JsonPatchFailure conflict(String reason) {
        return of(null, reason);
    }

    /** A value that stands in the file is not the expected one. */
    static JsonPatchFailure mismatch(String reason, JsonNode found, JsonNode expected) {
        return new JsonPatchFailure(null, reason, "", new Mismatch(found.line(), show(expected), show(found)));
    }

    static JsonPatchFailure malformed(String reason) {
        return of(ErrorCode.PATCH_MALFORMED, reason);
    }

    static JsonPatchFailure limit(String reason) {
        return of(ErrorCode.PATCH_LIMIT, reason);
    }

    /** What a parser said of the patch itself. */
    static JsonPatchFailure refused(AutoSyncException e) {
        return of(e.code(), withoutCode(e));
    }

    /** What a parser said of the file that the patch is for. */
    static JsonPatchFailure conflict(AutoSyncException e) {
        return conflict(withoutCode(e));
    }

    /** The same with the part of the patch that it is about; the innermost part wins. */
    JsonPatchFailure in(String part) {
        return place.isEmpty() ? new JsonPatchFailure(code, part + ": " + reason, part, mismatch) : this;
    }

    /** The verdict on a patch of a file. */
    PatchPlan plan(String path) {
        if (code != null) {
            return PatchPlan.refused(code, reason).withPlaceInPatch(place);
        }
        return mismatch == null ? PatchPlan.conflict(reason) : PatchPlan.conflict(reason, dev.autosync.patch.NearestMatch.of(path,
                mismatch.line(), List.of(mismatch.expected()), List.of(mismatch.found())));
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
