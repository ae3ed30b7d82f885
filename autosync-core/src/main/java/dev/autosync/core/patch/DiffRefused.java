package dev.autosync.core.patch;

import dev.autosync.ErrorCode;

/** A diff that may not be applied anywhere: the way out of the parser and of the work limit. Never leaves this package. */
final class DiffRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private DiffRefused(ErrorCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    /**
     * The diff breaks its own format.
     *
     * @param line the line in the patch, counted from 1
     * @param why what is wrong there
     */
    static DiffRefused malformed(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_MALFORMED, "line " + line + " of the patch: " + why);
    }

    static DiffRefused unsupported(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_UNSUPPORTED, "line " + line + " of the patch: " + why);
    }

    static DiffRefused path(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_PATH_REFUSED, "line " + line + " of the patch: " + why);
    }

    static DiffRefused option(String name, String values) {
        return new DiffRefused(ErrorCode.PATCH_MALFORMED, "the option '" + name + "' must be " + values);
    }

    static DiffRefused limit(String why) {
        return new DiffRefused(ErrorCode.PATCH_LIMIT, why);
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
