package dev.autosync.core.patch;

import org.jspecify.annotations.Nullable;

/**
 * Where a new member would like to stand among its siblings: RFC 6902 cannot say it, and others ignore members that it does not define
 * (section 4).
 *
 * @param after the name of the member to stand behind
 * @param before the name of the member to stand in front of; counts where the other is not there
 */
record JsonPlaceHint(@Nullable String after, @Nullable String before) {
    static final JsonPlaceHint NONE = new JsonPlaceHint(null, null);

    static JsonPlaceHint of(@Nullable String after, @Nullable String before) {
        return after == null && before == null ? NONE : new JsonPlaceHint(after, before);
    }

    boolean isNone() {
        return after == null && before == null;
    }

    /** As notes name it. */
    @Override
    public String toString() {
        String behind = after == null ? "" : "no member " + JsonPatchFailure.quote(after) + " to stand after";
        String front = before == null ? "" : "no member " + JsonPatchFailure.quote(before) + " to stand before";
        return behind + (behind.isEmpty() || front.isEmpty() ? "" : " and ") + front;
    }
}
