package dev.autosync.core.secrets;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The forms in which a secret may stand in a text: as programs encode it, and that as reports show any text.
 *
 * <p>A value of several lines is looked for as a whole and line by line, without blanks around. Threads: no state.
 */
final class SecretForms {
    /** Fewer characters than this cannot be covered without covering innocent text too. */
    static final int MIN_LENGTH = 8;

    /** From this length on, what is encoded is not looked for as reports show it too: those forms differ in a few characters at most. */
    static final int LONG = 2048;

    private SecretForms() {}

    /** Whether a text is long enough, and not one character again and again. */
    static boolean isHideable(String text) {
        String bare = text.strip();
        return bare.length() >= MIN_LENGTH && bare.chars().distinct().limit(2).count() == 2;
    }

    /** All forms of a value, each at least as long as the least secret. */
    static Set<String> of(String value) {
        return of(value, Encodings.ALL, Renderings.ALL);
    }

    /** The forms of a value by some encodings and renderings alone, so that tests can leave one out. */
    static Set<String> of(String value, List<Encoding> encodings, List<UnaryOperator<String>> renderings) {
        boolean isLong = value.length() > LONG;
        Set<String> parts = parts(value, isLong);
        Set<String> forms = new LinkedHashSet<>();
        encodings.forEach(encoding -> parts.forEach(part -> encoding.encode(part, forms::add)));
        for (String encoded : isLong ? parts : List.copyOf(forms)) {
            if (Renderings.changesAnything(encoded)) {
                renderings.forEach(rendering -> forms.add(rendering.apply(encoded)));
            }
        }
        forms.removeIf(form -> form.length() < MIN_LENGTH);
        return forms;
    }

    private static Set<String> parts(String value, boolean isLong) {
        Set<String> lines = new LinkedHashSet<>();
        value.lines().map(String::strip).filter(SecretForms::isHideable).forEach(lines::add);
        if (isLong && lines.size() > 1 && lines.stream().mapToInt(String::length).sum() > value.length() / 2) {
            return lines; // they cover the whole
        }
        Set<String> parts = new LinkedHashSet<>(List.of(value));
        parts.add(value.strip());
        parts.addAll(lines);
        return parts;
    }
}
