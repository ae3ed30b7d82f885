package dev.autosync.core.testing;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a folder of sources with the compiler of this JDK, UTF-8, without annotation processors. Threads: immutable.
 */
final class SourceCompiler {
    private final JavaCompiler compiler;
    private final Path sources;
    private final Path classes;
    private final List<Path> classPath;

    /**
     * A compiler of a folder.
     *
     * @param compiler of this JDK
     * @param sources must be there
     * @param classes need not be there; every {@code .class} file below is deleted first, so that none outlives its source
     * @param classPath what the sources need
     */
    SourceCompiler(JavaCompiler compiler, Path sources, Path classes, List<Path> classPath) {
        this.compiler = compiler;
        this.sources = sources;
        this.classes = classes;
        this.classPath = classPath;
    }

    /**
     * Compiles all sources.
     *
     * @return the first error and how many there are, with the file relative to the folder of sources; empty if there is none
     * @throws IOException if a file cannot be read or written
     */
    Optional<String> compile() throws IOException {
        deleteClasses();
        List<Path> files = files(sources, ".java");
        if (files.isEmpty()) {
            return Optional.empty();
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(Writer.nullWriter(), manager, diagnostics, options(), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            return compiled ? Optional.empty() : Optional.of(describe(diagnostics.getDiagnostics().stream()
                    .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR).toList()));
        }
    }

    private List<String> options() {
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        // The source path keeps the compiler from looking for sources among the classes. Processors would be whatever this process
        // happens to have on its own class path.
        return List.of("-d", classes.toString(), "-classpath", path, "-sourcepath", sources.toString(), "-encoding", "UTF-8", "-g",
                "-parameters", "-nowarn", "-proc:none");
    }

    private void deleteClasses() throws IOException {
        Files.createDirectories(classes);
        for (Path file : files(classes, ".class")) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) { // links are not followed
            return all.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file)).sorted().toList();
        }
    }

    private String describe(List<Diagnostic<? extends JavaFileObject>> errors) {
        if (errors.isEmpty()) {
            return "the compiler failed without naming an error";
        }
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        return place(first.getSource(), first.getLineNumber()) + first.getMessage(null)
                + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more errors)");
    }

    private String place(@Nullable JavaFileObject source, long line) {
        if (source == null) {
            return "";
        }
        Path file = Path.of(source.toUri());
        return (file.startsWith(sources) ? sources.relativize(file) : file) + (line == Diagnostic.NOPOS ? "" : ":" + line) + ": ";
    }
}
