package dev.autosync.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selects methods of Java classes. */
final class ClassSelection implements TestSelection {
    /* ASCII alone: other letters may arrive as question marks, which are wildcards. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");
    /*
     * Behind a method's name reports have its types and the number of the invocation: adds(int)[1], adds{int}[1]. Without types, adds[1], the number is part
     * of the name, as JUnit 4 has it, and no selector finds the method without it.
     */
    private static final Pattern METHOD = Pattern.compile("([A-Za-z_][A-Za-z0-9_$]*)([({].*)?", Pattern.DOTALL);
    /* What stands for a class that could not be set up. */
    private static final Set<String> NO_METHODS = Set.of("classMethod", "initializationError", "executionError");

    private final Function<Map<String, Set<String>>, List<String>> form;

    /** @param form turns methods by class into arguments; a class without methods means all of it */
    ClassSelection(Function<Map<String, Set<String>>, List<String>> form) {
        this.form = form;
    }

    @Override
    public Optional<List<String>> arguments(Collection<String> ids) {
        Map<String, Set<String>> methods = new TreeMap<>();
        Set<String> whole = new TreeSet<>();
        for (String id : ids) {
            int hash = id.indexOf('#');
            String type = hash < 0 ? id : id.substring(0, hash);
            if (!TYPE.matcher(type).matches()) {
                return Optional.empty();
            }
            Matcher method = METHOD.matcher(hash < 0 ? "" : id.substring(hash + 1));
            Set<String> known = methods.computeIfAbsent(type, none -> new TreeSet<>());
            if (method.matches() && !NO_METHODS.contains(method.group(1))) {
                known.add(method.group(1));
            } else {
                whole.add(type);
            }
        }
        whole.forEach(type -> methods.put(type, Set.of()));
        return methods.isEmpty() ? Optional.empty() : Optional.of(form.apply(methods));
    }

    static List<String> maven(Map<String, Set<String>> methods) {
        List<String> tests = new ArrayList<>();
        methods.forEach((type, names) -> tests.add(names.isEmpty() ? type : type + "#" + String.join("+", names)));
        return List.of("-Dtest=" + String.join(",", tests), "-Dsurefire.failIfNoSpecifiedTests=false");
    }

    static List<String> gradle(Map<String, Set<String>> methods) {
        List<String> arguments = new ArrayList<>();
        methods.forEach((type, names) -> (names.isEmpty() ? Set.of(type) : new TreeSet<>(names.stream().map(name -> type + "." + name).toList()))
                .forEach(test -> arguments.addAll(List.of("--tests", test))));
        return arguments;
    }
}
