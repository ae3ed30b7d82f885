package dev.autosync.core.testing;

/** How tests of the JUnit Platform are called, wherever their results come from. */
final class PlatformNames {

    private PlatformNames() {}

    /** The name of a method, with its parameters' types if it has any. */
    static String method(String className, String methodName, String parameterTypes) {
        return className + "#" + methodName + (parameterTypes.isEmpty() ? "" : "(" + parameterTypes + ")");
    }

    /** The number of an invocation, {@code [2]}, if that is what the value of a segment of a unique id is; else nothing. */
    static String invocation(String segmentValue) {
        boolean number = segmentValue.length() > 1 && segmentValue.startsWith("#")
                && segmentValue.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return number ? "[" + segmentValue.substring(1) + "]" : "";
    }
}
