package dev.autosync.core.api;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exported API of a module as sorted text: what it says to other modules, and what they can call and extend. */
final class ApiText {
    /** What every class has, whether it says so or not. */
    private static final Set<String> OF_OBJECT = Set.of("equals(java.lang.Object)", "hashCode()", "toString()");

    private final List<String> lines = new ArrayList<>();

    private ApiText() {}

    /** The text of the module that lies in a folder or a jar. */
    static String of(Path place) throws Exception {
        if (Files.isDirectory(place)) {
            return new ApiText().module(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return new ApiText().module(jar.getPath("/"));
        }
    }

    private String module(Path root) throws Exception {
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(root.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        lines.add("module " + module.name());
        say(module.requires().stream().filter(requires -> !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED))
                .map(requires -> "requires " + words(requires.modifiers()) + requires.name()));
        say(module.exports().stream().map(exports -> "exports " + exports.source() + to(exports.targets())));
        say(module.opens().stream().map(opens -> "opens " + opens.source() + to(opens.targets())));
        say(module.uses().stream().map(uses -> "uses " + uses));
        say(module.provides().stream().map(provides -> "provides " + provides.service() + " with " + String.join(", ", provides.providers())));
        for (ModuleDescriptor.Exports exports : new TreeSet<>(module.exports())) {
            if (!exports.isQualified()) {
                exported(root.resolve(exports.source().replace('.', '/')), exports.source());
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void exported(Path folder, String name) throws IOException, ClassNotFoundException {
        try (Stream<Path> files = Files.list(folder)) {
            for (String file : files.map(path -> path.getFileName().toString()).sorted().toList()) {
                if (file.endsWith(".class") && !file.equals("package-info.class")) {
                    Class<?> type = Class.forName(name + "." + file.replace(".class", ""), false, getClass().getClassLoader());
                    if (visible(type)) {
                        type(type);
                    }
                }
            }
        }
    }

    private static boolean visible(Class<?> type) {
        return !type.isAnonymousClass() && !type.isLocalClass() && reachable(type.getModifiers())
                && (type.getDeclaringClass() == null || visible(type.getDeclaringClass()));
    }

    private static boolean reachable(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void type(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : type.isEnum() ? "enum"
                : type.isRecord() ? "record" : (Modifier.isFinal(type.getModifiers()) ? "final " : "")
                + (Modifier.isAbstract(type.getModifiers()) ? "abstract " : "") + "class";
        Class<?>[] permitted = type.isEnum() ? null : type.getPermittedSubclasses();
        lines.add("");
        lines.add((permitted == null ? "" : "sealed ") + kind + " " + type.getName() + parameters(type.getTypeParameters())
                + (plain(type) ? "" : " extends " + type.getGenericSuperclass().getTypeName())
                + after(" implements ", type.getGenericInterfaces())
                + (permitted == null ? "" : " permits " + Arrays.stream(permitted).map(Class::getName).collect(Collectors.joining(", "))));
        if (type.isEnum()) {
            // The order of constants is part of the API.
            Arrays.stream(type.getFields()).filter(Field::isEnumConstant).forEach(constant -> lines.add("  " + constant.getName()));
        }
        say(Arrays.stream(type.getDeclaredFields()).filter(field -> reachable(field.getModifiers()) && !field.isEnumConstant())
                .map(field -> modifiers(field.getModifiers()) + field.getGenericType().getTypeName() + " " + field.getName()));
        say(Arrays.stream(type.getDeclaredConstructors()).filter(ApiText::member).map(ApiText::constructor));
        say(Arrays.stream(type.getDeclaredMethods()).filter(ApiText::member).filter(method -> !ofTheLanguage(method)).map(ApiText::method));
    }

    private static boolean plain(Class<?> type) {
        return type.isInterface() || type.isEnum() || type.isRecord() || type.getSuperclass() == Object.class;
    }

    private static boolean member(Executable member) {
        return !member.isSynthetic() && reachable(member.getModifiers());
    }

    private static boolean ofTheLanguage(Method method) {
        return OF_OBJECT.contains(signature(method)) || method.getDeclaringClass().isEnum() && Modifier.isStatic(method.getModifiers())
                && (signature(method).equals("values()") || signature(method).equals("valueOf(java.lang.String)"));
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + "new" + arguments(constructor) + after(" throws ", constructor.getGenericExceptionTypes());
    }

    private static String method(Method method) {
        return (method.isDefault() ? "default " : "") + modifiers(method.getModifiers()) + parameters(method.getTypeParameters())
                + (method.getTypeParameters().length == 0 ? "" : " ") + method.getGenericReturnType().getTypeName() + " " + signature(method)
                + after(" throws ", method.getGenericExceptionTypes());
    }

    private static String signature(Method method) {
        return method.getName() + arguments(method);
    }

    private static String arguments(Executable member) {
        String types = join(member.getGenericParameterTypes(), Type::getTypeName);
        return "(" + (member.isVarArgs() ? types.replaceFirst("\\[]$", "...") : types) + ")";
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "") + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) ? "abstract " : "") + (Modifier.isFinal(modifiers) ? "final " : "");
    }

    private static String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0 ? "" : "<" + join(variables, variable -> variable.getName()
                + (variable.getBounds()[0] == Object.class ? "" : " extends " + join(variable.getBounds(), Type::getTypeName))) + ">";
    }

    private static String after(String word, Type[] types) {
        return types.length == 0 ? "" : word + join(types, Type::getTypeName);
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }

    private static String words(Collection<? extends Enum<?>> modifiers) {
        return modifiers.stream().map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ").sorted().collect(Collectors.joining());
    }

    private static <T> String join(T[] parts, Function<T, String> name) {
        return Arrays.stream(parts).map(name).collect(Collectors.joining(", "));
    }

    private void say(Stream<String> facts) {
        facts.sorted().forEach(fact -> lines.add("  " + fact));
    }
}
