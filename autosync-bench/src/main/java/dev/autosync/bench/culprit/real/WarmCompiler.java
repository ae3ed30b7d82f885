package dev.autosync.bench.culprit.real;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles trees of Java sources again and again, each time only the files that it must.
 *
 * <p>What a file compiles to depends on its own text and on the {@link Declarations} of all files, and on nothing else: while these are the same, so are its
 * classes. A file that does not compile is never remembered. Not safe to share between threads.
 */
final class WarmCompiler {
    private static final int MOST_REMEMBERED = 6_000;
    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-implicit:none");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager platform = javac.getStandardFileManager(null, null, null);
    private final Map<Source, String> declarations = new Remembered<>();
    private final Map<Input, List<Binary>> compiled = new Remembered<>();

    /** A file's text. */
    private record Source(String path, String text) {}

    /** All that a file's classes depend on. */
    private record Input(Source source, String declarationsOfAll) {}

    /** A class by its binary name, and the source that it came from. */
    private record Binary(String name, String path, byte[] bytes) {}

    /**
     * The classes of a tree, by path of their source and by binary name.
     *
     * @param classes none if there is an error
     * @param error the first error; empty if there is none
     */
    record Result(SortedMap<String, SortedMap<String, byte[]>> classes, String error) {}

    /** Compiles texts by their paths. */
    Result compile(SortedMap<String, String> texts) {
        List<Source> sources = texts.entrySet().stream().map(file -> new Source(file.getKey(), file.getValue())).toList();
        String all = sources.stream().map(this::declarations).collect(Collectors.joining("\n"));
        List<Source> stale = new ArrayList<>();
        List<Binary> known = new ArrayList<>();
        for (Source source : sources) {
            List<Binary> before = compiled.get(new Input(source, all));
            if (before == null) {
                stale.add(source);
            } else {
                known.addAll(before);
            }
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Classes files = new Classes(platform, known);
        if (!stale.isEmpty() && !javac.getTask(Writer.nullWriter(), files, found, OPTIONS, null, stale.stream().map(Text::new).toList()).call()) {
            return new Result(new TreeMap<>(), found.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).findFirst()
                    .map(Object::toString).orElse("the compiler failed without naming an error"));
        }
        List<Binary> made = files.made();
        stale.forEach(source -> compiled.put(new Input(source, all), made.stream().filter(binary -> binary.path().equals(source.path())).toList()));
        SortedMap<String, SortedMap<String, byte[]>> classes = new TreeMap<>();
        known.forEach(binary -> classes.computeIfAbsent(binary.path(), none -> new TreeMap<>()).put(binary.name(), binary.bytes()));
        made.forEach(binary -> classes.computeIfAbsent(binary.path(), none -> new TreeMap<>()).put(binary.name(), binary.bytes()));
        return new Result(classes, "");
    }

    private String declarations(Source source) {
        return declarations.computeIfAbsent(source, file -> {
            JavacTask task = (JavacTask) javac.getTask(Writer.nullWriter(), platform, new DiagnosticCollector<>(), OPTIONS, null, List.of(new Text(file)));
            try {
                StringBuilder text = new StringBuilder(file.path()).append('\n');
                for (CompilationUnitTree unit : task.parse()) {
                    text.append(Declarations.of(unit));
                }
                return text.toString();
            } catch (IOException e) {
                throw new IllegalStateException("a text in memory cannot fail to be read", e);
            }
        });
    }

    /** Forgets what was not asked for the longest. */
    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final Source source;

        Text(Source source) {
            super(URI.create("memory:///" + source.path()), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String name;
        private final String path;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String name, String path) {
            super(URI.create("memory:///classes/" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.path = path;
        }

        ClassFile(Binary binary) {
            this(binary.name(), binary.path());
            bytes.writeBytes(binary.bytes());
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    /** The platform and the libraries, and classes in memory beside them. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, List<JavaFileObject>> known;
        private final List<ClassFile> made = new ArrayList<>();

        Classes(JavaFileManager platform, List<Binary> known) {
            super(platform);
            this.known = known.stream().collect(Collectors.groupingBy(binary -> binary.name().substring(0, Math.max(0, binary.name().lastIndexOf('.'))),
                    Collectors.mapping(ClassFile::new, Collectors.toList())));
        }

        List<Binary> made() {
            return made.stream().map(file -> new Binary(file.name, file.path, file.bytes.toByteArray())).toList();
        }

        @Override
        public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            Iterable<JavaFileObject> others = super.list(location, packageName, kinds, recurse);
            List<JavaFileObject> mine = location == StandardLocation.CLASS_PATH ? known.getOrDefault(packageName, List.of()) : List.of();
            if (mine.isEmpty()) {
                return others;
            }
            List<JavaFileObject> all = new ArrayList<>(mine);
            others.forEach(all::add);
            return all;
        }

        @Override
        public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
            return file instanceof ClassFile mine ? mine.name : super.inferBinaryName(location, file);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ClassFile file = new ClassFile(className, ((Text) sibling).source.path());
            made.add(file);
            return file;
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.equals(b);
        }

        @Override
        public void close() {
            // The platform's files are kept open for the next tree.
        }
    }
}
