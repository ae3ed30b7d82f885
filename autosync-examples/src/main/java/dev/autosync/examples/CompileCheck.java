package dev.autosync.examples;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Says whether a tree of Java sources that needs nothing but the JDK compiles, from memory and without writing a class.
 *
 * <p>Not safe to share between threads: it keeps what it has read of the JDK, which makes the next answer faster.
 */
final class CompileCheck implements AutoCloseable {
    private static final String SCHEME = "memory:///";

    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath", "");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager jdk = javac.getStandardFileManager(null, Locale.ROOT, null);

    /** Whether a tree compiles. */
    boolean compiles(SourceTree tree) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        analyze(task(tree, found));
        return found.getDiagnostics().stream().noneMatch(d -> d.getKind() == Diagnostic.Kind.ERROR);
    }

    /** What the files of a tree declare and use. */
    Symbols symbols(SourceTree tree) {
        JavacTask task = task(tree, new DiagnosticCollector<>());
        try {
            Iterable<? extends CompilationUnitTree> units = task.parse();
            analyze(task);
            return Symbols.of(task, units);
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** The path of a file that came from a tree. */
    static String path(FileObject file) {
        return file.toUri().toString().substring(SCHEME.length());
    }

    private JavacTask task(SourceTree tree, DiagnosticCollector<JavaFileObject> found) {
        List<Source> sources = tree.files().entrySet().stream().map(f -> new Source(f.getKey(), f.getValue())).toList();
        return (JavacTask) javac.getTask(null, jdk, found, OPTIONS, null, sources);
    }

    private static void analyze(JavacTask task) {
        try {
            task.analyze();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    private static IllegalStateException inMemory(IOException e) {
        return new IllegalStateException("sources in memory cannot fail to be read", e);
    }

    @Override
    public void close() throws IOException {
        jdk.close();
    }

    /** A source file in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create(SCHEME + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
