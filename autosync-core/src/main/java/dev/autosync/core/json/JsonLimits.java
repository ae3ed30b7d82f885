package dev.autosync.core.json;

/**
 * How much a JSON text may ask for, and how strictly it is read.
 *
 * @param maxLength the most characters (UTF-16 units)
 * @param maxDepth how deep objects and arrays may be nested; what is beyond {@link JsonText#DEEPEST} is not looked at
 * @param maxNumberLength the most characters of a number
 * @param maxStringLength the most characters between the quotes of a string or a name, as written
 * @param tolerant whether comments and trailing commas are read over
 */
public record JsonLimits(int maxLength, int maxDepth, int maxNumberLength, int maxStringLength, boolean tolerant) {

    /** Those of files and events: strict. */
    static final JsonLimits STRICT =
            new JsonLimits(JsonText.MAX_LENGTH, JsonText.MAX_DEPTH, JsonText.MAX_NUMBER_LENGTH, JsonText.MAX_LENGTH, false);

    /** Checks nothing but keeps the depth where recursion is safe. */
    public JsonLimits {
        maxDepth = Math.min(maxDepth, JsonText.DEEPEST);
    }

    /**
     * The same, read otherwise.
     *
     * @param comments whether comments and trailing commas are read over
     * @return limits
     */
    public JsonLimits tolerant(boolean comments) {
        return new JsonLimits(maxLength, maxDepth, maxNumberLength, maxStringLength, comments);
    }
}
