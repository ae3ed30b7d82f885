package dev.autosync.core.patch;

import dev.autosync.ErrorCode;

/** A diff that may not be applied anywhere: the way out of the parser and of the work limit. Never leaves this package. */
final class DiffRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int line;

    private DiffRefused(ErrorCode code, int line, String why) {
        super(line == 0 ? why : "line " + line + " of the patch: " + why, null, false, false);
        this.code = code;
        this.line = line;
    }

    /**
     * The diff breaks its own format.
     *
     * @param line the line in the patch, counted from 1
     * @param why what is wrong there
     */
    static DiffRefused malformed(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_MALFORMED, line, why);
    }

    static DiffRefused unsupported(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_UNSUPPORTED, line, why);
    }

    static DiffRefused path(int line, String why) {
        return new DiffRefused(ErrorCode.PATCH_PATH_REFUSED, line, why);
    }

    static DiffRefused option(String name, String values) {
        return new DiffRefused(ErrorCode.PATCH_MALFORMED, 0, "the option '" + name + "' must be " + values);
    }

    static DiffRefused limit(String why) {
        return new DiffRefused(ErrorCode.PATCH_LIMIT, 0, why);
    }

    ErrorCode code() {
        return code;
    }

    /** The line of the patch, as a plan names it; empty if it is the patch as a whole. */
    String place() {
        return line == 0 ? "" : "line " + line;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
