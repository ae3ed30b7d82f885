package dev.autosync.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selects tests by arguments with placeholders. */
final class TemplateSelection implements TestSelection {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(class|method|id)(?::([^{}]*))?}");
    private static final Pattern LIKE_A_PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+(?::[^{}]*)?}");
    /* No '..' either, for some tools take a test for a path. A dollar sign would be the end of the line in a regular expression. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_/#-]|\\.(?!\\.))*");

    private final List<String> arguments;
    private final boolean joined;

    /** @throws IllegalArgumentException if there is no placeholder, an unknown one, or both kinds */
    TemplateSelection(List<String> arguments) {
        this.arguments = arguments;
        int single = 0;
        int joins = 0;
        int alike = 0;
        for (String argument : arguments) {
            alike += (int) LIKE_A_PLACEHOLDER.matcher(argument).results().count();
            Matcher found = PLACEHOLDER.matcher(argument);
            while (found.find()) {
                if (found.group(2) == null) {
                    single++;
                } else {
                    joins++;
                }
            }
        }
        if (single == 0 == (joins == 0) || alike > single + joins) {
            throw new IllegalArgumentException("arguments must have placeholders {class}, {method} or {id}, either all with a separator, {id:,}, or none,"
                    + " were " + arguments);
        }
        joined = joins > 0;
    }

    @Override
    public Optional<List<String>> arguments(Collection<String> ids) {
        Set<List<String>> all = new LinkedHashSet<>();
        for (List<String> some : joined ? List.of(List.copyOf(ids)) : ids.stream().map(List::of).toList()) {
            List<String> filled = new ArrayList<>();
            for (String argument : arguments) {
                Optional<String> text = filled(argument, some);
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                filled.add(text.get());
            }
            all.add(filled);
        }
        return Optional.of(all.stream().flatMap(List::stream).toList());
    }

    private static Optional<String> filled(String argument, List<String> ids) {
        StringBuilder text = new StringBuilder();
        Matcher found = PLACEHOLDER.matcher(argument);
        while (found.find()) {
            String part = found.group(1);
            List<String> values = ids.stream().map(id -> part(part, id)).distinct().toList();
            if (!values.stream().allMatch(value -> SAFE.matcher(value).matches())) {
                return Optional.empty();
            }
            found.appendReplacement(text, Matcher.quoteReplacement(String.join(Objects.requireNonNullElse(found.group(2), ""), values)));
        }
        return Optional.of(found.appendTail(text).toString());
    }

    private static String part(String part, String id) {
        int hash = id.indexOf('#');
        return switch (part) {
            case "class" -> hash < 0 ? id : id.substring(0, hash);
            case "method" -> hash < 0 ? "" : id.substring(hash + 1);
            default -> id;
        };
    }
}
