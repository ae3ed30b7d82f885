package dev.autosync.core.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Constants in the words of files, events and reports: lower case, with hyphens. */
public final class Words {
    private Words() {}

    /** The word for a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant that a word stands for; empty if there is none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
        return Stream.of(type.getEnumConstants()).filter(constant -> of(constant).equals(word)).findFirst();
    }
}
